package android.net;

import java.util.TreeSet;

public class NetworkRequest {
    private final TreeSet<Integer> transports;

    private NetworkRequest(TreeSet<Integer> transports) {
        this.transports = transports;
    }

    /** The twin's only network is Wi-Fi. */
    boolean matches() {
        return transports.isEmpty() || transports.contains(NetworkCapabilities.TRANSPORT_WIFI);
    }

    public static class Builder {
        private final TreeSet<Integer> transports = new TreeSet<>();

        public Builder() {}

        public Builder addTransportType(int transportType) {
            transports.add(transportType);
            return this;
        }

        public Builder addCapability(int capability) {
            return this;
        }

        public Builder removeCapability(int capability) {
            return this;
        }

        public NetworkRequest build() {
            return new NetworkRequest(transports);
        }
    }
}
