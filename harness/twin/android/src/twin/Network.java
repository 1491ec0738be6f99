package twin;

import android.os.Looper;
import android.os.NetworkOnMainThreadException;
import android.os.StrictMode;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** The device's proxy and its certificates, for everything in the process that uses java.net. */
public final class Network {
    private Network() {}

    public static void install(String trustStore, String proxy, String agent) {
        System.setProperty("http.agent", agent);
        System.setProperty("java.net.preferIPv4Stack", "true");
        if (trustStore != null) {
            System.setProperty("javax.net.ssl.trustStore", trustStore);
            System.setProperty("javax.net.ssl.trustStoreType", "JKS");
        }
        setProxy(proxy);
        ProxySelector.setDefault(new AndroidSelector(ProxySelector.getDefault()));
    }

    /** host:port, or null for a direct connection. Android sets the same properties, which apps read. */
    public static void setProxy(String proxy) {
        int colon = proxy == null ? -1 : proxy.lastIndexOf(':');
        for (String scheme : new String[] {"http", "https"}) {
            if (colon <= 0) {
                System.clearProperty(scheme + ".proxyHost");
                System.clearProperty(scheme + ".proxyPort");
                System.clearProperty(scheme + ".nonProxyHosts");
            } else {
                System.setProperty(scheme + ".proxyHost", proxy.substring(0, colon));
                System.setProperty(scheme + ".proxyPort", proxy.substring(colon + 1));
                System.setProperty(scheme + ".nonProxyHosts", "");
            }
        }
    }

    private static final class AndroidSelector extends ProxySelector {
        private final ProxySelector properties;

        AndroidSelector(ProxySelector properties) {
            this.properties = properties;
        }

        @Override
        public List<Proxy> select(URI uri) {
            Looper main = Looper.getMainLooper();
            if (main != null && main.isCurrentThread() && !StrictMode.isNetworkPermitted()) throw new NetworkOnMainThreadException();
            if (!Boolean.TRUE.equals(Binder.call("permission.check", "android.permission.INTERNET"))) {
                throw new SecurityException("Permission denied (missing INTERNET permission?)");
            }
            return properties.select(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException error) {
            properties.connectFailed(uri, address, error);
        }
    }
}
