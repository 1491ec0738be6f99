package android.app;

import android.content.ComponentCallbacks2;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.content.res.Configuration;
import android.net.Uri;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.ContextThemeWrapper;
import android.view.KeyEvent;
import android.view.LayoutInflater;
import android.view.Menu;
import android.view.MenuItem;
import android.view.MotionEvent;
import android.view.View;
import android.view.ViewGroup;
import android.view.Window;
import android.view.WindowManager;
import com.android.internal.policy.PhoneWindow;
import java.util.List;
import twin.Binder;

public class Activity extends ContextThemeWrapper implements Window.Callback, ComponentCallbacks2, KeyEvent.Callback {
    public static final int RESULT_CANCELED = 0;
    public static final int RESULT_OK = -1;
    public static final int RESULT_FIRST_USER = 1;

    private Application application;
    private Intent intent;
    private String token;
    private String component;
    private PhoneWindow window;
    private CharSequence title;
    private int resultCode = RESULT_CANCELED;
    private Intent resultData;
    private boolean finished;
    private boolean destroyed;
    private boolean called;
    boolean started;
    boolean resumed;
    /** Showing dialogs, which go with the activity. */
    final java.util.Set<Dialog> dialogs = new java.util.LinkedHashSet<>();

    public Activity() {}

    final void attach(Context base, Application application, String token, String component, Intent intent, CharSequence title) {
        attachBaseContext(base);
        this.application = application;
        this.token = token;
        this.component = component;
        this.intent = intent;
        this.title = title;
        window = new PhoneWindow(this, "activity", token);
        window.setCallback(this);
        window.setTitle(title);
    }

    final String token() {
        return token;
    }

    // ---- life cycle -------------------------------------------------------------------------------------------

    protected void onCreate(Bundle savedInstanceState) {
        called = true;
        application.tell(callback -> callback.onActivityCreated(this, savedInstanceState));
    }

    protected void onPostCreate(Bundle savedInstanceState) {}

    protected void onRestart() {
        called = true;
    }

    protected void onStart() {
        called = true;
        application.tell(callback -> callback.onActivityStarted(this));
    }

    protected void onRestoreInstanceState(Bundle savedInstanceState) {}

    protected void onSaveInstanceState(Bundle outState) {}

    protected void onResume() {
        called = true;
        application.tell(callback -> callback.onActivityResumed(this));
    }

    protected void onPostResume() {}

    protected void onPause() {
        called = true;
        application.tell(callback -> callback.onActivityPaused(this));
    }

    protected void onStop() {
        called = true;
        application.tell(callback -> callback.onActivityStopped(this));
    }

    protected void onDestroy() {
        called = true;
        application.tell(callback -> callback.onActivityDestroyed(this));
    }

    protected void onNewIntent(Intent intent) {}

    protected void onUserLeaveHint() {}

    public void onUserInteraction() {}

    final void performCreate() {
        step("onCreate", () -> onCreate(null));
    }

    final void performStart() {
        step("onStart", this::onStart);
        started = true;
        onPostCreate(null);
    }

    final void performRestart() {
        step("onRestart", this::onRestart);
        step("onStart", this::onStart);
        started = true;
    }

    final void performResume() {
        step("onResume", this::onResume);
        resumed = true;
        onPostResume();
        if (!finished) window.show();
    }

    final void performPause(boolean leaving) {
        if (leaving) onUserLeaveHint();
        resumed = false;
        step("onPause", this::onPause);
    }

    final void performStop() {
        started = false;
        Bundle state = new Bundle();
        onSaveInstanceState(state);
        application.tell(callback -> callback.onActivitySaveInstanceState(this, state));
        step("onStop", this::onStop);
    }

    final void performDestroy() {
        finished = true;
        step("onDestroy", this::onDestroy);
        destroyed = true;
        for (Dialog dialog : dialogs) dialog.leak();
        dialogs.clear();
        window.close();
    }

    final void deliverNewIntent(Intent intent) {
        onNewIntent(intent);
    }

    final void deliverResult(int request, int result, Intent data) {
        onActivityResult(request, result, data);
    }

    private void step(String name, Runnable method) {
        called = false;
        method.run();
        if (!called) {
            throw new SuperNotCalledException("Activity " + component + " did not call through to super." + name + "()");
        }
    }

    // ---- content ----------------------------------------------------------------------------------------------

    public Window getWindow() {
        return window;
    }

    public WindowManager getWindowManager() {
        return (WindowManager) getSystemService(WINDOW_SERVICE);
    }

    public LayoutInflater getLayoutInflater() {
        return LayoutInflater.from(this);
    }

    public void setContentView(View view) {
        window.setContentView(view);
    }

    public void setContentView(View view, ViewGroup.LayoutParams params) {
        window.setContentView(view, params);
    }

    public void addContentView(View view, ViewGroup.LayoutParams params) {
        window.addContentView(view, params);
    }

    public <T extends View> T findViewById(int id) {
        return window.findViewById(id);
    }

    public final <T extends View> T requireViewById(int id) {
        T view = findViewById(id);
        if (view == null) throw new IllegalArgumentException("ID does not reference a View inside this Activity");
        return view;
    }

    public View getCurrentFocus() {
        return window.getDecorView().findFocus();
    }

    public final boolean requestWindowFeature(int featureId) {
        return window.requestFeature(featureId);
    }

    public void setTitle(CharSequence title) {
        this.title = title;
        window.setTitle(title);
    }

    public final CharSequence getTitle() {
        return title;
    }

    public void setRequestedOrientation(int requestedOrientation) {}

    public void setTitle(int titleId) {
        setTitle(getText(titleId));
    }

    public void setFinishOnTouchOutside(boolean finish) {}

    public void setShowWhenLocked(boolean showWhenLocked) {}

    public void setTurnScreenOn(boolean turnScreenOn) {}

    public final void setVolumeControlStream(int streamType) {}

    public void reportFullyDrawn() {}

    public boolean isInMultiWindowMode() {
        return false;
    }

    public boolean isInPictureInPictureMode() {
        return false;
    }

    public void invalidateOptionsMenu() {}

    public boolean onPrepareOptionsMenu(Menu menu) {
        return true;
    }

    public void onTopResumedActivityChanged(boolean isTopResumedActivity) {}

    public void overridePendingTransition(int enterAnim, int exitAnim) {}

    @Override
    public void onContentChanged() {}

    @Override
    public void onWindowFocusChanged(boolean hasFocus) {}

    @Override
    public void onAttachedToWindow() {}

    @Override
    public void onDetachedFromWindow() {}

    public boolean hasWindowFocus() {
        return resumed;
    }

    public boolean onCreateOptionsMenu(Menu menu) {
        return true;
    }

    public boolean onOptionsItemSelected(MenuItem item) {
        return false;
    }

    // ---- input ------------------------------------------------------------------------------------------------

    @Override
    public boolean dispatchTouchEvent(MotionEvent event) {
        return false;
    }

    public boolean onTouchEvent(MotionEvent event) {
        return false;
    }

    @Override
    public boolean dispatchKeyEvent(KeyEvent event) {
        onUserInteraction();
        return event.dispatch(this);
    }

    @Override
    public boolean onKeyDown(int keyCode, KeyEvent event) {
        return keyCode == KeyEvent.KEYCODE_BACK;
    }

    @Override
    public boolean onKeyUp(int keyCode, KeyEvent event) {
        if (keyCode != KeyEvent.KEYCODE_BACK || event.isCanceled()) return false;
        onBackPressed();
        return true;
    }

    @Override
    public boolean onKeyLongPress(int keyCode, KeyEvent event) {
        return false;
    }

    public void onBackPressed() {
        if (!Boolean.TRUE.equals(Binder.call("activity.back", token))) finish();
    }

    // ---- other activities -------------------------------------------------------------------------------------

    public Intent getIntent() {
        return intent;
    }

    public void setIntent(Intent newIntent) {
        intent = newIntent;
    }

    public final Application getApplication() {
        return application;
    }

    public ComponentName getComponentName() {
        return ComponentName.unflattenFromString(component);
    }

    public String getLocalClassName() {
        String name = getComponentName().getClassName();
        String prefix = getPackageName() + ".";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    public ComponentName getCallingActivity() {
        String caller = (String) Binder.call("activity.caller", token);
        return caller == null ? null : ComponentName.unflattenFromString(caller);
    }

    public String getCallingPackage() {
        ComponentName caller = getCallingActivity();
        return caller == null ? null : caller.getPackageName();
    }

    @Override
    public void startActivity(Intent intent) {
        startActivityForResult(intent, -1, null);
    }

    @Override
    public void startActivity(Intent intent, Bundle options) {
        startActivityForResult(intent, -1, options);
    }

    public void startActivityForResult(Intent intent, int requestCode) {
        startActivityForResult(intent, requestCode, null);
    }

    public void startActivityForResult(Intent intent, int requestCode, Bundle options) {
        Binder.call("activity.start", intent.toMap(), requestCode < 0 ? null : requestCode, token);
    }

    public boolean startActivityIfNeeded(Intent intent, int requestCode) {
        startActivityForResult(intent, requestCode);
        return true;
    }

    protected void onActivityResult(int requestCode, int resultCode, Intent data) {}

    public final void setResult(int resultCode) {
        setResult(resultCode, null);
    }

    public final void setResult(int resultCode, Intent data) {
        this.resultCode = resultCode;
        resultData = data;
    }

    public void finish() {
        if (finished) return;
        finished = true;
        Binder.call("activity.finish", token, resultCode, resultData == null ? null : resultData.toMap());
    }

    public void finishAffinity() {
        finished = true;
        Binder.call("activity.finish_affinity", token);
    }

    public void finishAfterTransition() {
        finish();
    }

    public Uri getReferrer() {
        String from = getCallingPackage();
        return from == null ? null : Uri.parse("android-app://" + from);
    }

    public void finishAndRemoveTask() {
        finished = true;
        Binder.call("activity.finish_task", token);
    }

    public boolean isFinishing() {
        return finished;
    }

    public boolean isDestroyed() {
        return destroyed;
    }

    public boolean isChangingConfigurations() {
        return false;
    }

    public void recreate() {
        Binder.call("activity.recreate", token);
    }

    public boolean moveTaskToBack(boolean nonRoot) {
        return Boolean.TRUE.equals(Binder.call("activity.move_to_back", token, nonRoot));
    }

    public boolean isTaskRoot() {
        return Boolean.TRUE.equals(Binder.call("activity.is_root", token));
    }

    public int getTaskId() {
        Object id = Binder.call("activity.task", token);
        return id == null ? -1 : ((Number) id).intValue();
    }

    public final void runOnUiThread(Runnable action) {
        if (Looper.getMainLooper().isCurrentThread()) action.run();
        else new Handler(Looper.getMainLooper()).post(action);
    }

    public SharedPreferences getPreferences(int mode) {
        return getSharedPreferences(getLocalClassName(), mode);
    }

    // ---- permissions ------------------------------------------------------------------------------------------

    public final void requestPermissions(String[] permissions, int requestCode) {
        if (requestCode < 0) throw new IllegalArgumentException("requestCode should be >= 0");
        if (permissions == null || permissions.length == 0) {
            throw new IllegalArgumentException("permission cannot be null or empty");
        }
        Binder.call("activity.request_permissions", token, requestCode, List.of(permissions));
    }

    public void onRequestPermissionsResult(int requestCode, String[] permissions, int[] grantResults) {}

    public boolean shouldShowRequestPermissionRationale(String permission) {
        return Boolean.TRUE.equals(Binder.call("permission.rationale", permission));
    }

    final void deliverPermissions(int request, List<?> permissions, List<?> grants) {
        String[] names = permissions.toArray(new String[0]);
        int[] results = new int[names.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = Boolean.TRUE.equals(grants.get(i))
                    ? PackageManager.PERMISSION_GRANTED : PackageManager.PERMISSION_DENIED;
        }
        onRequestPermissionsResult(request, names, results);
    }

    // ---- device -----------------------------------------------------------------------------------------------

    @Override
    public void onConfigurationChanged(Configuration newConfig) {}

    @Override
    public void onLowMemory() {}

    @Override
    public void onTrimMemory(int level) {}

    @Override
    public String toString() {
        return getClass().getName() + "@" + Integer.toHexString(hashCode());
    }
}
