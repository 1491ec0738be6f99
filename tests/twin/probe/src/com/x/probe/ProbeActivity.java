package com.x.probe;

import android.accounts.Account;
import android.accounts.AccountManager;
import android.app.Activity;
import android.app.admin.DevicePolicyManager;
import android.app.usage.UsageStatsManager;
import android.bluetooth.BluetoothAdapter;
import android.bluetooth.BluetoothDevice;
import android.bluetooth.le.ScanCallback;
import android.bluetooth.le.ScanResult;
import android.content.BroadcastReceiver;
import android.content.ClipData;
import android.content.ClipboardManager;
import android.content.ContentResolver;
import android.content.ContentUris;
import android.content.ContentValues;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.database.ContentObserver;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;
import android.hardware.Camera;
import android.hardware.Sensor;
import android.hardware.SensorEvent;
import android.hardware.SensorEventListener;
import android.hardware.SensorManager;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.CameraManager;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.media.AudioFormat;
import android.media.AudioRecord;
import android.media.ExifInterface;
import android.media.MediaDrm;
import android.media.MediaRecorder;
import android.net.ConnectivityManager;
import android.net.Uri;
import android.net.wifi.WifiInfo;
import android.net.wifi.WifiManager;
import android.os.Build;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.os.SystemProperties;
import android.os.UserManager;
import android.provider.CalendarContract;
import android.provider.CallLog;
import android.provider.ContactsContract;
import android.provider.MediaStore;
import android.provider.Settings;
import android.provider.Telephony;
import android.telephony.CellInfoLte;
import android.telephony.SubscriptionManager;
import android.telephony.TelephonyManager;
import android.telephony.gsm.GsmCellLocation;
import android.util.Log;
import com.google.android.gms.ads.identifier.AdvertisingIdClient;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Reads whatever there is to read, the way SDKs do, and logs each answer as "name=value" or "name!exception". */
public final class ProbeActivity extends Activity {
    private boolean asked;

    @Override
    protected void onResume() {
        super.onResume();
        if (asked) return;
        asked = true;
        listen();
        new Thread(this::read, "probe").start();
    }

    private static void say(String name, Callable<Object> read) {
        try {
            Log.i("probe", name + "=" + read.call());
        } catch (Throwable error) {
            Log.i("probe", name + "!" + error.getClass().getName() + ": " + error.getMessage());
        }
    }

    private String first(Uri uri, String column) {
        try (Cursor cursor = getContentResolver().query(uri, new String[] {column}, null, null, "_id ASC")) {
            if (cursor == null) return "null";
            StringBuilder values = new StringBuilder();
            while (cursor.moveToNext()) values.append(values.length() == 0 ? "" : "|").append(cursor.getString(cursor.getColumnIndexOrThrow(column)));
            return values.toString();
        }
    }

    private void read() {
        ContentResolver resolver = getContentResolver();
        TelephonyManager phone = (TelephonyManager) getSystemService(Context.TELEPHONY_SERVICE);
        WifiManager wifi = (WifiManager) getApplicationContext().getSystemService(Context.WIFI_SERVICE);
        ConnectivityManager net = getSystemService(ConnectivityManager.class);
        LocationManager place = (LocationManager) getSystemService(Context.LOCATION_SERVICE);
        PackageManager packages = getPackageManager();
        BluetoothAdapter bluetooth = BluetoothAdapter.getDefaultAdapter();

        say("android_id", () -> Settings.Secure.getString(resolver, Settings.Secure.ANDROID_ID));
        say("android_id_system", () -> Settings.System.getString(resolver, "android_id"));
        say("android_id_call", () -> resolver.call(Uri.parse("content://settings/secure"), "GET_secure", "android_id", null).getString("value"));
        say("adb_enabled", () -> Settings.Global.getInt(resolver, Settings.Global.ADB_ENABLED, -1));
        say("no_setting", () -> Settings.Secure.getInt(resolver, "no_such_setting"));
        say("write_secure", () -> Settings.Secure.putString(resolver, "x", "y"));
        say("imei", phone::getImei);
        say("imei2", () -> phone.getImei(1));
        say("device_id", phone::getDeviceId);
        say("meid", phone::getMeid);
        say("imsi", phone::getSubscriberId);
        say("iccid", phone::getSimSerialNumber);
        say("line1", phone::getLine1Number);
        say("serial", Build::getSerial);
        say("operator", () -> phone.getNetworkOperator() + " " + phone.getSimOperatorName() + " " + phone.getSimState());
        say("subscriptions", () -> getSystemService(SubscriptionManager.class).getActiveSubscriptionInfoList().get(1).getIccId());
        say("cell", () -> ((CellInfoLte) phone.getAllCellInfo().get(0)).getCellIdentity().getCi());
        say("cell_location", () -> ((GsmCellLocation) phone.getCellLocation()).getCid());
        say("wifi", () -> {
            WifiInfo info = wifi.getConnectionInfo();
            return info.getSSID() + " " + info.getBSSID() + " " + info.getMacAddress() + " " + info.getIpAddress();
        });
        say("scan", () -> wifi.getScanResults().size() + " " + (wifi.getScanResults().isEmpty() ? "" : wifi.getScanResults().get(1).BSSID));
        say("network", () -> net.getActiveNetworkInfo().getTypeName() + " " + net.getActiveNetworkInfo().isConnected());
        say("ip", () -> net.getLinkProperties(net.getActiveNetwork()).getLinkAddresses().get(0).getAddress().getHostAddress());
        say("location", () -> {
            Location last = place.getLastKnownLocation(LocationManager.GPS_PROVIDER);
            return last.getLatitude() + "," + last.getLongitude();
        });
        say("contacts", () -> first(ContactsContract.CommonDataKinds.Phone.CONTENT_URI, ContactsContract.CommonDataKinds.Phone.NUMBER));
        say("names", () -> first(ContactsContract.Contacts.CONTENT_URI, ContactsContract.Contacts.DISPLAY_NAME));
        say("calls", () -> first(CallLog.Calls.CONTENT_URI, CallLog.Calls.NUMBER));
        say("sms", () -> first(Telephony.Sms.Inbox.CONTENT_URI, Telephony.Sms.BODY));
        say("calendar", () -> first(CalendarContract.Events.CONTENT_URI, CalendarContract.Events.TITLE));
        say("images", () -> first(MediaStore.Images.Media.EXTERNAL_CONTENT_URI, MediaStore.MediaColumns.DISPLAY_NAME));
        say("nobody", () -> first(Uri.parse("content://com.vivo.vms.IdProvider/OAID"), "value"));
        say("own", () -> first(Uri.parse("content://com.x.probe.own/a/b"), "path"));
        say("clipboard", () -> {
            ClipData clip = getSystemService(ClipboardManager.class).getPrimaryClip();
            return clip == null ? null : clip.getItemAt(0).coerceToText(this);
        });
        say("accounts", () -> {
            StringBuilder all = new StringBuilder();
            for (Account account : AccountManager.get(this).getAccounts()) all.append(account.name).append(' ');
            return all;
        });
        say("packages", () -> {
            StringBuilder all = new StringBuilder();
            for (PackageInfo info : packages.getInstalledPackages(0)) all.append(info.packageName).append(' ');
            return all;
        });
        say("applications", () -> packages.getInstalledApplications(0).size());
        say("launchers", () -> packages.queryIntentActivities(new Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER), 0).size());
        say("self", () -> {
            PackageInfo self = packages.getPackageInfo(getPackageName(), PackageManager.GET_PERMISSIONS | PackageManager.GET_SIGNATURES);
            ApplicationInfo app = packages.getApplicationInfo(getPackageName(), PackageManager.GET_META_DATA);
            return self.versionName + " " + self.getLongVersionCode() + " " + app.loadLabel(packages) + " "
                    + app.metaData.getString("channel") + " " + self.signatures.length;
        });
        say("absent", () -> packages.getPackageInfo("com.not.there", 0));
        say("sensors", () -> getSystemService(SensorManager.class).getDefaultSensor(Sensor.TYPE_ACCELEROMETER).getName());
        say("bluetooth", () -> bluetooth.getAddress() + " " + bluetooth.getBondedDevices());
        say("camera", () -> Camera.open() != null);
        say("camera2", () -> {
            getSystemService(CameraManager.class).openCamera("0", new CameraDevice.StateCallback() {
                @Override
                public void onOpened(CameraDevice camera) {
                    Log.i("probe", "camera2_opened=" + camera.getId());
                }

                @Override
                public void onDisconnected(CameraDevice camera) {}

                @Override
                public void onError(CameraDevice camera, int error) {}
            }, new Handler(Looper.getMainLooper()));
            return "asked";
        });
        say("audio", () -> {
            AudioRecord record = new AudioRecord(MediaRecorder.AudioSource.MIC, 16000, AudioFormat.CHANNEL_IN_MONO, AudioFormat.ENCODING_PCM_16BIT, 3200);
            record.startRecording();
            return record.read(new byte[320], 0, 320);
        });
        say("recorder", () -> {
            new MediaRecorder().setAudioSource(MediaRecorder.AudioSource.MIC);
            return "set";
        });
        say("drm", () -> {
            StringBuilder hex = new StringBuilder();
            MediaDrm drm = new MediaDrm(new UUID(0xEDEF8BA979D64ACEL, 0xA3C827DCD51D21EDL));
            for (byte b : drm.getPropertyByteArray(MediaDrm.PROPERTY_DEVICE_UNIQUE_ID)) hex.append(String.format("%02x", b));
            return hex;
        });
        say("gaid", () -> AdvertisingIdClient.getAdvertisingIdInfo(this).getId());
        say("oaid", () -> {
            Class<?> type = Class.forName("com.android.id.impl.IdProviderImpl");
            return type.getMethod("getOAID", Context.class).invoke(type.getDeclaredConstructor().newInstance(), this);
        });
        say("database", this::database);
        say("picture", () -> {
            Uri images = MediaStore.Images.Media.EXTERNAL_CONTENT_URI;
            try (Cursor cursor = resolver.query(images, new String[] {"_id"}, null, null, null)) {
                cursor.moveToFirst();
                try (InputStream in = resolver.openInputStream(ContentUris.withAppendedId(images, cursor.getLong(0)))) {
                    return String.format("%02x%02x", in.read(), in.read());
                }
            }
        });
        say("exif", () -> {
            Uri first = ContentUris.withAppendedId(MediaStore.Images.Media.EXTERNAL_CONTENT_URI, 31);
            float[] where = new float[2];
            return new ExifInterface(resolver.openInputStream(first)).getLatLong(where) + " " + Math.round(where[0]);
        });
        say("property", () -> SystemProperties.get("ro.product.model") + "/" + SystemProperties.get("ro.serialno", "none"));
        say("user", () -> getSystemService(UserManager.class).getUserName());
        say("usage", () -> getSystemService(UsageStatsManager.class).queryUsageStats(UsageStatsManager.INTERVAL_BEST, 0, 1).size());
        say("admin_mac", () -> getSystemService(DevicePolicyManager.class).getWifiMacAddress(null));
        say("scan_started", wifi::startScan);
        resolver.notifyChange(Uri.parse("content://com.x.probe.own/a"), null);
        say("discovery", bluetooth::startDiscovery);
        say("end", () -> "");
    }

    private String database() {
        SQLiteOpenHelper helper = new SQLiteOpenHelper(this, "probe.db", null, 3) {
            @Override
            public void onCreate(SQLiteDatabase db) {
                db.execSQL("CREATE TABLE t (_id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB)");
            }

            @Override
            public void onUpgrade(SQLiteDatabase db, int oldVersion, int newVersion) {}
        };
        SQLiteDatabase db = helper.getWritableDatabase();
        ContentValues values = new ContentValues();
        values.put("name", "a");
        values.put("data", new byte[] {1, -1});
        StringBuilder seen = new StringBuilder();
        seen.append(db.insert("t", null, values)).append(' ').append(db.insert("t", null, values)).append(' ');
        db.beginTransaction();
        db.execSQL("INSERT INTO t (name) VALUES (?)", new Object[] {"undone"});
        db.endTransaction();
        values.clear();
        values.put("name", "b");
        seen.append(db.update("t", values, "name = ?", new String[] {"a"})).append(' ');
        helper.close();
        db = helper.getReadableDatabase();
        try (Cursor cursor = db.query("t", null, null, null, null, null, "_id")) {
            while (cursor.moveToNext()) seen.append(cursor.getString(1)).append(cursor.getBlob(2)[1]).append(' ');
        }
        seen.append(db.getVersion()).append(' ').append(String.join(",", databaseList()));
        return seen.toString();
    }

    private void listen() {
        getContentResolver().registerContentObserver(Uri.parse("content://com.x.probe.own"), true, new ContentObserver(new Handler(Looper.getMainLooper())) {
            @Override
            public void onChange(boolean selfChange, Uri uri) {
                Log.i("probe", "observed=" + uri);
            }
        });
        say("location_updates", () -> {
            getSystemService(LocationManager.class).requestLocationUpdates("gps", 0, 0, new LocationListener() {
                @Override
                public void onLocationChanged(Location location) {
                    Log.i("probe", "located=" + location.getLatitude());
                    getSystemService(LocationManager.class).removeUpdates(this);
                }
            });
            return "asked";
        });
        say("sensor_events", () -> {
            SensorManager sensors = getSystemService(SensorManager.class);
            return sensors.registerListener(new SensorEventListener() {
                @Override
                public void onSensorChanged(SensorEvent event) {
                    Log.i("probe", "sensed=" + Math.round(event.values[2]));
                    sensors.unregisterListener(this);
                }

                @Override
                public void onAccuracyChanged(Sensor sensor, int accuracy) {}
            }, sensors.getDefaultSensor(Sensor.TYPE_ACCELEROMETER), SensorManager.SENSOR_DELAY_GAME);
        });
        say("le_scan", () -> {
            BluetoothAdapter.getDefaultAdapter().getBluetoothLeScanner().startScan(new ScanCallback() {
                @Override
                public void onScanResult(int callbackType, ScanResult result) {
                    Log.i("probe", "scanned=" + result.getDevice().getAddress());
                }
            });
            return "asked";
        });
        registerReceiver(new BroadcastReceiver() {
            @Override
            public void onReceive(Context context, Intent intent) {
                Log.i("probe", "scan_done=" + intent.getBooleanExtra(WifiManager.EXTRA_RESULTS_UPDATED, false));
            }
        }, new IntentFilter(WifiManager.SCAN_RESULTS_AVAILABLE_ACTION));
        registerReceiver(new BroadcastReceiver() {
            @Override
            public void onReceive(Context context, Intent intent) {
                BluetoothDevice found = intent.getParcelableExtra(BluetoothDevice.EXTRA_DEVICE);
                Log.i("probe", "found=" + found.getAddress() + " " + found.getName());
            }
        }, new IntentFilter(BluetoothDevice.ACTION_FOUND));
    }
}
