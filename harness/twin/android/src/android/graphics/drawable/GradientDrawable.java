package android.graphics.drawable;

import android.graphics.Color;
import java.util.Map;

public class GradientDrawable extends Drawable {
    public static final int RECTANGLE = 0;
    public static final int OVAL = 1;

    private int color;
    private float radius;

    public GradientDrawable() {}

    public void setColor(int argb) {
        color = argb;
    }

    public void setCornerRadius(float radius) {
        this.radius = radius;
    }

    public void setShape(int shape) {}

    public void setStroke(int width, int color) {}

    @Override
    public void describe(Map<String, Object> style) {
        style.put("background", Color.toHex(color));
        style.put("radius", Math.round(radius));
    }
}
