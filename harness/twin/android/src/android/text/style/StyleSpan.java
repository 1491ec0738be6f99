package android.text.style;

import android.graphics.Typeface;
import android.text.TextPaint;

public class StyleSpan extends CharacterStyle {
    private final int style;

    public StyleSpan(int style) {
        this.style = style;
    }

    public int getStyle() {
        return style;
    }

    @Override
    public void updateDrawState(TextPaint tp) {
        tp.setFakeBoldText((style & Typeface.BOLD) != 0);
    }
}
