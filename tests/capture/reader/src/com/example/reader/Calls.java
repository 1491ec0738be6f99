package com.example.reader;

import android.app.Activity;
import android.content.Context;
import android.net.Uri;
import android.os.Bundle;
import android.util.Log;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Calls each of Targets.LIST by reflection, every overload, and logs what it got of it: value or exception, thread, equality, hash. */
public class Calls extends Activity {
    private final Map<String, Callable<Object>> instances = new HashMap<>();
    private final Map<String, Callable<Object>> doors = new HashMap<>();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        prepare();
        log("initialised " + String.join(" ", initialised()));
        for (String target : Targets.LIST) {
            int dot = target.lastIndexOf('.');
            String owner = target.substring(0, dot), name = target.substring(dot + 1);
            Callable<Object> door = doors.get(target);
            if (door != null) {
                outcome(target, door);
                continue;
            }
            Class<?> holder;
            try {
                holder = Class.forName(owner, false, getClassLoader());
            } catch (ClassNotFoundException absent) {
                log(target + ": no such class");
                continue;
            }
            Map<String, Executable> overloads = new TreeMap<>();
            for (Executable each : name.equals("$init") ? holder.getDeclaredConstructors() : holder.getDeclaredMethods())
                if ((each instanceof Constructor || each.getName().equals(name)) && !each.isSynthetic()) overloads.put(Arrays.toString(each.getParameterTypes()), each);
            if (overloads.isEmpty()) log(target + ": no such method");
            for (Executable each : overloads.values()) call(target, holder, each);
        }
        log("end");
    }

    private void call(String target, Class<?> holder, Executable executable) {
        String shown = target + Arrays.toString(executable.getParameterTypes());
        if (Modifier.isAbstract(executable.getModifiers())) {
            log(shown + ": abstract");
            return;
        }
        try {
            executable.setAccessible(true);
        } catch (RuntimeException closed) {
            if (!Modifier.isPublic(executable.getModifiers()) || !Modifier.isPublic(holder.getModifiers())) {
                log(shown + ": not reachable");
                return;
            }
        }
        outcome(shown, () -> {
            Object self = Modifier.isStatic(executable.getModifiers()) || executable instanceof Constructor ? null : instance(holder);
            Object[] args = Arrays.stream(executable.getParameterTypes()).map(type -> argument(type, holder.getName())).toArray();
            if (executable instanceof Constructor) return ((Constructor<?>) executable).newInstance(args);
            if (self == null && !Modifier.isStatic(executable.getModifiers())) return "no instance";
            return ((Method) executable).invoke(self, args);
        });
    }

    private void outcome(String shown, Callable<Object> call) {
        String first = once(call);
        log(Thread.currentThread().getName() + " " + shown + ": " + first);
    }

    private String once(Callable<Object> call) {
        try {
            Object found = call.call();
            boolean ofParts = found instanceof Collection || found instanceof Map;
            String hash = found != null && !ofParts && overrides(found, "hashCode") ? " #" + found.hashCode() : "";
            String same = found != null && overrides(found, "equals", Object.class) ? " =" + found.equals(found) : "";
            return describe(found, 3) + hash + same;
        } catch (InvocationTargetException error) {
            return "threw " + error.getCause();
        } catch (Throwable error) {
            return "threw " + error;
        }
    }

    private static boolean overrides(Object object, String method, Class<?>... types) {
        try {
            return object.getClass().getMethod(method, types).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException error) {
            return false;
        }
    }

    private static String describe(Object found, int depth) {
        if (found == null || found instanceof String || found instanceof Number || found instanceof Boolean || found instanceof Character) return String.valueOf(found);
        StringBuilder text = new StringBuilder(found.getClass().getName());
        if (depth == 0) return text.toString();
        if (found.getClass().isArray()) {
            for (int i = 0; i < Math.min(20, Array.getLength(found)); i++) text.append(' ').append(describe(Array.get(found, i), depth - 1));
        } else if (found instanceof Collection) {
            text.append(" of ").append(((Collection<?>) found).size());
            for (Object each : (Collection<?>) found) if (text.length() < 400) text.append(' ').append(describe(each, depth - 1));
        } else if (overrides(found, "toString")) {
            text.append(' ').append(String.valueOf(found).replaceAll("@[0-9a-f]+", "@").replaceAll("\\{[0-9a-f]+ ", "{"));
        }
        return text.length() > 400 ? text.substring(0, 400) : text.toString();
    }

    private static void log(String line) {
        Log.i("reader", line.replace("\n", " ").replace("\0", "NUL"));
    }

    /** Of the classes called, those that are initialised before anything was called: hooking must not run a static initialiser. */
    private List<String> initialised() {
        List<String> found = new ArrayList<>();
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            Method should = type.getMethod("shouldBeInitialized", Class.class);
            for (String target : Targets.LIST) {
                String name = target.substring(0, target.lastIndexOf('.'));
                try {
                    Class<?> one = Class.forName(name, false, getClassLoader());
                    if (!found.contains(name) && !(Boolean) should.invoke(field.get(null), one)) found.add(name);
                } catch (ClassNotFoundException absent) {
                    continue;
                }
            }
        } catch (ReflectiveOperationException error) {
            found.add("unknown: " + error);
        }
        return found;
    }

    private Object instance(Class<?> holder) throws Exception {
        Callable<Object> known = instances.get(holder.getName());
        if (known != null) return known.call();
        Object service = holder.getName().startsWith("android.") ? getSystemService(holder) : null;
        return service;
    }

    private Object argument(Class<?> type, String holder) {
        if (type == int.class) return 0;
        if (type == long.class) return 0L;
        if (type == boolean.class) return false;
        if (type == float.class) return 1f;
        if (type == double.class) return 1.0;
        if (type == byte.class) return (byte) 7;
        if (type == char.class) return 'x';
        if (type == short.class) return (short) 7;
        if (type == byte[].class) return new byte[64];
        if (type == String[].class) return new String[] {"android.permission.CAMERA"};
        if (type == String.class) {
            if (holder.contains("Settings")) return "android_id";
            if (holder.endsWith("ApplicationPackageManager")) return getPackageName();
            if (holder.contains("LocationManager")) return "gps";
            return holder.contains("webkit") ? "https://a.example/" : "x";
        }
        if (type == CharSequence.class) return "chars";
        if (type == Uri.class) return Uri.parse("content://com.android.contacts/contacts");
        if (type == Bundle.class) return new Bundle();
        if (type == Object.class) return "object";
        if (type.isAssignableFrom(Calls.class) && type != Object.class) return this;
        if (type.isInstance(getContentResolver())) return getContentResolver();
        if (type.isInterface() && !type.getName().startsWith("java.security")) {
            return Proxy.newProxyInstance(getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> switch (method.getName()) {
                case "equals" -> proxy == args[0];
                case "hashCode" -> 7;
                case "toString" -> "proxy";
                default -> method.getReturnType() == boolean.class ? (Object) false : method.getReturnType() == int.class ? (Object) 0 : null;
            });
        }
        try {
            Constructor<?> plain = type.getConstructor();
            return Modifier.isAbstract(type.getModifiers()) ? null : plain.newInstance();
        } catch (ReflectiveOperationException none) {
            return null;
        }
    }

    private void prepare() {
        java.io.File file = new java.io.File(getFilesDir(), "called");
        instances.put("java.io.File", () -> file);
        instances.put("java.io.FileOutputStream", () -> new java.io.FileOutputStream(file));
        instances.put("java.io.RandomAccessFile", () -> new java.io.RandomAccessFile(file, "rw"));
        instances.put("java.util.zip.GZIPOutputStream", () -> new java.util.zip.GZIPOutputStream(new java.io.ByteArrayOutputStream()));
        instances.put("java.util.Base64$Encoder", java.util.Base64::getEncoder);
        instances.put("java.util.Base64$Decoder", java.util.Base64::getMimeDecoder);
        instances.put("java.security.MessageDigest", () -> java.security.MessageDigest.getInstance("SHA-256"));
        javax.crypto.spec.SecretKeySpec key = new javax.crypto.spec.SecretKeySpec(new byte[16], "AES");
        instances.put("javax.crypto.Mac", () -> {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        });
        instances.put("javax.crypto.Cipher", () -> {
            javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(1, key);
            return cipher;
        });
        instances.put("java.lang.Runtime", Runtime::getRuntime);
        instances.put("java.lang.ProcessBuilder", () -> new ProcessBuilder("/no/such/program"));
        instances.put("java.net.Inet4Address", () -> java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        instances.put("java.net.Inet6Address", () -> java.net.InetAddress.getByName("::1"));
        instances.put("java.net.InetAddress", () -> java.net.InetAddress.getByAddress("a.example", new byte[] {127, 0, 0, 1}));
        instances.put("java.net.InetSocketAddress", () -> java.net.InetSocketAddress.createUnresolved("a.example", 80));
        instances.put("java.net.NetworkInterface", () -> java.net.NetworkInterface.getByName("lo"));
        instances.put("android.accounts.AccountManager", () -> android.accounts.AccountManager.get(this));
        instances.put("com.google.android.gms.ads.identifier.AdvertisingIdClient$Info", () -> com.google.android.gms.ads.identifier.AdvertisingIdClient.getAdvertisingIdInfo(this));
        instances.put("android.content.ContentResolver", this::getContentResolver);
        instances.put("android.content.ContentProviderClient", () -> getContentResolver().acquireContentProviderClient(Uri.parse("content://com.android.contacts/contacts")));
        instances.put("android.bluetooth.BluetoothAdapter", android.bluetooth.BluetoothAdapter::getDefaultAdapter);
        instances.put("android.bluetooth.BluetoothDevice", () -> android.bluetooth.BluetoothAdapter.getDefaultAdapter().getBondedDevices().iterator().next());
        instances.put("android.bluetooth.le.BluetoothLeScanner", () -> android.bluetooth.BluetoothAdapter.getDefaultAdapter().getBluetoothLeScanner());
        for (String[] service : new String[][] {
            {"android.telephony.TelephonyManager", "phone"}, {"android.net.wifi.WifiManager", "wifi"}, {"android.content.ClipboardManager", "clipboard"},
            {"android.location.LocationManager", "location"}, {"android.net.ConnectivityManager", "connectivity"}, {"android.app.NotificationManager", "notification"},
            {"android.telephony.SubscriptionManager", "telephony_subscription_service"}, {"android.app.ActivityManager", "activity"}, {"android.app.AlarmManager", "alarm"},
            {"android.app.job.JobScheduler", "jobscheduler"}, {"android.hardware.SensorManager", "sensor"}, {"android.app.usage.UsageStatsManager", "usagestats"},
            {"android.os.UserManager", "user"}, {"android.app.admin.DevicePolicyManager", "device_policy"}, {"android.hardware.camera2.CameraManager", "camera"},
            {"android.media.projection.MediaProjectionManager", "media_projection"},
        }) instances.put(service[0], () -> getSystemService(service[1]));
        instances.put("android.net.wifi.WifiInfo", () -> ((android.net.wifi.WifiManager) getSystemService("wifi")).getConnectionInfo());
        instances.put("android.net.NetworkInfo", () -> ((android.net.ConnectivityManager) getSystemService("connectivity")).getActiveNetworkInfo());
        instances.put("android.hardware.Camera", () -> android.hardware.Camera.open(0));
        instances.put("android.telephony.SubscriptionInfo", () -> android.telephony.SubscriptionManager.from(this).getActiveSubscriptionInfoList().get(0));
        instances.put("android.telephony.gsm.GsmCellLocation", () -> new android.telephony.gsm.GsmCellLocation());
        instances.put("android.telephony.cdma.CdmaCellLocation", () -> new android.telephony.cdma.CdmaCellLocation());
        instances.put("android.telephony.SmsManager", android.telephony.SmsManager::getDefault);
        instances.put("android.webkit.CookieManager", android.webkit.CookieManager::getInstance);
        instances.put("android.webkit.WebView", () -> new android.webkit.WebView(this));
        instances.put("android.database.MatrixCursor", () -> {
            android.database.MatrixCursor cursor = new android.database.MatrixCursor(new String[] {"a"});
            cursor.addRow(new Object[] {5});
            cursor.moveToFirst();
            return cursor;
        });
        instances.put("android.database.sqlite.SQLiteDatabase", () -> openOrCreateDatabase("called.db", MODE_PRIVATE, null));
        instances.put("android.media.MediaDrm", () -> new android.media.MediaDrm(java.util.UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed")));
        instances.put("android.app.ApplicationPackageManager", this::getPackageManager);
        instances.put("android.content.pm.PackageManager", this::getPackageManager);
        instances.put("android.app.ContextImpl", this::getBaseContext);
        instances.put("android.app.Activity", () -> this);
        instances.put("android.location.Location", () -> new android.location.Location("gps"));
        instances.put("android.location.Geocoder", () -> new android.location.Geocoder(this, java.util.Locale.US));
        instances.put("android.media.AudioRecord", () -> new android.media.AudioRecord(1, 8000, 16, 2, 4096));
        instances.put("android.media.MediaRecorder", () -> new android.media.MediaRecorder());
        instances.put("com.android.id.impl.IdProviderImpl", () -> new com.android.id.impl.IdProviderImpl());
        instances.put("android.app.SharedPreferencesImpl$EditorImpl", () -> getSharedPreferences("called", MODE_PRIVATE).edit());
        instances.put("android.provider.Settings$NameValueCache", () -> {
            Class<?> type = Class.forName("android.provider.Settings$NameValueCache");
            for (String owner : new String[] {"android.provider.Settings$Secure", "android.provider.Settings"})
                for (Field field : Class.forName(owner).getDeclaredFields())
                    if (field.getType() == type) {
                        field.setAccessible(true);
                        return field.get(null);
                    }
            return null;
        });
        doors.put("java.lang.Runtime.load0", () -> {
            System.load("/no/such/library.so");
            return null;
        });
        doors.put("java.lang.Runtime.loadLibrary0", () -> {
            System.loadLibrary("nosuchlibrary");
            return null;
        });
        doors.put("java.lang.ProcessImpl.start", () -> new ProcessBuilder("/bin/true").start().waitFor());
    }
}
