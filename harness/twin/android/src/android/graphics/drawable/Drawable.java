package android.graphics.drawable;

import java.util.Map;

public abstract class Drawable {
    private int alpha = 255;

    public void setAlpha(int alpha) {
        this.alpha = alpha;
    }

    public int getAlpha() {
        return alpha;
    }

    /** Adds what the drawable looks like to a node's style. */
    public void describe(Map<String, Object> style) {}
}
