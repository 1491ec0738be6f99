package android.util;

import java.util.Map;
import twin.Zygote;

public class DisplayMetrics {
    public static final int DENSITY_DEFAULT = 160;
    public static final int DENSITY_HIGH = 240;
    public static final int DENSITY_XHIGH = 320;
    public static final int DENSITY_XXHIGH = 480;

    public int widthPixels;
    public int heightPixels;
    public float density;
    public int densityDpi;
    public float scaledDensity;
    public float xdpi;
    public float ydpi;

    public DisplayMetrics() {}

    /** The metrics of the device's screen. */
    public static DisplayMetrics ofScreen() {
        DisplayMetrics metrics = new DisplayMetrics();
        Map<?, ?> screen = (Map<?, ?>) Zygote.bind().get("screen");
        metrics.widthPixels = ((Number) screen.get("width")).intValue();
        metrics.heightPixels = ((Number) screen.get("height")).intValue();
        metrics.densityDpi = ((Number) screen.get("density")).intValue();
        metrics.density = metrics.densityDpi / 160f;
        metrics.scaledDensity = metrics.density;
        metrics.xdpi = metrics.densityDpi;
        metrics.ydpi = metrics.densityDpi;
        return metrics;
    }

    public void setTo(DisplayMetrics o) {
        widthPixels = o.widthPixels;
        heightPixels = o.heightPixels;
        density = o.density;
        densityDpi = o.densityDpi;
        scaledDensity = o.scaledDensity;
        xdpi = o.xdpi;
        ydpi = o.ydpi;
    }
}
