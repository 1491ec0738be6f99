package android.net;

import android.content.Context;
import android.net.wifi.WifiInfo;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.Looper;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import twin.Binder;

/** The twin is on one network, Wi-Fi, and stays there. */
public class ConnectivityManager {
    public static final String CONNECTIVITY_ACTION = "android.net.conn.CONNECTIVITY_CHANGE";
    public static final int TYPE_NONE = -1;
    public static final int TYPE_MOBILE = 0;
    public static final int TYPE_WIFI = 1;
    public static final int TYPE_BLUETOOTH = 7;
    public static final int TYPE_ETHERNET = 9;
    public static final int TYPE_VPN = 17;
    public static final int RESTRICT_BACKGROUND_STATUS_DISABLED = 1;

    private static Handler callbacks;

    public static class NetworkCallback {
        public NetworkCallback() {}

        public void onAvailable(Network network) {}

        public void onLosing(Network network, int maxMsToLive) {}

        public void onLost(Network network) {}

        public void onUnavailable() {}

        public void onCapabilitiesChanged(Network network, NetworkCapabilities networkCapabilities) {}

        public void onLinkPropertiesChanged(Network network, LinkProperties linkProperties) {}

        public void onBlockedStatusChanged(Network network, boolean blocked) {}
    }

    ConnectivityManager(Context context) {}

    public static boolean isNetworkTypeValid(int networkType) {
        return networkType >= 0 && networkType <= TYPE_VPN;
    }

    public NetworkInfo getActiveNetworkInfo() {
        return info(active());
    }

    public NetworkInfo getNetworkInfo(int networkType) {
        Map<?, ?> active = active();
        if (networkType == TYPE_WIFI) return info(active);
        return networkType == TYPE_MOBILE ? new NetworkInfo(TYPE_MOBILE, "MOBILE", false) : null;
    }

    public NetworkInfo getNetworkInfo(Network network) {
        Map<?, ?> active = active();
        return known(network, active) ? info(active) : null;
    }

    public NetworkInfo[] getAllNetworkInfo() {
        return new NetworkInfo[] {getNetworkInfo(TYPE_MOBILE), getNetworkInfo(TYPE_WIFI)};
    }

    public Network getActiveNetwork() {
        return network(active());
    }

    public Network[] getAllNetworks() {
        return new Network[] {getActiveNetwork()};
    }

    public NetworkCapabilities getNetworkCapabilities(Network network) {
        Map<?, ?> active = active();
        return known(network, active) ? capabilities(active) : null;
    }

    public LinkProperties getLinkProperties(Network network) {
        Map<?, ?> active = active();
        return known(network, active) ? links(active) : null;
    }

    public boolean isActiveNetworkMetered() {
        active();
        return false;
    }

    public boolean isDefaultNetworkActive() {
        return true;
    }

    public int getRestrictBackgroundStatus() {
        return RESTRICT_BACKGROUND_STATUS_DISABLED;
    }

    public ProxyInfo getDefaultProxy() {
        return proxy(Proxy.proxy());
    }

    public Network getBoundNetworkForProcess() {
        return null;
    }

    public boolean bindProcessToNetwork(Network network) {
        return true;
    }

    public void registerDefaultNetworkCallback(NetworkCallback networkCallback) {
        registerDefaultNetworkCallback(networkCallback, callbackHandler());
    }

    public void registerDefaultNetworkCallback(NetworkCallback networkCallback, Handler handler) {
        announce(networkCallback, handler);
    }

    public void registerNetworkCallback(NetworkRequest request, NetworkCallback networkCallback) {
        registerNetworkCallback(request, networkCallback, callbackHandler());
    }

    public void registerNetworkCallback(NetworkRequest request, NetworkCallback networkCallback, Handler handler) {
        if (request.matches()) announce(networkCallback, handler);
        else active();
    }

    public void requestNetwork(NetworkRequest request, NetworkCallback networkCallback) {
        registerNetworkCallback(request, networkCallback);
    }

    public void unregisterNetworkCallback(NetworkCallback networkCallback) {}

    private static synchronized Handler callbackHandler() {
        if (callbacks == null) {
            HandlerThread thread = new HandlerThread("ConnectivityThread");
            thread.start();
            callbacks = new Handler(thread.getLooper());
        }
        return callbacks;
    }

    private static void announce(NetworkCallback callback, Handler handler) {
        Map<?, ?> active = active();
        Handler target = handler != null ? handler : new Handler(Looper.getMainLooper());
        target.post(() -> {
            Network network = network(active);
            callback.onAvailable(network);
            callback.onCapabilitiesChanged(network, capabilities(active));
            callback.onLinkPropertiesChanged(network, links(active));
            callback.onBlockedStatusChanged(network, false);
        });
    }

    private static Map<?, ?> active() {
        return (Map<?, ?>) Binder.call("connectivity.active");
    }

    private static boolean known(Network network, Map<?, ?> active) {
        return network != null && network.equals(network(active));
    }

    private static Network network(Map<?, ?> active) {
        return new Network(((Number) active.get("network")).intValue());
    }

    private static NetworkInfo info(Map<?, ?> active) {
        return new NetworkInfo(((Number) active.get("type")).intValue(), (String) active.get("type_name"), true);
    }

    private static NetworkCapabilities capabilities(Map<?, ?> active) {
        return new NetworkCapabilities(WifiInfo.fromMap((Map<?, ?>) active.get("wifi")));
    }

    private static LinkProperties links(Map<?, ?> active) {
        List<LinkAddress> addresses = new ArrayList<>();
        for (Object each : (List<?>) active.get("addresses")) {
            String[] parts = ((String) each).split("/");
            addresses.add(new LinkAddress(address(parts[0]), Integer.parseInt(parts[1])));
        }
        List<InetAddress> dns = new ArrayList<>();
        for (Object each : (List<?>) active.get("dns")) dns.add(address((String) each));
        return new LinkProperties((String) active.get("interface"), addresses, dns, proxy((String) active.get("proxy")));
    }

    private static ProxyInfo proxy(String proxy) {
        if (proxy == null) return null;
        int colon = proxy.lastIndexOf(':');
        return ProxyInfo.buildDirectProxy(proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1)));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address: " + literal, e);
        }
    }
}
