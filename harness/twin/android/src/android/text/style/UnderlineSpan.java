package android.text.style;

import android.text.TextPaint;

public class UnderlineSpan extends CharacterStyle {
    public UnderlineSpan() {}

    @Override
    public void updateDrawState(TextPaint tp) {
        tp.setUnderlineText(true);
    }
}
