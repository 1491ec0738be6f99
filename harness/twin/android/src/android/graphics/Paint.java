package android.graphics;

public class Paint {
    public static final int UNDERLINE_TEXT_FLAG = 8;

    private int color = Color.BLACK;
    private boolean underline;
    private boolean bold;

    public Paint() {}

    public int getColor() {
        return color;
    }

    public void setColor(int color) {
        this.color = color;
    }

    public void setUnderlineText(boolean underlineText) {
        underline = underlineText;
    }

    public boolean isUnderlineText() {
        return underline;
    }

    public void setFakeBoldText(boolean fakeBoldText) {
        bold = fakeBoldText;
    }

    public boolean isFakeBoldText() {
        return bold;
    }

    public void setAntiAlias(boolean aa) {}

    public void setFlags(int flags) {
        underline = (flags & UNDERLINE_TEXT_FLAG) != 0;
    }

    public int getFlags() {
        return underline ? UNDERLINE_TEXT_FLAG : 0;
    }
}
