package android.app;

import android.os.Process;
import java.io.PrintWriter;
import java.io.StringWriter;
import twin.Binder;
import twin.Zygote;

/** An exception nobody caught ends the process, as Android's runtime does it. */
final class CrashHandler implements Thread.UncaughtExceptionHandler {
    private boolean crashing;

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        synchronized (this) {
            if (crashing) return;
            crashing = true;
        }
        try {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            StackTraceElement[] frames = error.getStackTrace();
            StackTraceElement first = frames.length == 0 ? new StackTraceElement("unknown", "unknown", null, 0) : frames[0];
            Binder.log("E", "AndroidRuntime", "FATAL EXCEPTION: " + thread.getName() + "\nProcess: " + Zygote.processName()
                    + ", PID: " + Process.myPid() + "\n" + trace);
            Binder.call("process.crash", error.getClass().getName(), error.getMessage(), first.getFileName(),
                    first.getLineNumber(), trace.toString());
        } finally {
            Process.killProcess(Process.myPid());
            Runtime.getRuntime().halt(10);
        }
    }
}
