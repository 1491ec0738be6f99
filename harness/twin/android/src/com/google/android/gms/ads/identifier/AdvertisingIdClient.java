package com.google.android.gms.ads.identifier;

import android.content.Context;
import android.os.Looper;
import com.google.android.gms.common.GooglePlayServicesNotAvailableException;
import com.google.android.gms.common.GooglePlayServicesRepairableException;
import java.io.IOException;
import java.util.Map;
import twin.Binder;

/** The library class that real apps bring along; on a twin the framework has it. */
public class AdvertisingIdClient {
    public static final class Info {
        private final String advertisingId;
        private final boolean limitAdTrackingEnabled;

        public Info(String advertisingId, boolean limitAdTrackingEnabled) {
            this.advertisingId = advertisingId;
            this.limitAdTrackingEnabled = limitAdTrackingEnabled;
        }

        public String getId() {
            return advertisingId;
        }

        public boolean isLimitAdTrackingEnabled() {
            return limitAdTrackingEnabled;
        }

        @Override
        public String toString() {
            return "{" + advertisingId + "}" + limitAdTrackingEnabled;
        }
    }

    private AdvertisingIdClient() {}

    public static Info getAdvertisingIdInfo(Context context)
            throws IOException, IllegalStateException, GooglePlayServicesNotAvailableException, GooglePlayServicesRepairableException {
        if (Looper.myLooper() == Looper.getMainLooper()) {
            throw new IllegalStateException("Calling this from your main thread can lead to deadlock");
        }
        Map<?, ?> found = (Map<?, ?>) Binder.call("ads.google");
        return new Info((String) found.get("id"), Boolean.TRUE.equals(found.get("limited")));
    }
}
