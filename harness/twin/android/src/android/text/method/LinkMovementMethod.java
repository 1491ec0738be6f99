package android.text.method;

/** Makes the clickable spans of a text view take taps. */
public class LinkMovementMethod implements MovementMethod {
    private static final LinkMovementMethod instance = new LinkMovementMethod();

    public LinkMovementMethod() {}

    public static MovementMethod getInstance() {
        return instance;
    }
}
