package android.net;

public class DhcpInfo {
    public int ipAddress;
    public int gateway;
    public int netmask;
    public int dns1;
    public int dns2;
    public int serverAddress;
    public int leaseDuration;

    public DhcpInfo() {}

    @Override
    public String toString() {
        return "ipaddr " + text(ipAddress) + " gateway " + text(gateway) + " netmask " + text(netmask) + " dns1 " + text(dns1)
                + " dns2 " + text(dns2) + " DHCP server " + text(serverAddress) + " lease " + leaseDuration + " seconds";
    }

    private static String text(int address) {
        return (address & 255) + "." + (address >> 8 & 255) + "." + (address >> 16 & 255) + "." + (address >> 24 & 255);
    }
}
