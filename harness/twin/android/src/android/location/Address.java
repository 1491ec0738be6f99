package android.location;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

public class Address {
    private final Locale locale;
    private final Map<Integer, String> lines = new TreeMap<>();
    private Double latitude;
    private Double longitude;
    private String countryCode;
    private String adminArea;
    private String locality;
    private String featureName;

    public Address(Locale locale) {
        this.locale = locale;
    }

    public Locale getLocale() {
        return locale;
    }

    public int getMaxAddressLineIndex() {
        return lines.size() - 1;
    }

    public String getAddressLine(int index) {
        if (index < 0) throw new IllegalArgumentException("index = " + index + " < 0");
        return lines.get(index);
    }

    public void setAddressLine(int index, String line) {
        lines.put(index, line);
    }

    public boolean hasLatitude() {
        return latitude != null;
    }

    public double getLatitude() {
        if (latitude == null) throw new IllegalStateException();
        return latitude;
    }

    public void setLatitude(double latitude) {
        this.latitude = latitude;
    }

    public boolean hasLongitude() {
        return longitude != null;
    }

    public double getLongitude() {
        if (longitude == null) throw new IllegalStateException();
        return longitude;
    }

    public void setLongitude(double longitude) {
        this.longitude = longitude;
    }

    public String getCountryCode() {
        return countryCode;
    }

    public void setCountryCode(String countryCode) {
        this.countryCode = countryCode;
    }

    public String getAdminArea() {
        return adminArea;
    }

    public void setAdminArea(String adminArea) {
        this.adminArea = adminArea;
    }

    public String getLocality() {
        return locality;
    }

    public void setLocality(String locality) {
        this.locality = locality;
    }

    public String getFeatureName() {
        return featureName;
    }

    public void setFeatureName(String featureName) {
        this.featureName = featureName;
    }
}
