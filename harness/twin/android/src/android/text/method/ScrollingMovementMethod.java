package android.text.method;

public class ScrollingMovementMethod implements MovementMethod {
    private static final ScrollingMovementMethod instance = new ScrollingMovementMethod();

    public ScrollingMovementMethod() {}

    public static MovementMethod getInstance() {
        return instance;
    }
}
