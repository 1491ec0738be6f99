package android.app;

import android.content.SharedPreferences;
import android.os.Handler;
import android.os.Looper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import twin.Binder;

/** One preferences file of the app: in memory at once, on disk as Android's XML. */
final class SharedPreferencesImpl implements SharedPreferences {
    private static final Map<File, SharedPreferencesImpl> opened = new HashMap<>();
    private static final ExecutorService disk = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "queued-work-looper");
        thread.setDaemon(true);
        return thread;
    });

    /** Named as on Android, where tools look for it. */
    private final File mFile;
    private final Map<String, Object> values;
    private final Map<OnSharedPreferenceChangeListener, Boolean> listeners = new WeakHashMap<>();

    private SharedPreferencesImpl(File file) {
        mFile = file;
        Map<String, Object> read;
        try {
            read = PreferencesFile.read(file);
        } catch (IOException e) {
            Binder.log("W", "SharedPreferencesImpl", "Cannot read " + file + ": " + e);
            read = new LinkedHashMap<>();
        }
        values = read;
    }

    static SharedPreferencesImpl open(File folder, String name) {
        synchronized (opened) {
            return opened.computeIfAbsent(new File(folder, name + ".xml"), SharedPreferencesImpl::new);
        }
    }

    static boolean delete(File folder, String name) {
        synchronized (opened) {
            File file = new File(folder, name + ".xml");
            opened.remove(file);
            return !file.exists() || file.delete();
        }
    }

    @Override
    public Map<String, ?> getAll() {
        synchronized (this) {
            return new HashMap<>(values);
        }
    }

    private <T> T value(String key, Class<T> type, T fallback) {
        synchronized (this) {
            Object value = values.get(key);
            return value == null ? fallback : type.cast(value);
        }
    }

    @Override
    public String getString(String key, String defValue) {
        return value(key, String.class, defValue);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Set<String> getStringSet(String key, Set<String> defValues) {
        return value(key, Set.class, defValues);
    }

    @Override
    public int getInt(String key, int defValue) {
        return value(key, Integer.class, defValue);
    }

    @Override
    public long getLong(String key, long defValue) {
        return value(key, Long.class, defValue);
    }

    @Override
    public float getFloat(String key, float defValue) {
        return value(key, Float.class, defValue);
    }

    @Override
    public boolean getBoolean(String key, boolean defValue) {
        return value(key, Boolean.class, defValue);
    }

    @Override
    public boolean contains(String key) {
        synchronized (this) {
            return values.containsKey(key);
        }
    }

    @Override
    public Editor edit() {
        return new EditorImpl();
    }

    @Override
    public void registerOnSharedPreferenceChangeListener(OnSharedPreferenceChangeListener listener) {
        synchronized (this) {
            listeners.put(listener, true);
        }
    }

    @Override
    public void unregisterOnSharedPreferenceChangeListener(OnSharedPreferenceChangeListener listener) {
        synchronized (this) {
            listeners.remove(listener);
        }
    }

    private boolean write() {
        Map<String, Object> snapshot;
        synchronized (this) {
            snapshot = new LinkedHashMap<>(values);
        }
        try {
            PreferencesFile.write(mFile, snapshot);
            return true;
        } catch (IOException e) {
            Binder.log("E", "SharedPreferencesImpl", "Couldn't write " + mFile + ": " + e);
            return false;
        }
    }

    private void tell(List<String> changed) {
        List<OnSharedPreferenceChangeListener> told;
        synchronized (this) {
            told = new ArrayList<>(listeners.keySet());
        }
        if (told.isEmpty() || changed.isEmpty()) return;
        Runnable telling = () -> {
            for (String key : changed) {
                for (OnSharedPreferenceChangeListener listener : told) listener.onSharedPreferenceChanged(this, key);
            }
        };
        if (Looper.getMainLooper().isCurrentThread()) telling.run();
        else new Handler(Looper.getMainLooper()).post(telling);
    }

    public final class EditorImpl implements Editor {
        private final Map<String, Object> changes = new LinkedHashMap<>();
        private boolean clear;

        @Override
        public Editor putString(String key, String value) {
            return put(key, value);
        }

        @Override
        public Editor putStringSet(String key, Set<String> values) {
            return put(key, values == null ? null : new HashSet<>(values));
        }

        @Override
        public Editor putInt(String key, int value) {
            return put(key, value);
        }

        @Override
        public Editor putLong(String key, long value) {
            return put(key, value);
        }

        @Override
        public Editor putFloat(String key, float value) {
            return put(key, value);
        }

        @Override
        public Editor putBoolean(String key, boolean value) {
            return put(key, value);
        }

        @Override
        public Editor remove(String key) {
            return put(key, null);
        }

        private synchronized Editor put(String key, Object value) {
            changes.put(key, value);
            return this;
        }

        @Override
        public synchronized Editor clear() {
            clear = true;
            return this;
        }

        @Override
        public boolean commit() {
            List<String> changed = toMemory();
            try {
                return disk.submit(SharedPreferencesImpl.this::write).get();
            } catch (InterruptedException e) {
                return false;
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } finally {
                tell(changed);
            }
        }

        @Override
        public void apply() {
            List<String> changed = toMemory();
            disk.execute(SharedPreferencesImpl.this::write);
            tell(changed);
        }

        private synchronized List<String> toMemory() {
            List<String> changed = new ArrayList<>();
            synchronized (SharedPreferencesImpl.this) {
                if (clear) values.clear();
                clear = false;
                changes.forEach((key, value) -> {
                    if (Objects.equals(values.get(key), value)) return;
                    changed.add(key);
                    if (value == null) values.remove(key);
                    else values.put(key, value);
                });
                changes.clear();
            }
            return changed;
        }
    }
}
