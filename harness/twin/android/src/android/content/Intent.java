package android.content;

import android.net.Uri;
import android.os.Bundle;
import android.os.Parcel;
import android.os.Parcelable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

public class Intent implements Parcelable, Cloneable {
    public static final String ACTION_MAIN = "android.intent.action.MAIN";
    public static final String ACTION_VIEW = "android.intent.action.VIEW";
    public static final String ACTION_SEND = "android.intent.action.SEND";
    public static final String ACTION_SENDTO = "android.intent.action.SENDTO";
    public static final String ACTION_DIAL = "android.intent.action.DIAL";
    public static final String ACTION_CALL = "android.intent.action.CALL";
    public static final String ACTION_PICK = "android.intent.action.PICK";
    public static final String ACTION_GET_CONTENT = "android.intent.action.GET_CONTENT";
    public static final String ACTION_CHOOSER = "android.intent.action.CHOOSER";
    public static final String ACTION_BOOT_COMPLETED = "android.intent.action.BOOT_COMPLETED";
    public static final String ACTION_USER_PRESENT = "android.intent.action.USER_PRESENT";
    public static final String ACTION_SCREEN_ON = "android.intent.action.SCREEN_ON";
    public static final String ACTION_SCREEN_OFF = "android.intent.action.SCREEN_OFF";
    public static final String ACTION_BATTERY_CHANGED = "android.intent.action.BATTERY_CHANGED";
    public static final String ACTION_PACKAGE_ADDED = "android.intent.action.PACKAGE_ADDED";
    public static final String ACTION_PACKAGE_REMOVED = "android.intent.action.PACKAGE_REMOVED";
    public static final String ACTION_MY_PACKAGE_REPLACED = "android.intent.action.MY_PACKAGE_REPLACED";
    public static final String ACTION_TIME_TICK = "android.intent.action.TIME_TICK";
    public static final String ACTION_CLOSE_SYSTEM_DIALOGS = "android.intent.action.CLOSE_SYSTEM_DIALOGS";
    public static final String CATEGORY_DEFAULT = "android.intent.category.DEFAULT";
    public static final String CATEGORY_LAUNCHER = "android.intent.category.LAUNCHER";
    public static final String CATEGORY_HOME = "android.intent.category.HOME";
    public static final String CATEGORY_BROWSABLE = "android.intent.category.BROWSABLE";
    public static final String EXTRA_TEXT = "android.intent.extra.TEXT";
    public static final String EXTRA_SUBJECT = "android.intent.extra.SUBJECT";
    public static final String EXTRA_TITLE = "android.intent.extra.TITLE";
    public static final String EXTRA_INTENT = "android.intent.extra.INTENT";
    public static final String EXTRA_STREAM = "android.intent.extra.STREAM";
    public static final String ACTION_PACKAGE_REPLACED = "android.intent.action.PACKAGE_REPLACED";
    public static final String ACTION_PACKAGE_CHANGED = "android.intent.action.PACKAGE_CHANGED";
    public static final String ACTION_LOCKED_BOOT_COMPLETED = "android.intent.action.LOCKED_BOOT_COMPLETED";
    public static final String ACTION_REBOOT = "android.intent.action.REBOOT";
    public static final String ACTION_DELETE = "android.intent.action.DELETE";
    public static final String ACTION_EDIT = "android.intent.action.EDIT";
    public static final String ACTION_INSERT = "android.intent.action.INSERT";
    public static final String ACTION_SEARCH = "android.intent.action.SEARCH";
    public static final String ACTION_SEND_MULTIPLE = "android.intent.action.SEND_MULTIPLE";
    public static final String ACTION_OPEN_DOCUMENT = "android.intent.action.OPEN_DOCUMENT";
    public static final String ACTION_CREATE_DOCUMENT = "android.intent.action.CREATE_DOCUMENT";
    public static final String ACTION_INSTALL_PACKAGE = "android.intent.action.INSTALL_PACKAGE";
    public static final String ACTION_UNINSTALL_PACKAGE = "android.intent.action.UNINSTALL_PACKAGE";
    public static final String ACTION_LOCALE_CHANGED = "android.intent.action.LOCALE_CHANGED";
    public static final String ACTION_TIMEZONE_CHANGED = "android.intent.action.TIMEZONE_CHANGED";
    public static final String ACTION_DATE_CHANGED = "android.intent.action.DATE_CHANGED";
    public static final String ACTION_CONFIGURATION_CHANGED = "android.intent.action.CONFIGURATION_CHANGED";
    public static final String ACTION_BATTERY_LOW = "android.intent.action.BATTERY_LOW";
    public static final String ACTION_BATTERY_OKAY = "android.intent.action.BATTERY_OKAY";
    public static final String ACTION_NEW_OUTGOING_CALL = "android.intent.action.NEW_OUTGOING_CALL";
    public static final String ACTION_HEADSET_PLUG = "android.intent.action.HEADSET_PLUG";
    public static final String ACTION_MEDIA_BUTTON = "android.intent.action.MEDIA_BUTTON";
    public static final String ACTION_MEDIA_MOUNTED = "android.intent.action.MEDIA_MOUNTED";
    public static final String ACTION_MEDIA_SCANNER_SCAN_FILE = "android.intent.action.MEDIA_SCANNER_SCAN_FILE";
    public static final String ACTION_USER_UNLOCKED = "android.intent.action.USER_UNLOCKED";
    public static final String ACTION_WEB_SEARCH = "android.intent.action.WEB_SEARCH";
    public static final String ACTION_ASSIST = "android.intent.action.ASSIST";
    public static final String ACTION_RUN = "android.intent.action.RUN";
    public static final String ACTION_SYNC = "android.intent.action.SYNC";
    public static final String ACTION_SHUTDOWN = "android.intent.action.ACTION_SHUTDOWN";
    public static final String ACTION_POWER_CONNECTED = "android.intent.action.ACTION_POWER_CONNECTED";
    public static final String ACTION_POWER_DISCONNECTED = "android.intent.action.ACTION_POWER_DISCONNECTED";
    public static final String ACTION_TIME_CHANGED = "android.intent.action.TIME_SET";
    public static final String ACTION_AIRPLANE_MODE_CHANGED = "android.intent.action.AIRPLANE_MODE";
    public static final String CATEGORY_INFO = "android.intent.category.INFO";
    public static final String CATEGORY_OPENABLE = "android.intent.category.OPENABLE";
    public static final String CATEGORY_APP_BROWSER = "android.intent.category.APP_BROWSER";
    public static final String CATEGORY_APP_MARKET = "android.intent.category.APP_MARKET";
    public static final String CATEGORY_ALTERNATIVE = "android.intent.category.ALTERNATIVE";
    public static final String CATEGORY_PREFERENCE = "android.intent.category.PREFERENCE";
    public static final String CATEGORY_TEST = "android.intent.category.TEST";
    public static final String EXTRA_EMAIL = "android.intent.extra.EMAIL";
    public static final String EXTRA_CC = "android.intent.extra.CC";
    public static final String EXTRA_BCC = "android.intent.extra.BCC";
    public static final String EXTRA_UID = "android.intent.extra.UID";
    public static final String EXTRA_REFERRER = "android.intent.extra.REFERRER";
    public static final String EXTRA_PHONE_NUMBER = "android.intent.extra.PHONE_NUMBER";
    public static final String EXTRA_KEY_EVENT = "android.intent.extra.KEY_EVENT";
    public static final String EXTRA_PACKAGE_NAME = "android.intent.extra.PACKAGE_NAME";
    public static final String EXTRA_RETURN_RESULT = "android.intent.extra.RETURN_RESULT";
    public static final String EXTRA_ALLOW_MULTIPLE = "android.intent.extra.ALLOW_MULTIPLE";
    public static final String EXTRA_MIME_TYPES = "android.intent.extra.MIME_TYPES";
    public static final String EXTRA_REPLACING = "android.intent.extra.REPLACING";
    public static final String EXTRA_DATA_REMOVED = "android.intent.extra.DATA_REMOVED";
    public static final int FLAG_GRANT_WRITE_URI_PERMISSION = 0x2;
    public static final int FLAG_FROM_BACKGROUND = 0x4;
    public static final int FLAG_EXCLUDE_STOPPED_PACKAGES = 0x10;
    public static final int FLAG_RECEIVER_REGISTERED_ONLY = 0x40000000;
    public static final int FLAG_ACTIVITY_NEW_DOCUMENT = 0x80000;
    public static final int FLAG_ACTIVITY_NO_USER_ACTION = 0x40000;
    public static final int FLAG_ACTIVITY_RESET_TASK_IF_NEEDED = 0x200000;
    public static final int FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY = 0x100000;
    public static final int FLAG_ACTIVITY_FORWARD_RESULT = 0x2000000;
    public static final int FLAG_ACTIVITY_PREVIOUS_IS_TOP = 0x1000000;
    public static final int FLAG_ACTIVITY_BROUGHT_TO_FRONT = 0x400000;
    public static final int FLAG_ACTIVITY_RETAIN_IN_RECENTS = 0x2000;
    public static final int FLAG_ACTIVITY_TASK_ON_HOME = 0x4000;
    public static final int FLAG_GRANT_READ_URI_PERMISSION = 0x1;
    public static final int FLAG_RECEIVER_FOREGROUND = 0x10000000;
    public static final int FLAG_INCLUDE_STOPPED_PACKAGES = 0x20;
    public static final int FLAG_ACTIVITY_CLEAR_TASK = 0x8000;
    public static final int FLAG_ACTIVITY_NO_ANIMATION = 0x10000;
    public static final int FLAG_ACTIVITY_REORDER_TO_FRONT = 0x20000;
    public static final int FLAG_ACTIVITY_EXCLUDE_FROM_RECENTS = 0x800000;
    public static final int FLAG_ACTIVITY_CLEAR_TOP = 0x4000000;
    public static final int FLAG_ACTIVITY_MULTIPLE_TASK = 0x8000000;
    public static final int FLAG_ACTIVITY_NEW_TASK = 0x10000000;
    public static final int FLAG_ACTIVITY_SINGLE_TOP = 0x20000000;
    public static final int FLAG_ACTIVITY_NO_HISTORY = 0x40000000;

    private String action;
    private String packageName;
    private ComponentName component;
    private Uri data;
    private String type;
    private int flags;
    private Set<String> categories;
    private Bundle extras;

    public Intent() {}

    public Intent(Intent o) {
        action = o.action;
        packageName = o.packageName;
        component = o.component;
        data = o.data;
        type = o.type;
        flags = o.flags;
        categories = o.categories == null ? null : new LinkedHashSet<>(o.categories);
        extras = o.extras == null ? null : new Bundle(o.extras);
    }

    public Intent(String action) {
        setAction(action);
    }

    public Intent(String action, Uri uri) {
        setAction(action);
        data = uri;
    }

    public Intent(Context packageContext, Class<?> cls) {
        component = new ComponentName(packageContext, cls);
    }

    public Intent(String action, Uri uri, Context packageContext, Class<?> cls) {
        this(action, uri);
        component = new ComponentName(packageContext, cls);
    }

    public static Intent createChooser(Intent target, CharSequence title) {
        Intent intent = new Intent(ACTION_CHOOSER);
        intent.putExtra(EXTRA_INTENT, target);
        if (title != null) intent.putExtra(EXTRA_TITLE, title);
        return intent;
    }

    @Override
    public Object clone() {
        return new Intent(this);
    }

    public String getAction() {
        return action;
    }

    public Intent setAction(String action) {
        this.action = action;
        return this;
    }

    public Uri getData() {
        return data;
    }

    public String getDataString() {
        return data == null ? null : data.toString();
    }

    public String getScheme() {
        return data == null ? null : data.getScheme();
    }

    public Intent setData(Uri data) {
        this.data = data;
        type = null;
        return this;
    }

    public String getType() {
        return type;
    }

    public Intent setType(String type) {
        data = null;
        this.type = type;
        return this;
    }

    public Intent setDataAndType(Uri data, String type) {
        this.data = data;
        this.type = type;
        return this;
    }

    public String getPackage() {
        return packageName;
    }

    public Intent setPackage(String packageName) {
        this.packageName = packageName;
        return this;
    }

    public ComponentName getComponent() {
        return component;
    }

    public Intent setComponent(ComponentName component) {
        this.component = component;
        return this;
    }

    public Intent setClass(Context packageContext, Class<?> cls) {
        component = new ComponentName(packageContext, cls);
        return this;
    }

    public Intent setClassName(Context packageContext, String className) {
        component = new ComponentName(packageContext, className);
        return this;
    }

    public Intent setClassName(String packageName, String className) {
        component = new ComponentName(packageName, className);
        return this;
    }

    public int getFlags() {
        return flags;
    }

    public Intent setFlags(int flags) {
        this.flags = flags;
        return this;
    }

    public Intent addFlags(int flags) {
        this.flags |= flags;
        return this;
    }

    public void removeFlags(int flags) {
        this.flags &= ~flags;
    }

    public Intent addCategory(String category) {
        if (categories == null) categories = new LinkedHashSet<>();
        categories.add(category);
        return this;
    }

    public void removeCategory(String category) {
        if (categories != null) categories.remove(category);
    }

    public boolean hasCategory(String category) {
        return categories != null && categories.contains(category);
    }

    public Set<String> getCategories() {
        return categories;
    }

    public Bundle getExtras() {
        return extras == null ? null : new Bundle(extras);
    }

    public boolean hasExtra(String name) {
        return extras != null && extras.containsKey(name);
    }

    public void removeExtra(String name) {
        if (extras != null) extras.remove(name);
    }

    private Bundle extras() {
        if (extras == null) extras = new Bundle();
        return extras;
    }

    public Intent replaceExtras(Bundle extras) {
        this.extras = extras == null ? null : new Bundle(extras);
        return this;
    }

    public Intent putExtras(Bundle extras) {
        extras().putAll(extras);
        return this;
    }

    public Intent putExtras(Intent src) {
        if (src.extras != null) extras().putAll(src.extras);
        return this;
    }

    public Intent putExtra(String name, boolean value) {
        extras().putBoolean(name, value);
        return this;
    }

    public Intent putExtra(String name, int value) {
        extras().putInt(name, value);
        return this;
    }

    public Intent putExtra(String name, long value) {
        extras().putLong(name, value);
        return this;
    }

    public Intent putExtra(String name, float value) {
        extras().putFloat(name, value);
        return this;
    }

    public Intent putExtra(String name, double value) {
        extras().putDouble(name, value);
        return this;
    }

    public Intent putExtra(String name, String value) {
        extras().putString(name, value);
        return this;
    }

    public Intent putExtra(String name, CharSequence value) {
        extras().putCharSequence(name, value);
        return this;
    }

    public Intent putExtra(String name, Parcelable value) {
        extras().putParcelable(name, value);
        return this;
    }

    public Intent putExtra(String name, Serializable value) {
        extras().putSerializable(name, value);
        return this;
    }

    public Intent putExtra(String name, String[] value) {
        extras().putStringArray(name, value);
        return this;
    }

    public Intent putExtra(String name, int[] value) {
        extras().putIntArray(name, value);
        return this;
    }

    public Intent putExtra(String name, byte[] value) {
        extras().putByteArray(name, value);
        return this;
    }

    public Intent putExtra(String name, Bundle value) {
        extras().putBundle(name, value);
        return this;
    }

    public Intent putStringArrayListExtra(String name, ArrayList<String> value) {
        extras().putStringArrayList(name, value);
        return this;
    }

    public Intent putIntegerArrayListExtra(String name, ArrayList<Integer> value) {
        extras().putIntegerArrayList(name, value);
        return this;
    }

    public Intent putParcelableArrayListExtra(String name, ArrayList<? extends Parcelable> value) {
        extras().putParcelableArrayList(name, value);
        return this;
    }

    public Intent putExtra(String name, long[] value) {
        extras().putLongArray(name, value);
        return this;
    }

    public Intent putExtra(String name, Parcelable[] value) {
        extras().putParcelableArray(name, value);
        return this;
    }

    public ArrayList<Integer> getIntegerArrayListExtra(String name) {
        return extras == null ? null : extras.getIntegerArrayList(name);
    }

    public <T extends Parcelable> ArrayList<T> getParcelableArrayListExtra(String name) {
        return extras == null ? null : extras.<T>getParcelableArrayList(name);
    }

    public long[] getLongArrayExtra(String name) {
        return extras == null ? null : extras.getLongArray(name);
    }

    public void setExtrasClassLoader(ClassLoader loader) {}

    public static Intent makeMainActivity(ComponentName mainActivity) {
        return new Intent(ACTION_MAIN).addCategory(CATEGORY_LAUNCHER).setComponent(mainActivity);
    }

    public boolean getBooleanExtra(String name, boolean defaultValue) {
        return extras == null ? defaultValue : extras.getBoolean(name, defaultValue);
    }

    public int getIntExtra(String name, int defaultValue) {
        return extras == null ? defaultValue : extras.getInt(name, defaultValue);
    }

    public long getLongExtra(String name, long defaultValue) {
        return extras == null ? defaultValue : extras.getLong(name, defaultValue);
    }

    public float getFloatExtra(String name, float defaultValue) {
        return extras == null ? defaultValue : extras.getFloat(name, defaultValue);
    }

    public double getDoubleExtra(String name, double defaultValue) {
        return extras == null ? defaultValue : extras.getDouble(name, defaultValue);
    }

    public String getStringExtra(String name) {
        return extras == null ? null : extras.getString(name);
    }

    public CharSequence getCharSequenceExtra(String name) {
        return extras == null ? null : extras.getCharSequence(name);
    }

    public <T extends Parcelable> T getParcelableExtra(String name) {
        return extras == null ? null : extras.<T>getParcelable(name);
    }

    public <T> T getParcelableExtra(String name, Class<T> clazz) {
        return extras == null ? null : extras.getParcelable(name, clazz);
    }

    public Serializable getSerializableExtra(String name) {
        return extras == null ? null : extras.getSerializable(name);
    }

    public String[] getStringArrayExtra(String name) {
        return extras == null ? null : extras.getStringArray(name);
    }

    public int[] getIntArrayExtra(String name) {
        return extras == null ? null : extras.getIntArray(name);
    }

    public byte[] getByteArrayExtra(String name) {
        return extras == null ? null : extras.getByteArray(name);
    }

    public Bundle getBundleExtra(String name) {
        return extras == null ? null : extras.getBundle(name);
    }

    public ArrayList<String> getStringArrayListExtra(String name) {
        return extras == null ? null : extras.getStringArrayList(name);
    }

    public ComponentName resolveActivity(android.content.pm.PackageManager pm) {
        if (component != null) return component;
        List<?> found = (List<?>) twin.Binder.call("activity.resolve", toMap());
        return found == null ? null : new ComponentName((String) found.get(0), (String) found.get(1));
    }

    public boolean filterEquals(Intent other) {
        return other != null && java.util.Objects.equals(action, other.action)
                && java.util.Objects.equals(data, other.data) && java.util.Objects.equals(type, other.type)
                && java.util.Objects.equals(packageName, other.packageName)
                && java.util.Objects.equals(component, other.component)
                && java.util.Objects.equals(categories, other.categories);
    }

    /** The intent as system services take it. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("action", action);
        map.put("package", component != null ? component.getPackageName() : packageName);
        map.put("class", component == null ? null : component.getClassName());
        map.put("data", getDataString());
        map.put("type", type);
        map.put("categories", categories == null ? List.of() : new ArrayList<>(categories));
        map.put("flags", flags);
        map.put("extras", extras == null ? Map.of() : extras.toWire());
        return map;
    }

    /** The reverse of {@link #toMap}; null stays null. */
    public static Intent fromMap(Map<?, ?> map) {
        if (map == null) return null;
        Intent intent = new Intent((String) map.get("action"));
        String pkg = (String) map.get("package");
        String cls = (String) map.get("class");
        if (pkg != null && cls != null) intent.component = new ComponentName(pkg, cls);
        else intent.packageName = pkg;
        if (map.get("data") != null) intent.data = Uri.parse((String) map.get("data"));
        intent.type = (String) map.get("type");
        if (map.get("flags") != null) intent.flags = ((Number) map.get("flags")).intValue();
        if (map.get("categories") != null) {
            for (Object category : (List<?>) map.get("categories")) intent.addCategory((String) category);
        }
        Map<?, ?> extras = (Map<?, ?>) map.get("extras");
        if (extras != null && !extras.isEmpty()) intent.extras = Bundle.fromWire(extras);
        return intent;
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel out, int flags) {
        out.writeString(twin.Json.write(toMap()));
    }

    public static final Parcelable.Creator<Intent> CREATOR = new Parcelable.Creator<Intent>() {
        @Override
        public Intent createFromParcel(Parcel in) {
            return fromMap(twin.Json.parseObject(in.readString()));
        }

        @Override
        public Intent[] newArray(int size) {
            return new Intent[size];
        }
    };

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("Intent {");
        if (action != null) out.append(" act=").append(action);
        if (categories != null) out.append(" cat=").append(categories);
        if (data != null) out.append(" dat=").append(data);
        if (flags != 0) out.append(" flg=0x").append(Integer.toHexString(flags));
        if (component != null) out.append(" cmp=").append(component.flattenToShortString());
        return out.append(" }").toString();
    }
}
