package android.net.wifi;

import java.util.Map;

public final class ScanResult {
    public String SSID;
    public String BSSID;
    public String capabilities;
    public int level;
    public int frequency;
    public int channelWidth;
    public int centerFreq0;
    public int centerFreq1;
    /** Microseconds since boot. */
    public long timestamp;
    public CharSequence venueName = "";
    public CharSequence operatorFriendlyName = "";

    public ScanResult() {}

    ScanResult(Map<?, ?> facts) {
        SSID = (String) facts.get("ssid");
        BSSID = (String) facts.get("bssid");
        capabilities = (String) facts.get("capabilities");
        level = ((Number) facts.get("level")).intValue();
        frequency = ((Number) facts.get("frequency")).intValue();
        timestamp = ((Number) facts.get("timestamp_us")).longValue();
    }

    @Override
    public String toString() {
        return "SSID: " + SSID + ", BSSID: " + BSSID + ", capabilities: " + capabilities + ", level: " + level
                + ", frequency: " + frequency + ", timestamp: " + timestamp;
    }
}
