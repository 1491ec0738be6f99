package android.net.wifi;

import android.content.Context;
import android.net.DhcpInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import twin.Binder;

public class WifiManager {
    public static final String SCAN_RESULTS_AVAILABLE_ACTION = "android.net.wifi.SCAN_RESULTS";
    public static final String WIFI_STATE_CHANGED_ACTION = "android.net.wifi.WIFI_STATE_CHANGED";
    public static final String NETWORK_STATE_CHANGED_ACTION = "android.net.wifi.STATE_CHANGE";
    public static final String RSSI_CHANGED_ACTION = "android.net.wifi.RSSI_CHANGED";
    public static final String EXTRA_RESULTS_UPDATED = "resultsUpdated";
    public static final String EXTRA_WIFI_STATE = "wifi_state";
    public static final String UNKNOWN_SSID = "<unknown ssid>";
    public static final int WIFI_STATE_DISABLING = 0;
    public static final int WIFI_STATE_DISABLED = 1;
    public static final int WIFI_STATE_ENABLING = 2;
    public static final int WIFI_STATE_ENABLED = 3;
    public static final int WIFI_STATE_UNKNOWN = 4;

    WifiManager(Context context) {}

    public WifiInfo getConnectionInfo() {
        return WifiInfo.fromMap((Map<?, ?>) Binder.call("wifi.connection"));
    }

    public List<ScanResult> getScanResults() {
        List<ScanResult> results = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("wifi.scan_results")) results.add(new ScanResult((Map<?, ?>) each));
        return results;
    }

    @Deprecated
    public boolean startScan() {
        return Boolean.TRUE.equals(Binder.call("wifi.start_scan"));
    }

    @Deprecated
    public List<WifiConfiguration> getConfiguredNetworks() {
        List<WifiConfiguration> list = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("wifi.configured")) {
            Map<?, ?> facts = (Map<?, ?>) each;
            WifiConfiguration configuration = new WifiConfiguration();
            configuration.networkId = ((Number) facts.get("network_id")).intValue();
            configuration.SSID = (String) facts.get("ssid");
            configuration.status = ((Number) facts.get("status")).intValue();
            list.add(configuration);
        }
        return list;
    }

    @Deprecated
    public DhcpInfo getDhcpInfo() {
        Map<?, ?> facts = (Map<?, ?>) Binder.call("wifi.dhcp");
        DhcpInfo info = new DhcpInfo();
        info.ipAddress = WifiInfo.address((String) facts.get("ip"));
        info.gateway = info.serverAddress = WifiInfo.address((String) facts.get("gateway"));
        info.netmask = WifiInfo.address((String) facts.get("mask"));
        info.dns1 = WifiInfo.address((String) facts.get("dns"));
        info.leaseDuration = 86_400;
        return info;
    }

    public int getWifiState() {
        return ((Number) Binder.call("wifi.state")).intValue();
    }

    public boolean isWifiEnabled() {
        return getWifiState() == WIFI_STATE_ENABLED;
    }

    @Deprecated
    public boolean setWifiEnabled(boolean enabled) {
        return Boolean.TRUE.equals(Binder.call("wifi.set_enabled", enabled));
    }

    public boolean is5GHzBandSupported() {
        return true;
    }

    public static int calculateSignalLevel(int rssi, int numLevels) {
        if (rssi <= -100) return 0;
        return rssi >= -55 ? numLevels - 1 : (rssi + 100) * (numLevels - 1) / 45;
    }
}
