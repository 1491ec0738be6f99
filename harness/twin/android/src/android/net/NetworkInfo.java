package android.net;

@Deprecated
public class NetworkInfo {
    public enum State {
        CONNECTING, CONNECTED, SUSPENDED, DISCONNECTING, DISCONNECTED, UNKNOWN
    }

    public enum DetailedState {
        IDLE, SCANNING, CONNECTING, AUTHENTICATING, OBTAINING_IPADDR, CONNECTED, SUSPENDED, DISCONNECTING, DISCONNECTED,
        FAILED, BLOCKED, VERIFYING_POOR_LINK, CAPTIVE_PORTAL_CHECK
    }

    private final int type;
    private final int subtype;
    private final String typeName;
    private final boolean connected;

    NetworkInfo(int type, String typeName, boolean connected) {
        this.type = type;
        this.subtype = 0;
        this.typeName = typeName;
        this.connected = connected;
    }

    public int getType() {
        return type;
    }

    public int getSubtype() {
        return subtype;
    }

    public String getTypeName() {
        return typeName;
    }

    public String getSubtypeName() {
        return "";
    }

    public boolean isConnected() {
        return connected;
    }

    public boolean isConnectedOrConnecting() {
        return connected;
    }

    public boolean isAvailable() {
        return true;
    }

    public boolean isFailover() {
        return false;
    }

    public boolean isRoaming() {
        return false;
    }

    public State getState() {
        return connected ? State.CONNECTED : State.DISCONNECTED;
    }

    public DetailedState getDetailedState() {
        return connected ? DetailedState.CONNECTED : DetailedState.IDLE;
    }

    public String getReason() {
        return null;
    }

    /** Null since Android 9, which no longer tells the network's name here. */
    public String getExtraInfo() {
        return null;
    }

    @Override
    public String toString() {
        return "[type: " + typeName + "[], state: " + getState() + "]";
    }
}
