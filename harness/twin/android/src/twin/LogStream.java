package twin;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** System.out and System.err of app code: each line is a line of logcat. */
final class LogStream extends OutputStream {
    private static final int MAX_LINE = 4096;
    private final String level;
    private final String tag;
    private final ThreadLocal<ByteArrayOutputStream> line = ThreadLocal.withInitial(ByteArrayOutputStream::new);

    private LogStream(String level, String tag) {
        this.level = level;
        this.tag = tag;
    }

    static PrintStream open(String level, String tag) {
        return new PrintStream(new LogStream(level, tag), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        ByteArrayOutputStream open = line.get();
        if (b != '\n') open.write(b);
        if (b == '\n' || open.size() >= MAX_LINE) {
            String text = open.toString(StandardCharsets.UTF_8);
            open.reset();
            Binder.log(level, tag, text);
        }
    }
}
