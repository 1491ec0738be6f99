package android.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

public final class LinkProperties {
    private final String interfaceName;
    private final List<LinkAddress> addresses;
    private final List<InetAddress> dnsServers;
    private final ProxyInfo proxy;

    LinkProperties(String interfaceName, List<LinkAddress> addresses, List<InetAddress> dnsServers, ProxyInfo proxy) {
        this.interfaceName = interfaceName;
        this.addresses = addresses;
        this.dnsServers = dnsServers;
        this.proxy = proxy;
    }

    public String getInterfaceName() {
        return interfaceName;
    }

    public List<LinkAddress> getLinkAddresses() {
        return new ArrayList<>(addresses);
    }

    public List<InetAddress> getDnsServers() {
        return new ArrayList<>(dnsServers);
    }

    public ProxyInfo getHttpProxy() {
        return proxy;
    }

    public String getDomains() {
        return null;
    }
}
