package android.app;

import android.content.ComponentName;
import android.content.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import twin.Binder;

public class ActivityManager {
    private final Context context;

    public static class RunningAppProcessInfo {
        public static final int IMPORTANCE_FOREGROUND = 100;
        public static final int IMPORTANCE_FOREGROUND_SERVICE = 125;
        public static final int IMPORTANCE_VISIBLE = 200;
        public static final int IMPORTANCE_SERVICE = 300;
        public static final int IMPORTANCE_CACHED = 400;
        public static final int IMPORTANCE_GONE = 1000;

        public String processName;
        public int pid;
        public int uid;
        public String[] pkgList;
        public int importance;

        public RunningAppProcessInfo() {}

        public RunningAppProcessInfo(String processName, int pid, String[] pkgList) {
            this.processName = processName;
            this.pid = pid;
            this.pkgList = pkgList;
        }
    }

    public static class RunningTaskInfo {
        public int id;
        public ComponentName baseActivity;
        public ComponentName topActivity;
        public int numActivities;
    }

    public static class RecentTaskInfo {
        public int id;
        public int persistentId;
        public ComponentName baseActivity;
        public ComponentName topActivity;
        public int numActivities;
    }

    public static class RunningServiceInfo {
        public ComponentName service;
        public int pid;
        public int uid;
        public String process;
        public boolean foreground;
        public boolean started;
    }

    public static class MemoryInfo {
        public long availMem;
        public long totalMem;
        public long threshold;
        public boolean lowMemory;
    }

    ActivityManager(Context context) {
        this.context = context;
    }

    /** Since Android 5.1 an app sees its own processes only. */
    public List<RunningAppProcessInfo> getRunningAppProcesses() {
        List<RunningAppProcessInfo> found = new ArrayList<>();
        for (Object row : (List<?>) Binder.call("process.list")) {
            Map<?, ?> map = (Map<?, ?>) row;
            RunningAppProcessInfo info = new RunningAppProcessInfo((String) map.get("process"),
                    ((Number) map.get("pid")).intValue(), new String[] {(String) map.get("package")});
            info.uid = ((Number) map.get("uid")).intValue();
            info.importance = ((Number) map.get("importance")).intValue();
            found.add(info);
        }
        return found;
    }

    public static void getMyMemoryState(RunningAppProcessInfo outState) {
        outState.processName = android.os.Process.myProcessName();
        outState.pid = android.os.Process.myPid();
        outState.uid = android.os.Process.myUid();
        outState.importance = ((Number) Binder.call("process.importance")).intValue();
    }

    /** Since Android 5 an app sees its own tasks and the launcher only. */
    @Deprecated
    public List<RunningTaskInfo> getRunningTasks(int maxNum) {
        List<RunningTaskInfo> found = new ArrayList<>();
        for (Object row : (List<?>) Binder.call("activity.tasks", maxNum)) {
            Map<?, ?> map = (Map<?, ?>) row;
            RunningTaskInfo info = new RunningTaskInfo();
            info.id = ((Number) map.get("id")).intValue();
            info.baseActivity = ComponentName.unflattenFromString((String) map.get("base"));
            info.topActivity = ComponentName.unflattenFromString((String) map.get("top"));
            info.numActivities = ((Number) map.get("size")).intValue();
            found.add(info);
        }
        return found;
    }

    /** The same tasks as getRunningTasks(), which is what an app may see of them. */
    @Deprecated
    public List<RecentTaskInfo> getRecentTasks(int maxNum, int flags) throws SecurityException {
        if (maxNum < 0) throw new IllegalArgumentException("The requested number of tasks should be >= 0");
        List<RecentTaskInfo> found = new ArrayList<>();
        for (RunningTaskInfo running : getRunningTasks(maxNum)) {
            RecentTaskInfo info = new RecentTaskInfo();
            info.id = info.persistentId = running.id;
            info.baseActivity = running.baseActivity;
            info.topActivity = running.topActivity;
            info.numActivities = running.numActivities;
            found.add(info);
        }
        return found;
    }

    /** No service of the twin has a page to manage it. */
    public PendingIntent getRunningServiceControlPanel(ComponentName service) throws SecurityException {
        return null;
    }

    @Deprecated
    public List<RunningServiceInfo> getRunningServices(int maxNum) {
        List<RunningServiceInfo> found = new ArrayList<>();
        for (Object row : (List<?>) Binder.call("service.list", maxNum)) {
            Map<?, ?> map = (Map<?, ?>) row;
            RunningServiceInfo info = new RunningServiceInfo();
            info.service = new ComponentName(context.getPackageName(), (String) map.get("class"));
            info.pid = ((Number) map.get("pid")).intValue();
            info.uid = android.os.Process.myUid();
            info.process = (String) map.get("process");
            info.foreground = Boolean.TRUE.equals(map.get("foreground"));
            info.started = true;
            found.add(info);
        }
        return found;
    }

    public void getMemoryInfo(MemoryInfo outInfo) {
        outInfo.totalMem = 6L << 30;
        outInfo.availMem = 3L << 30;
        outInfo.threshold = 216L << 20;
    }

    public boolean isLowRamDevice() {
        return false;
    }

    public int getMemoryClass() {
        return 256;
    }

    public void killBackgroundProcesses(String packageName) {
        Binder.call("process.kill_background", packageName);
    }

    public boolean clearApplicationUserData() {
        return Boolean.TRUE.equals(Binder.call("process.clear_data"));
    }

    public static boolean isUserAMonkey() {
        return false;
    }
}
