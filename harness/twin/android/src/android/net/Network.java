package android.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLConnection;
import java.net.UnknownHostException;

public class Network {
    final int netId;

    Network(int netId) {
        this.netId = netId;
    }

    public InetAddress[] getAllByName(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }

    public InetAddress getByName(String host) throws UnknownHostException {
        return InetAddress.getByName(host);
    }

    public URLConnection openConnection(URL url) throws IOException {
        return url.openConnection();
    }

    public long getNetworkHandle() {
        return ((long) netId << 32) | 0xcafed00dL;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof Network && ((Network) obj).netId == netId;
    }

    @Override
    public int hashCode() {
        return netId * 11;
    }

    @Override
    public String toString() {
        return Integer.toString(netId);
    }
}
