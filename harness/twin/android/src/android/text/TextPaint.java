package android.text;

import android.graphics.Paint;

public class TextPaint extends Paint {
    public int linkColor = 0xff1a73e8;

    public TextPaint() {}
}
