package android.content.res;

import java.util.Locale;
import java.util.Map;
import twin.Zygote;

public final class Configuration {
    public static final int ORIENTATION_UNDEFINED = 0;
    public static final int ORIENTATION_PORTRAIT = 1;
    public static final int ORIENTATION_LANDSCAPE = 2;
    public static final int UI_MODE_NIGHT_MASK = 0x30;
    public static final int UI_MODE_NIGHT_NO = 0x10;
    public static final int UI_MODE_NIGHT_YES = 0x20;
    public static final int SCREENLAYOUT_SIZE_MASK = 0x0f;
    public static final int SCREENLAYOUT_SIZE_LARGE = 3;

    public int orientation = ORIENTATION_PORTRAIT;
    public Locale locale = Locale.getDefault();
    public float fontScale = 1;
    public int mcc;
    public int mnc;
    public int densityDpi;
    public int screenWidthDp;
    public int screenHeightDp;
    public int smallestScreenWidthDp;
    public int screenLayout = 2;
    public int uiMode = 1 | UI_MODE_NIGHT_NO;

    public Configuration() {
        Map<?, ?> screen = (Map<?, ?>) Zygote.bind().get("screen");
        if (screen == null) return;
        densityDpi = ((Number) screen.get("density")).intValue();
        screenWidthDp = ((Number) screen.get("width")).intValue() * 160 / densityDpi;
        screenHeightDp = ((Number) screen.get("height")).intValue() * 160 / densityDpi;
        smallestScreenWidthDp = Math.min(screenWidthDp, screenHeightDp);
    }

    public android.os.LocaleList getLocales() {
        return new android.os.LocaleList(locale);
    }
}
