package com.heytap.openid.sdk;

/** Stands for an SDK: each loader that brings it has its own copy, which counts for itself. */
public final class OpenIDSDK {
    private static final String LOADED = "first call at " + System.getProperty("plugin.stage");

    private OpenIDSDK() {}

    public static String getOAID(String who) {
        return who + "-4f1c9a7730b2 " + LOADED;
    }
}
