package android.view;

import android.graphics.Point;
import android.util.DisplayMetrics;

public final class Display {
    public static final int DEFAULT_DISPLAY = 0;

    Display() {}

    public int getDisplayId() {
        return DEFAULT_DISPLAY;
    }

    public int getRotation() {
        return 0;
    }

    public float getRefreshRate() {
        return 60;
    }

    @Deprecated
    public int getWidth() {
        return DisplayMetrics.ofScreen().widthPixels;
    }

    @Deprecated
    public int getHeight() {
        return DisplayMetrics.ofScreen().heightPixels;
    }

    public void getMetrics(DisplayMetrics outMetrics) {
        outMetrics.setTo(DisplayMetrics.ofScreen());
    }

    public void getRealMetrics(DisplayMetrics outMetrics) {
        getMetrics(outMetrics);
    }

    public void getSize(Point outSize) {
        outSize.set(getWidth(), getHeight());
    }

    public void getRealSize(Point outSize) {
        getSize(outSize);
    }
}
