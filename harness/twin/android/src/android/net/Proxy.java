package android.net;

import android.content.Context;
import twin.Binder;

public final class Proxy {
    public static final String PROXY_CHANGE_ACTION = "android.intent.action.PROXY_CHANGE";

    public Proxy() {}

    @Deprecated
    public static String getHost(Context ctx) {
        return getDefaultHost();
    }

    @Deprecated
    public static int getPort(Context ctx) {
        return getDefaultPort();
    }

    @Deprecated
    public static String getDefaultHost() {
        String proxy = proxy();
        return proxy == null ? null : proxy.substring(0, proxy.lastIndexOf(':'));
    }

    @Deprecated
    public static int getDefaultPort() {
        String proxy = proxy();
        return proxy == null ? -1 : Integer.parseInt(proxy.substring(proxy.lastIndexOf(':') + 1));
    }

    static String proxy() {
        return (String) Binder.call("connectivity.proxy");
    }
}
