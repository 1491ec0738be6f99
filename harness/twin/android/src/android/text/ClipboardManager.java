package android.text;

/** The clipboard as it was before Android 3; {@link android.content.ClipboardManager} is the real one. */
@Deprecated
public abstract class ClipboardManager {
    public abstract CharSequence getText();

    public abstract void setText(CharSequence text);

    public abstract boolean hasText();
}
