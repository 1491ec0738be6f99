package android.net.wifi;

@Deprecated
public class WifiConfiguration {
    public int networkId = -1;
    public int status;
    public String SSID;
    public String BSSID;
    public String preSharedKey;
    public boolean hiddenSSID;
    public int priority;

    public static class Status {
        public static final int CURRENT = 0;
        public static final int DISABLED = 1;
        public static final int ENABLED = 2;

        private Status() {}
    }

    public WifiConfiguration() {}
}
