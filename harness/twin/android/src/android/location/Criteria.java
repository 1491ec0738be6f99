package android.location;

public class Criteria {
    public static final int NO_REQUIREMENT = 0;
    public static final int POWER_LOW = 1;
    public static final int POWER_MEDIUM = 2;
    public static final int POWER_HIGH = 3;
    public static final int ACCURACY_FINE = 1;
    public static final int ACCURACY_COARSE = 2;
    public static final int ACCURACY_LOW = 1;
    public static final int ACCURACY_MEDIUM = 2;
    public static final int ACCURACY_HIGH = 3;

    private int accuracy;
    private int power;
    private boolean altitude;
    private boolean bearing;
    private boolean speed;
    private boolean cost;

    public Criteria() {}

    public void setAccuracy(int accuracy) {
        this.accuracy = accuracy;
    }

    public int getAccuracy() {
        return accuracy;
    }

    public void setPowerRequirement(int powerRequirement) {
        power = powerRequirement;
    }

    public int getPowerRequirement() {
        return power;
    }

    public void setAltitudeRequired(boolean altitudeRequired) {
        altitude = altitudeRequired;
    }

    public boolean isAltitudeRequired() {
        return altitude;
    }

    public void setBearingRequired(boolean bearingRequired) {
        bearing = bearingRequired;
    }

    public boolean isBearingRequired() {
        return bearing;
    }

    public void setSpeedRequired(boolean speedRequired) {
        speed = speedRequired;
    }

    public boolean isSpeedRequired() {
        return speed;
    }

    public void setCostAllowed(boolean costAllowed) {
        cost = costAllowed;
    }

    public boolean isCostAllowed() {
        return cost;
    }
}
