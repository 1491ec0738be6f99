package android.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import twin.Binder;

/** Tags of a picture. Reads only: saving is not on the twin. */
public class ExifInterface {
    public static final String TAG_DATETIME = "DateTime";
    public static final String TAG_GPS_LATITUDE = "GPSLatitude";
    public static final String TAG_GPS_LATITUDE_REF = "GPSLatitudeRef";
    public static final String TAG_GPS_LONGITUDE = "GPSLongitude";
    public static final String TAG_GPS_LONGITUDE_REF = "GPSLongitudeRef";
    public static final String TAG_MAKE = "Make";
    public static final String TAG_MODEL = "Model";
    public static final String TAG_ORIENTATION = "Orientation";
    public static final int ORIENTATION_UNDEFINED = 0;
    public static final int ORIENTATION_NORMAL = 1;

    private final Map<?, ?> tags;

    public ExifInterface(String filename) throws IOException {
        this(Files.newInputStream(Path.of(filename)));
    }

    public ExifInterface(InputStream inputStream) throws IOException {
        if (inputStream == null) throw new NullPointerException("inputStream cannot be null");
        try (inputStream) {
            tags = (Map<?, ?>) Binder.call("exif.read", Base64.getEncoder().encodeToString(inputStream.readNBytes(1 << 20)));
        }
    }

    public String getAttribute(String tag) {
        return (String) tags.get(tag);
    }

    public int getAttributeInt(String tag, int defaultValue) {
        String value = getAttribute(tag);
        try {
            return value == null ? defaultValue : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return defaultValue;
        }
    }

    public boolean getLatLong(float[] output) {
        String latitude = (String) tags.get("latitude");
        String longitude = (String) tags.get("longitude");
        if (latitude == null || longitude == null) return false;
        output[0] = Float.parseFloat(latitude);
        output[1] = Float.parseFloat(longitude);
        return true;
    }
}
