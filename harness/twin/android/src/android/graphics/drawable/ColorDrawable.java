package android.graphics.drawable;

import android.graphics.Color;
import java.util.Map;

public class ColorDrawable extends Drawable {
    private int color;

    public ColorDrawable() {}

    public ColorDrawable(int color) {
        this.color = color;
    }

    public int getColor() {
        return color;
    }

    public void setColor(int color) {
        this.color = color;
    }

    @Override
    public void describe(Map<String, Object> style) {
        style.put("background", Color.toHex(color));
    }
}
