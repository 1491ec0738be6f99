package android.location;

import android.content.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A device without a geocoding service, as every one without a vendor's is. */
public final class Geocoder {
    public Geocoder(Context context) {
        this(context, Locale.getDefault());
    }

    public Geocoder(Context context, Locale locale) {
        if (locale == null) throw new NullPointerException("locale == null");
    }

    public static boolean isPresent() {
        return false;
    }

    public List<Address> getFromLocation(double latitude, double longitude, int maxResults) throws IOException {
        if (latitude < -90 || latitude > 90) throw new IllegalArgumentException("latitude == " + latitude);
        if (longitude < -180 || longitude > 180) throw new IllegalArgumentException("longitude == " + longitude);
        throw new IOException("Service not Available");
    }

    public List<Address> getFromLocationName(String locationName, int maxResults) throws IOException {
        if (locationName == null) throw new IllegalArgumentException("locationName == null");
        throw new IOException("Service not Available");
    }
}
