package android.location;

@Deprecated
public class LocationProvider {
    public static final int OUT_OF_SERVICE = 0;
    public static final int TEMPORARILY_UNAVAILABLE = 1;
    public static final int AVAILABLE = 2;

    private final String name;

    LocationProvider(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public int getAccuracy() {
        return LocationManager.NETWORK_PROVIDER.equals(name) ? Criteria.ACCURACY_COARSE : Criteria.ACCURACY_FINE;
    }

    public boolean requiresNetwork() {
        return LocationManager.NETWORK_PROVIDER.equals(name);
    }

    public boolean requiresSatellite() {
        return LocationManager.GPS_PROVIDER.equals(name);
    }

    public boolean hasMonetaryCost() {
        return false;
    }
}
