package android.content.res;

import android.util.DisplayMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of ids. Apps for the twin have no compiled resources: {@link #getIdentifier} makes a number for an id's name the
 * first time it is asked, and remembers it. All other resources are absent.
 */
public class Resources {
    private static final int FIRST = 0x7f080000;
    private static final Map<String, Integer> numbers = new HashMap<>();
    private static final List<String> names = new ArrayList<>();
    private final String packageName;

    public static class NotFoundException extends RuntimeException {
        public NotFoundException() {}

        public NotFoundException(String name) {
            super(name);
        }
    }

    /** The twin's one theme. */
    public final class Theme {
        Theme() {}

        public Resources getResources() {
            return Resources.this;
        }
    }

    private Resources(String packageName) {
        this.packageName = packageName;
    }

    public static Resources of(String packageName) {
        return new Resources(packageName);
    }

    public static Resources getSystem() {
        return new Resources("android");
    }

    public final Theme newTheme() {
        return new Theme();
    }

    /** 0 for anything but an id. */
    public int getIdentifier(String name, String defType, String defPackage) {
        String full = name;
        int colon = full.indexOf(':');
        String pkg = colon >= 0 ? full.substring(0, colon) : defPackage == null ? packageName : defPackage;
        full = full.substring(colon + 1);
        int slash = full.indexOf('/');
        String type = slash >= 0 ? full.substring(0, slash) : defType;
        if (!"id".equals(type)) return 0;
        return number(pkg + ":id/" + full.substring(slash + 1));
    }

    private static synchronized int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) return known;
        int number = FIRST + names.size();
        names.add(name);
        numbers.put(name, number);
        return number;
    }

    public String getResourceName(int resid) throws NotFoundException {
        synchronized (Resources.class) {
            int index = resid - FIRST;
            if (index >= 0 && index < names.size()) return names.get(index);
        }
        throw missing(resid);
    }

    public String getResourceEntryName(int resid) throws NotFoundException {
        String name = getResourceName(resid);
        return name.substring(name.indexOf('/') + 1);
    }

    public String getResourcePackageName(int resid) throws NotFoundException {
        String name = getResourceName(resid);
        return name.substring(0, name.indexOf(':'));
    }

    public CharSequence getText(int id) throws NotFoundException {
        return getString(id);
    }

    public String getString(int id) throws NotFoundException {
        boolean chinese = java.util.Locale.getDefault().getLanguage().equals("zh");
        switch (id) {
            case android.R.string.ok: return chinese ? "确定" : "OK";
            case android.R.string.cancel: return chinese ? "取消" : "Cancel";
            case android.R.string.yes: return chinese ? "确定" : "OK";
            case android.R.string.no: return chinese ? "取消" : "Cancel";
            default: throw missing(id);
        }
    }

    public String getString(int id, Object... formatArgs) throws NotFoundException {
        return String.format(getString(id), formatArgs);
    }

    public int getColor(int id) throws NotFoundException {
        switch (id) {
            case android.R.color.white: return 0xffffffff;
            case android.R.color.black: return 0xff000000;
            case android.R.color.transparent: return 0;
            default: throw missing(id);
        }
    }

    private static NotFoundException missing(int id) {
        return new NotFoundException("Resource ID #0x" + Integer.toHexString(id));
    }

    public DisplayMetrics getDisplayMetrics() {
        return DisplayMetrics.ofScreen();
    }

    public Configuration getConfiguration() {
        return new Configuration();
    }

    public AssetManager getAssets() {
        return AssetManager.of((String) twin.Zygote.bind().get("assets_dir"));
    }
}
