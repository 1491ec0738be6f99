package com.example.plugin;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/** Calls one SDK through three loaders: its own, one that asks no parent, and one that defines the class by hand. */
public class Main extends Activity {
    private static final String SDK = "com.heytap.openid.sdk.OpenIDSDK";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            URL here = Main.class.getProtectionDomain().getCodeSource().getLocation();
            URLClassLoader alone = new URLClassLoader(new URL[] {here}, null);
            Class<?> linked = Class.forName(SDK, false, alone);
            Class<?> byHand = new ByHand().define();
            System.setProperty("plugin.stage", "call");
            Log.i("plugin", call(linked, "alone"));
            Log.i("plugin", call(byHand, "by-hand"));
            Log.i("plugin", com.heytap.openid.sdk.OpenIDSDK.getOAID("own"));
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private static String call(Class<?> sdk, String who) throws Exception {
        return (String) sdk.getMethod("getOAID", String.class).invoke(null, who);
    }

    private static final class ByHand extends ClassLoader {
        Class<?> define() throws Exception {
            try (InputStream file = Main.class.getResourceAsStream("/" + SDK.replace('.', '/') + ".class")) {
                byte[] code = file.readAllBytes();
                return defineClass(null, code, 0, code.length);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> found = findLoadedClass(name);
            return found != null ? found : super.loadClass(name, resolve);
        }
    }
}
