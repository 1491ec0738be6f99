package android.net;

public final class NetworkCapabilities {
    public static final int TRANSPORT_CELLULAR = 0;
    public static final int TRANSPORT_WIFI = 1;
    public static final int TRANSPORT_BLUETOOTH = 2;
    public static final int TRANSPORT_ETHERNET = 3;
    public static final int TRANSPORT_VPN = 4;
    public static final int NET_CAPABILITY_NOT_METERED = 11;
    public static final int NET_CAPABILITY_INTERNET = 12;
    public static final int NET_CAPABILITY_NOT_RESTRICTED = 13;
    public static final int NET_CAPABILITY_TRUSTED = 14;
    public static final int NET_CAPABILITY_NOT_VPN = 15;
    public static final int NET_CAPABILITY_VALIDATED = 16;

    private final TransportInfo transportInfo;

    NetworkCapabilities(TransportInfo transportInfo) {
        this.transportInfo = transportInfo;
    }

    public boolean hasTransport(int transportType) {
        return transportType == TRANSPORT_WIFI;
    }

    public boolean hasCapability(int capability) {
        return capability >= NET_CAPABILITY_NOT_METERED && capability <= NET_CAPABILITY_VALIDATED;
    }

    public TransportInfo getTransportInfo() {
        return transportInfo;
    }

    public int getLinkDownstreamBandwidthKbps() {
        return 60_000;
    }

    public int getLinkUpstreamBandwidthKbps() {
        return 20_000;
    }
}
