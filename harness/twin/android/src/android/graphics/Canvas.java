package android.graphics;

/** What views draw on. The twin draws platform views itself and makes no canvas for others. */
public class Canvas {
    Canvas() {}

    public void drawColor(int color) {}

    public void drawText(String text, float x, float y, Paint paint) {}

    public void drawLine(float startX, float startY, float stopX, float stopY, Paint paint) {}

    public void drawRect(float left, float top, float right, float bottom, Paint paint) {}

    public void drawCircle(float cx, float cy, float radius, Paint paint) {}
}
