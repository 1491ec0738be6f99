package android.os;

import java.io.File;
import java.io.IOException;
import twin.Binder;
import twin.Zygote;

public class Process {
    public static final int INVALID_UID = -1;
    public static final int ROOT_UID = 0;
    public static final int SYSTEM_UID = 1000;
    public static final int PHONE_UID = 1001;
    public static final int SHELL_UID = 2000;
    public static final int FIRST_APPLICATION_UID = 10000;
    public static final int LAST_APPLICATION_UID = 19999;
    public static final int SIGNAL_QUIT = 3;
    public static final int SIGNAL_KILL = 9;
    public static final int SIGNAL_USR1 = 10;
    public static final int THREAD_PRIORITY_URGENT_AUDIO = -19;
    public static final int THREAD_PRIORITY_AUDIO = -16;
    public static final int THREAD_PRIORITY_DISPLAY = -4;
    public static final int THREAD_PRIORITY_FOREGROUND = -2;
    public static final int THREAD_PRIORITY_DEFAULT = 0;
    public static final int THREAD_PRIORITY_LESS_FAVORABLE = 1;
    public static final int THREAD_PRIORITY_LOWEST = 19;
    public static final int THREAD_PRIORITY_BACKGROUND = 10;

    public Process() {}

    public static final int myPid() {
        return (int) ProcessHandle.current().pid();
    }

    public static final int myTid() {
        try {
            return Integer.parseInt(new File("/proc/thread-self").getCanonicalFile().getName());
        } catch (IOException | NumberFormatException e) {
            return (int) Thread.currentThread().getId();
        }
    }

    public static final int myUid() {
        return Zygote.uid();
    }

    public static String myProcessName() {
        return Zygote.processName();
    }

    public static UserHandle myUserHandle() {
        return UserHandle.getUserHandleForUid(myUid());
    }

    public static final boolean is64Bit() {
        return true;
    }

    public static final boolean isIsolated() {
        return false;
    }

    public static final boolean isApplicationUid(int uid) {
        return uid % 100000 >= FIRST_APPLICATION_UID && uid % 100000 <= LAST_APPLICATION_UID;
    }

    public static final long getStartUptimeMillis() {
        return Zygote.startedMillis();
    }

    public static final long getElapsedCpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().map(java.time.Duration::toMillis).orElse(0L);
    }

    public static final long getStartElapsedRealtime() {
        return Zygote.startedMillis();
    }

    public static final void setThreadPriority(int priority) {}

    public static final void setThreadPriority(int tid, int priority) {}

    /** SIGKILL, by the system and at once: no shutdown hook of the process runs. */
    public static final void killProcess(int pid) {
        sendSignal(pid, SIGNAL_KILL);
    }

    public static final void sendSignal(int pid, int signal) {
        Binder.call("process.kill", pid, signal);
    }
}
