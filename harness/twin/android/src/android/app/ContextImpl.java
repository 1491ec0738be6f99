package android.app;

import android.content.ApplicationContentResolver;
import android.content.BroadcastReceiver;
import android.content.ComponentName;
import android.content.ContentResolver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.ServiceConnection;
import android.content.SharedPreferences;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.content.res.AssetManager;
import android.content.res.Resources;
import android.database.sqlite.SQLiteDatabase;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import twin.Binder;

/** The context that does the work; activities, services and the application wrap one each. */
class ContextImpl extends Context {
    private final ContextImpl root;
    private final Map<String, Object> facts;
    private final Connections connections;
    private Context outer;
    private PackageManager packageManager;
    private ContentResolver resolver;
    private final Map<String, Object> systemServices = new HashMap<>();

    ContextImpl(Map<String, Object> facts) {
        root = this;
        this.facts = facts;
        connections = new Connections();
        outer = this;
    }

    private ContextImpl(ContextImpl root, Context outer) {
        this.root = root;
        facts = root.facts;
        connections = root.connections;
        this.outer = outer;
    }

    void setOuter(Context outer) {
        this.outer = outer;
    }

    ContextImpl forActivity(Activity activity) {
        return new ContextImpl(root, activity);
    }

    ContextImpl forService(Service service) {
        return new ContextImpl(root, service);
    }

    ServiceConnection connection(int id) {
        return connections.connection(id);
    }

    void deliverTo(int receiver, Intent intent) {
        connections.deliver(receiver, intent);
    }

    // ---- the package ------------------------------------------------------------------------------------------

    @Override
    public String getPackageName() {
        return (String) facts.get("package");
    }

    @Override
    public ApplicationInfo getApplicationInfo() {
        try {
            return getPackageManager().getApplicationInfo(getPackageName(), 0);
        } catch (PackageManager.NameNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String getPackageResourcePath() {
        return (String) facts.get("apk");
    }

    @Override
    public String getPackageCodePath() {
        return (String) facts.get("apk");
    }

    @Override
    public AssetManager getAssets() {
        return AssetManager.of((String) facts.get("assets_dir"));
    }

    @Override
    public Resources getResources() {
        return Resources.of(getPackageName());
    }

    @Override
    public ClassLoader getClassLoader() {
        return ClassLoader.getSystemClassLoader();
    }

    @Override
    public Context getApplicationContext() {
        return ActivityThread.currentApplication();
    }

    @Override
    public Looper getMainLooper() {
        return Looper.getMainLooper();
    }

    @Override
    public synchronized PackageManager getPackageManager() {
        if (root != this) return root.getPackageManager();
        if (packageManager == null) packageManager = new ApplicationPackageManager(this);
        return packageManager;
    }

    @Override
    public synchronized ContentResolver getContentResolver() {
        if (resolver == null) resolver = new ApplicationContentResolver(this);
        return resolver;
    }

    @Override
    public Context createPackageContext(String packageName, int flags) throws PackageManager.NameNotFoundException {
        if (packageName.equals(getPackageName())) return new ContextImpl(root, this);
        throw new PackageManager.NameNotFoundException("the twin opens no context of another package: " + packageName);
    }

    @Override
    public void setTheme(int resid) {}

    @Override
    public Resources.Theme getTheme() {
        return getResources().newTheme();
    }

    // ---- files ------------------------------------------------------------------------------------------------

    private File made(File folder) {
        folder.mkdirs();
        return folder;
    }

    @Override
    public File getDataDir() {
        return made(new File((String) facts.get("data_dir")));
    }

    @Override
    public File getFilesDir() {
        return made(new File(getDataDir(), "files"));
    }

    @Override
    public File getNoBackupFilesDir() {
        return made(new File(getDataDir(), "no_backup"));
    }

    @Override
    public File getCacheDir() {
        return made(new File(getDataDir(), "cache"));
    }

    @Override
    public File getCodeCacheDir() {
        return made(new File(getDataDir(), "code_cache"));
    }

    private File external() {
        return new File((String) facts.get("external_dir"), "Android/data/" + getPackageName());
    }

    @Override
    public File getExternalFilesDir(String type) {
        File files = new File(external(), "files");
        return made(type == null ? files : new File(files, type));
    }

    @Override
    public File getExternalCacheDir() {
        return made(new File(external(), "cache"));
    }

    @Override
    public File getDir(String name, int mode) {
        return made(new File(getDataDir(), "app_" + plain(name)));
    }

    @Override
    public File getDatabasePath(String name) {
        return name.startsWith("/") ? new File(name) : new File(new File(getDataDir(), "databases"), plain(name));
    }

    @Override
    public String[] databaseList() {
        String[] names = new File(getDataDir(), "databases").list();
        return names == null ? new String[0] : names;
    }

    @Override
    public boolean deleteDatabase(String name) {
        return SQLiteDatabase.deleteDatabase(getDatabasePath(name));
    }

    @Override
    public SQLiteDatabase openOrCreateDatabase(String name, int mode, SQLiteDatabase.CursorFactory factory) {
        File file = getDatabasePath(name);
        made(file.getParentFile());
        return SQLiteDatabase.openOrCreateDatabase(file, factory);
    }

    @Override
    public File getFileStreamPath(String name) {
        return new File(getFilesDir(), plain(name));
    }

    private static String plain(String name) {
        if (name.indexOf(File.separatorChar) >= 0) {
            throw new IllegalArgumentException("File " + name + " contains a path separator");
        }
        return name;
    }

    @Override
    public FileInputStream openFileInput(String name) throws FileNotFoundException {
        return new FileInputStream(getFileStreamPath(name));
    }

    @Override
    public FileOutputStream openFileOutput(String name, int mode) throws FileNotFoundException {
        return new FileOutputStream(getFileStreamPath(name), (mode & MODE_APPEND) != 0);
    }

    @Override
    public boolean deleteFile(String name) {
        return getFileStreamPath(name).delete();
    }

    @Override
    public String[] fileList() {
        String[] names = getFilesDir().list();
        return names == null ? new String[0] : names;
    }

    @Override
    public SharedPreferences getSharedPreferences(String name, int mode) {
        return SharedPreferencesImpl.open(new File(getDataDir(), "shared_prefs"), plain(name == null ? "null" : name));
    }

    @Override
    public boolean deleteSharedPreferences(String name) {
        return SharedPreferencesImpl.delete(new File(getDataDir(), "shared_prefs"), plain(name));
    }

    // ---- other components -------------------------------------------------------------------------------------

    @Override
    public void startActivity(Intent intent) {
        startActivity(intent, null);
    }

    @Override
    public void startActivity(Intent intent, Bundle options) {
        Object target = facts.get("target_sdk");
        boolean strict = target == null || ((Number) target).intValue() < 24 || ((Number) target).intValue() >= 28;
        if (strict && (intent.getFlags() & Intent.FLAG_ACTIVITY_NEW_TASK) == 0) {
            throw new android.util.AndroidRuntimeException("Calling startActivity() from outside of an Activity"
                    + " context requires the FLAG_ACTIVITY_NEW_TASK flag. Is this really what you want?");
        }
        Binder.call("activity.start", intent.toMap(), null, null);
    }

    @Override
    public void startActivities(Intent[] intents) {
        for (Intent intent : intents) startActivity(intent);
    }

    @Override
    public void sendBroadcast(Intent intent) {
        Binder.call("broadcast.send", intent.toMap());
    }

    @Override
    public void sendBroadcast(Intent intent, String receiverPermission) {
        sendBroadcast(intent);
    }

    @Override
    public void sendOrderedBroadcast(Intent intent, String receiverPermission) {
        sendBroadcast(intent);
    }

    @Override
    public void sendStickyBroadcast(Intent intent) {
        sendBroadcast(intent);
    }

    @Override
    public Intent registerReceiver(BroadcastReceiver receiver, IntentFilter filter) {
        return registerReceiver(receiver, filter, null, null);
    }

    @Override
    public Intent registerReceiver(BroadcastReceiver receiver, IntentFilter filter, int flags) {
        return registerReceiver(receiver, filter, null, null);
    }

    @Override
    public Intent registerReceiver(
            BroadcastReceiver receiver, IntentFilter filter, String broadcastPermission, Handler scheduler) {
        return connections.register(receiver, filter, scheduler, outer);
    }

    @Override
    public void unregisterReceiver(BroadcastReceiver receiver) {
        connections.unregister(receiver);
    }

    private static ComponentName name(Object found) {
        List<?> parts = (List<?>) found;
        return parts == null ? null : new ComponentName((String) parts.get(0), (String) parts.get(1));
    }

    @Override
    public ComponentName startService(Intent service) {
        return name(Binder.call("service.start", service.toMap(), false));
    }

    @Override
    public ComponentName startForegroundService(Intent service) {
        return name(Binder.call("service.start", service.toMap(), true));
    }

    @Override
    public boolean stopService(Intent service) {
        return Boolean.TRUE.equals(Binder.call("service.stop", service.toMap()));
    }

    @Override
    public boolean bindService(Intent service, ServiceConnection connection, int flags) {
        return connections.bind(service, connection);
    }

    @Override
    public void unbindService(ServiceConnection connection) {
        connections.unbind(connection);
    }

    // ---- system services and permissions ----------------------------------------------------------------------

    @Override
    public Object getSystemService(String name) {
        if (name.equals(WINDOW_SERVICE) || name.equals(LAYOUT_INFLATER_SERVICE)) return SystemServices.make(name, outer);
        synchronized (root.systemServices) {
            Object service = root.systemServices.get(name);
            if (service == null) {
                service = SystemServices.make(name, root.outer);
                root.systemServices.put(name, service);
            }
            return service;
        }
    }

    @Override
    public String getSystemServiceName(Class<?> serviceClass) {
        return SystemServices.nameOf(serviceClass);
    }

    @Override
    public int checkPermission(String permission, int pid, int uid) {
        if (permission == null) throw new IllegalArgumentException("permission is null");
        return Boolean.TRUE.equals(Binder.call("permission.check", permission))
                ? PackageManager.PERMISSION_GRANTED : PackageManager.PERMISSION_DENIED;
    }

    @Override
    public int checkCallingPermission(String permission) {
        return PackageManager.PERMISSION_DENIED;
    }

    @Override
    public int checkCallingOrSelfPermission(String permission) {
        return checkSelfPermission(permission);
    }

    @Override
    public int checkSelfPermission(String permission) {
        return checkPermission(permission, android.os.Process.myPid(), android.os.Process.myUid());
    }

    @Override
    public void enforcePermission(String permission, int pid, int uid, String message) {
        if (checkPermission(permission, pid, uid) == PackageManager.PERMISSION_GRANTED) return;
        throw new SecurityException((message == null ? "" : message + ": ") + "Neither user " + uid
                + " nor current process has " + permission + ".");
    }

    @Override
    public void enforceCallingOrSelfPermission(String permission, String message) {
        enforcePermission(permission, android.os.Process.myPid(), android.os.Process.myUid(), message);
    }
}
