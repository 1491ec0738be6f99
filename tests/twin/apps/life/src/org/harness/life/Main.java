package org.harness.life;

import android.app.Activity;
import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.ServiceConnection;
import android.os.Bundle;
import android.os.Handler;
import android.os.IBinder;
import android.os.Process;
import android.os.SystemClock;
import android.util.Log;
import android.widget.TextView;
import java.io.File;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Arrays;

public final class Main extends Activity {
    static {
        Log.i(App.TAG, "Main.<clinit>");
    }

    private TextView page;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        Log.i(App.TAG, "Main.onCreate");
        page = new TextView(this);
        page.setText("alive");
        page.setId(getResources().getIdentifier("page", "id", getPackageName()));
        setContentView(page);
        act(getIntent());
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        act(intent);
    }

    private void log(String text) {
        Log.i(App.TAG, text);
    }

    private void act(Intent intent) {
        String what = intent.getStringExtra("do");
        if (what == null) return;
        switch (what) {
            case "crash": throw new IllegalStateException("on purpose, with a comma");
            case "crash-later": new Handler().postDelayed(() -> page.setText(((String) null).trim()), 10); break;
            case "crash-thread": new Thread(() -> { throw new IllegalArgumentException("in a thread"); }).start(); break;
            case "exit": System.exit(0); break;
            case "leave": finish(); SystemClock.sleep(150); System.exit(0); break;
            case "kill": Process.killProcess(Process.myPid()); break;
            case "finish": finish(); break;
            case "second": startActivityForResult(new Intent(this, Second.class).putExtra("word", "hello"), 7); break;
            case "nowhere": missing(); break;
            case "push": startService(new Intent(this, Push.class).putExtra("word", intent.getStringExtra("word"))); break;
            case "bind": bind(); break;
            case "ask": requestPermissions(intent.getStringExtra("permission").split(","), 3); break;
            case "net": network(intent.getStringExtra("url")); break;
            case "net-main": open(intent.getStringExtra("url")); break;
            case "prefs": prefs(); break;
            case "view-thread": new Thread(this::touch).start(); break;
            case "clock": log("clock " + SystemClock.elapsedRealtime()); break;
            case "alarm": alarm(); break;
            case "back": moveTaskToBack(true); break;
            case "boot": boot(); break;
            case "browse":
                startActivity(new Intent(Intent.ACTION_VIEW, android.net.Uri.parse(intent.getStringExtra("url"))));
                break;
            default: log("unknown " + what);
        }
    }

    private void missing() {
        try {
            startActivity(new Intent("no.such.ACTION"));
        } catch (android.content.ActivityNotFoundException e) {
            log("caught " + e);
        }
    }

    private void boot() {
        try {
            sendBroadcast(new Intent(Intent.ACTION_BOOT_COMPLETED));
        } catch (SecurityException e) {
            log("caught " + e.getMessage());
        }
    }

    private void bind() {
        bindService(new Intent(this, Local.class), new ServiceConnection() {
            @Override
            public void onServiceConnected(ComponentName name, IBinder service) {
                log("bound " + ((Local.Door) service).word());
                unbindService(this);
            }

            @Override
            public void onServiceDisconnected(ComponentName name) {}
        }, Context.BIND_AUTO_CREATE);
    }

    private void network(String url) {
        new Thread(() -> open(url)).start();
    }

    private void open(String url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
            log("answered " + connection.getResponseCode());
        } catch (Exception e) {
            log("failed " + e);
        }
    }

    private void prefs() {
        getSharedPreferences("p", MODE_PRIVATE).edit().putString("a", "<&\"é同意").putInt("n", 3).commit();
        log("prefs " + new File(getDataDir(), "shared_prefs/p.xml").length());
    }

    private void touch() {
        try {
            page.setText("from elsewhere");
        } catch (RuntimeException e) {
            log("caught " + e.getClass().getName());
        }
    }

    private void alarm() {
        AlarmManager alarms = (AlarmManager) getSystemService(ALARM_SERVICE);
        Intent wake = new Intent(this, Boot.class).setAction("org.harness.life.WAKE");
        alarms.set(AlarmManager.ELAPSED_REALTIME, SystemClock.elapsedRealtime() + 300,
            PendingIntent.getBroadcast(this, 1, wake, PendingIntent.FLAG_IMMUTABLE));
    }

    @Override
    protected void onActivityResult(int request, int result, Intent data) {
        log("result " + request + " " + result + " " + data.getLongExtra("answer", 0));
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] grants) {
        log("permissions " + request + " " + Arrays.toString(permissions) + " " + Arrays.toString(grants));
    }

    @Override
    protected void onStart() {
        super.onStart();
        log("Main.onStart");
    }

    @Override
    protected void onResume() {
        super.onResume();
        log("Main.onResume");
    }

    @Override
    protected void onPause() {
        super.onPause();
        log("Main.onPause");
    }

    @Override
    protected void onStop() {
        super.onStop();
        log("Main.onStop");
    }

    @Override
    protected void onDestroy() {
        super.onDestroy();
        log("Main.onDestroy");
    }
}
