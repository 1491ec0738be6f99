package android.telephony;

import java.util.Map;

public class ServiceState {
    public static final int STATE_IN_SERVICE = 0;
    public static final int STATE_OUT_OF_SERVICE = 1;
    public static final int STATE_EMERGENCY_ONLY = 2;
    public static final int STATE_POWER_OFF = 3;

    private int state = STATE_OUT_OF_SERVICE;
    private String operator;
    private String numeric;

    public ServiceState() {}

    ServiceState(Map<?, ?> facts) {
        state = ((Number) facts.get("state")).intValue();
        operator = (String) facts.get("operator");
        numeric = (String) facts.get("numeric");
    }

    public int getState() {
        return state;
    }

    public boolean getRoaming() {
        return false;
    }

    public String getOperatorAlphaLong() {
        return operator;
    }

    public String getOperatorAlphaShort() {
        return operator;
    }

    public String getOperatorNumeric() {
        return numeric;
    }
}
