package twin;

/** Call stacks for the hook agent: cheaper than crossing the JNI border once per frame. */
public final class Trace {
    private Trace() {}

    /** The caller's stack without this frame, one `class.method:line` a line, at most n of them. */
    public static String viaThrowable(int n) {
        StackTraceElement[] frames = new Throwable().getStackTrace();
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < frames.length && i <= n; i++) {
            out.append(frames[i].getClassName()).append('.').append(frames[i].getMethodName())
                    .append(':').append(frames[i].getLineNumber()).append('\n');
        }
        return out.toString();
    }
}
