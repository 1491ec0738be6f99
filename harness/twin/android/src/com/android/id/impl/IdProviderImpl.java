package com.android.id.impl;

import android.content.Context;
import twin.Binder;

/** The vendor's identifier class on Xiaomi devices, which SDKs reach by reflection. */
public class IdProviderImpl {
    public IdProviderImpl() {}

    public String getUDID(Context context) {
        return (String) Binder.call("ads.vendor", "udid");
    }

    public String getOAID(Context context) {
        return (String) Binder.call("ads.vendor", "oaid");
    }

    public String getVAID(Context context) {
        return (String) Binder.call("ads.vendor", "vaid");
    }

    public String getAAID(Context context) {
        return (String) Binder.call("ads.vendor", "aaid");
    }
}
