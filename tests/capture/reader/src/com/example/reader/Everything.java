package com.example.reader;

import android.accounts.AccountManager;
import android.app.Activity;
import android.app.ActivityManager;
import android.bluetooth.BluetoothAdapter;
import android.content.ClipboardManager;
import android.content.Context;
import android.content.Intent;
import android.database.Cursor;
import android.hardware.Camera;
import android.hardware.Sensor;
import android.hardware.SensorEvent;
import android.hardware.SensorEventListener;
import android.hardware.SensorManager;
import android.location.LocationManager;
import android.media.AudioFormat;
import android.media.AudioRecord;
import android.media.MediaDrm;
import android.media.MediaRecorder;
import android.net.Uri;
import android.net.wifi.WifiInfo;
import android.net.wifi.WifiManager;
import android.os.Build;
import android.os.Bundle;
import android.telephony.SubscriptionManager;
import android.telephony.TelephonyManager;
import android.util.Log;
import java.net.NetworkInterface;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.Callable;

/** One read of each kind, and what the app saw of it in the log, so that runs with and without hooks can be compared. */
public class Everything extends Activity implements SensorEventListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        TelephonyManager phone = (TelephonyManager) getSystemService(Context.TELEPHONY_SERVICE);
        WifiManager wifi = (WifiManager) getApplicationContext().getSystemService(Context.WIFI_SERVICE);
        WifiInfo network = wifi.getConnectionInfo();
        ClipboardManager clipboard = (ClipboardManager) getSystemService(Context.CLIPBOARD_SERVICE);
        BluetoothAdapter bluetooth = BluetoothAdapter.getDefaultAdapter();
        SensorManager sensors = (SensorManager) getSystemService(Context.SENSOR_SERVICE);

        saw("android-id", () -> android.provider.Settings.Secure.getString(getContentResolver(), "android_id"));
        saw("imei", phone::getImei);
        saw("meid", phone::getMeid);
        saw("imsi", phone::getSubscriberId);
        saw("iccid", phone::getSimSerialNumber);
        saw("phone-number", phone::getLine1Number);
        saw("serial", Build::getSerial);
        saw("subscription-info", () -> SubscriptionManager.from(this).getActiveSubscriptionInfoList());
        saw("oaid", () -> new com.android.id.impl.IdProviderImpl().getOAID(this));
        saw("advertising-id", () -> com.google.android.gms.ads.identifier.AdvertisingIdClient.getAdvertisingIdInfo(this));
        saw("drm-id", () -> new MediaDrm(UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed")).getPropertyByteArray("deviceUniqueId"));
        saw("wifi-mac", network::getMacAddress);
        saw("ssid", network::getSSID);
        saw("bssid", network::getBSSID);
        saw("wifi-scan", wifi::getScanResults);
        saw("network-interface-mac", () -> NetworkInterface.getByName("lo").getHardwareAddress());
        saw("location", () -> ((LocationManager) getSystemService(Context.LOCATION_SERVICE)).getLastKnownLocation("gps"));
        saw("cell-info", phone::getAllCellInfo);
        for (String[] provider : new String[][] {
            {"contacts", "content://com.android.contacts/contacts"}, {"call-log", "content://call_log/calls"},
            {"sms", "content://sms/inbox"}, {"calendar", "content://com.android.calendar/events"},
            {"media", "content://media/external/images/media"},
        }) saw(provider[0], () -> rows(getContentResolver().query(Uri.parse(provider[1]), null, null, null, null)));
        saw("clipboard", clipboard::getPrimaryClip);
        saw("installed-apps", () -> getPackageManager().getInstalledPackages(0));
        saw("none (own package)", () -> getPackageManager().getPackageInfo(getPackageName(), 0));
        saw("running-apps", () -> ((ActivityManager) getSystemService(Context.ACTIVITY_SERVICE)).getRunningAppProcesses());
        saw("accounts", () -> AccountManager.get(this).getAccounts());
        saw("bluetooth-address", bluetooth::getAddress);
        saw("bluetooth-devices", bluetooth::getBondedDevices);
        saw("sensors", () -> sensors.registerListener(this, sensors.getDefaultSensor(Sensor.TYPE_ACCELEROMETER), 3));
        saw("camera-open", () -> Camera.open(0));
        saw("microphone-open", () -> {
            new AudioRecord(MediaRecorder.AudioSource.MIC, 8000, AudioFormat.CHANNEL_IN_MONO, AudioFormat.ENCODING_PCM_16BIT, 4096).startRecording();
            return "recording";
        });
        saw("preferences-write", () -> getSharedPreferences("device", MODE_PRIVATE).edit().putString("key", "value 😀\0").commit());
        saw("process-exec", () -> new String(new ProcessBuilder("/bin/echo", "hi").start().getInputStream().readAllBytes()));
        saw("none (the runtime's own)", () -> java.security.SecureRandom.getInstance("SHA1PRNG").nextInt() + 0L == 0.5);
        saw("process-exec", () -> Runtime.getRuntime().exec("/no/such/program"));
        saw("native-file", () -> new String(java.nio.file.Files.readAllBytes(java.nio.file.Path.of("/sys/class/net/lo/address"))).length());
        saw("native-connect", () -> {
            Thread thread = new Thread(() -> {
                try {
                    new java.net.Socket().connect(new java.net.InetSocketAddress("203.0.113.9", 9), 500);
                } catch (java.io.IOException unreachable) {
                    Log.i("reader", "not connected");
                }
            });
            thread.start();
            thread.join();
            return "tried";
        });
        saw("message-digest", () -> java.security.MessageDigest.getInstance("SHA-256").digest(new byte[] {1, 2}));
        saw("secret-key", () -> new javax.crypto.spec.SecretKeySpec(new byte[16], "AES"));
        saw("mac", () -> {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return mac.getAlgorithm();
        });
        saw("cipher", () -> {
            javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(1, KEY);
            return cipher.getAlgorithm();
        });
        saw("base64", () -> android.util.Base64.encodeToString(new byte[] {104, 105}, 2));
        saw("base64", () -> java.util.Base64.getEncoder().encodeToString(new byte[] {104, 105}));
        saw("gzip", () -> {
            var packed = new java.util.zip.GZIPOutputStream(new java.io.ByteArrayOutputStream());
            packed.write(new byte[] {1, 2, 3}, 0, 3);
            return "packed";
        });
        saw("cursor-values", () -> firstName(getContentResolver().query(Uri.parse("content://com.android.contacts/contacts"), null, null, null, null)));
        saw("file-write", () -> {
            try (var file = new java.io.FileOutputStream(new java.io.File(getFilesDir(), "kept"))) {
                file.write(("id=" + android.provider.Settings.Secure.getString(getContentResolver(), "android_id")).getBytes());
            }
            return "written";
        });
        saw("file-probe", () -> new java.io.File("/sdcard/Android/data/com.bank").exists());
        saw("self-start", () -> {
            registerReceiver(new Push.Ears(), new android.content.IntentFilter("android.intent.action.USER_PRESENT"));
            return "registered";
        });
        saw("permission-request", () -> {
            requestPermissions(new String[] {"android.permission.CAMERA"}, 1);
            return "asked";
        });
        Log.i("reader", "everything");
    }

    private static void saw(String hook, Callable<?> read) {
        String seen;
        try {
            Object found = read.call();
            if (found instanceof byte[]) found = java.util.Arrays.toString((byte[]) found);
            else if (found instanceof Object[]) found = java.util.Arrays.toString((Object[]) found);
            else if (found instanceof Collection) found = found.getClass().getName() + " of " + ((Collection<?>) found).size();
            else if (found != null && !(found instanceof String) && !(found instanceof Boolean)) found = found.getClass().getName();
            seen = String.valueOf(found);
        } catch (Exception error) {
            seen = error.toString();
        }
        Log.i("reader", hook + ": " + seen.replace("\n", " "));
    }

    private static final javax.crypto.spec.SecretKeySpec KEY = new javax.crypto.spec.SecretKeySpec(new byte[16], "AES");

    private static String firstName(Cursor cursor) {
        return cursor.moveToFirst() ? cursor.getString(cursor.getColumnIndex("display_name")) : "none";
    }

    private static String rows(Cursor cursor) {
        return cursor == null ? "null" : cursor.getCount() + " rows, at " + cursor.getPosition();
    }

    @Override
    public void onSensorChanged(SensorEvent event) {}

    @Override
    public void onAccuracyChanged(Sensor sensor, int accuracy) {}
}
