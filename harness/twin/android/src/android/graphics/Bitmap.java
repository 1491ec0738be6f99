package android.graphics;

/** A picture's size; the twin keeps no pixels. */
public final class Bitmap {
    private final int width;
    private final int height;

    public enum Config {
        ALPHA_8,
        RGB_565,
        ARGB_8888
    }

    private Bitmap(int width, int height) {
        this.width = width;
        this.height = height;
    }

    public static Bitmap createBitmap(int width, int height, Config config) {
        return new Bitmap(width, height);
    }

    public int getWidth() {
        return width;
    }

    public int getHeight() {
        return height;
    }

    public void recycle() {}
}
