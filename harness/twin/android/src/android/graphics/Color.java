package android.graphics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

public class Color {
    public static final int BLACK = 0xFF000000;
    public static final int DKGRAY = 0xFF444444;
    public static final int GRAY = 0xFF888888;
    public static final int LTGRAY = 0xFFCCCCCC;
    public static final int WHITE = 0xFFFFFFFF;
    public static final int RED = 0xFFFF0000;
    public static final int GREEN = 0xFF00FF00;
    public static final int BLUE = 0xFF0000FF;
    public static final int YELLOW = 0xFFFFFF00;
    public static final int CYAN = 0xFF00FFFF;
    public static final int MAGENTA = 0xFFFF00FF;
    public static final int TRANSPARENT = 0;

    private static final Map<String, Integer> NAMES = new HashMap<>();

    static {
        NAMES.put("black", BLACK);
        NAMES.put("darkgray", DKGRAY);
        NAMES.put("gray", GRAY);
        NAMES.put("lightgray", LTGRAY);
        NAMES.put("white", WHITE);
        NAMES.put("red", RED);
        NAMES.put("green", GREEN);
        NAMES.put("blue", BLUE);
        NAMES.put("yellow", YELLOW);
        NAMES.put("cyan", CYAN);
        NAMES.put("magenta", MAGENTA);
    }

    public Color() {}

    public static int alpha(int color) {
        return color >>> 24;
    }

    public static int red(int color) {
        return color >> 16 & 0xFF;
    }

    public static int green(int color) {
        return color >> 8 & 0xFF;
    }

    public static int blue(int color) {
        return color & 0xFF;
    }

    public static int rgb(int red, int green, int blue) {
        return argb(255, red, green, blue);
    }

    public static int argb(int alpha, int red, int green, int blue) {
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    public static int parseColor(String colorString) {
        if (colorString.startsWith("#")) {
            long color = Long.parseLong(colorString.substring(1), 16);
            if (colorString.length() == 7) return (int) (color | 0xFF000000L);
            if (colorString.length() == 9) return (int) color;
        } else {
            Integer color = NAMES.get(colorString.toLowerCase(Locale.ROOT));
            if (color != null) return color;
        }
        throw new IllegalArgumentException("Unknown color");
    }

    /** The form that the system takes: #aarrggbb. */
    public static String toHex(int color) {
        return String.format("#%08x", color);
    }
}
