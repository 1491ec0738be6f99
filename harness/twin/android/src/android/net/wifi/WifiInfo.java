package android.net.wifi;

import android.net.NetworkInfo;
import android.net.TransportInfo;
import java.util.Map;

public class WifiInfo implements TransportInfo {
    public static final String LINK_SPEED_UNITS = "Mbps";
    public static final String FREQUENCY_UNITS = "MHz";
    public static final int LINK_SPEED_UNKNOWN = -1;

    private final Map<?, ?> facts;

    private WifiInfo(Map<?, ?> facts) {
        this.facts = facts;
    }

    /** Not part of the Android API: from what a service answered. */
    public static WifiInfo fromMap(Map<?, ?> facts) {
        return new WifiInfo(facts);
    }

    public String getSSID() {
        return (String) facts.get("ssid");
    }

    public String getBSSID() {
        return (String) facts.get("bssid");
    }

    public String getMacAddress() {
        return (String) facts.get("mac");
    }

    /** Little-endian, as Android has it: the first octet is the lowest byte. */
    public int getIpAddress() {
        return address((String) facts.get("ip"));
    }

    public int getNetworkId() {
        return number("network_id");
    }

    public int getRssi() {
        return number("rssi");
    }

    public int getLinkSpeed() {
        return number("link_speed");
    }

    public int getTxLinkSpeedMbps() {
        return number("link_speed");
    }

    public int getRxLinkSpeedMbps() {
        return number("link_speed");
    }

    public int getFrequency() {
        return number("frequency");
    }

    public boolean getHiddenSSID() {
        return false;
    }

    public SupplicantState getSupplicantState() {
        return SupplicantState.COMPLETED;
    }

    public static NetworkInfo.DetailedState getDetailedStateOf(SupplicantState suppState) {
        return suppState == SupplicantState.COMPLETED ? NetworkInfo.DetailedState.CONNECTED : NetworkInfo.DetailedState.DISCONNECTED;
    }

    private int number(String key) {
        return ((Number) facts.get(key)).intValue();
    }

    static int address(String dotted) {
        int value = 0;
        String[] parts = dotted.split("\\.");
        for (int i = 0; i < 4; i++) value |= Integer.parseInt(parts[i]) << (8 * i);
        return value;
    }

    @Override
    public String toString() {
        return "SSID: " + getSSID() + ", BSSID: " + getBSSID() + ", MAC: " + getMacAddress() + ", RSSI: " + getRssi()
                + ", Link speed: " + getLinkSpeed() + LINK_SPEED_UNITS + ", Net ID: " + getNetworkId();
    }
}
