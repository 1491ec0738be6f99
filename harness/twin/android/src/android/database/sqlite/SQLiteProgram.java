package android.database.sqlite;

import java.util.Map;
import java.util.TreeMap;

/** A statement with its arguments. */
public abstract class SQLiteProgram extends SQLiteClosable {
    final SQLiteDatabase database;
    final String sql;
    private final Map<Integer, Object> arguments = new TreeMap<>();

    SQLiteProgram(SQLiteDatabase database, String sql) {
        this.database = database;
        this.sql = sql;
    }

    public void bindNull(int index) {
        arguments.put(index, null);
    }

    public void bindLong(int index, long value) {
        arguments.put(index, value);
    }

    public void bindDouble(int index, double value) {
        arguments.put(index, value);
    }

    public void bindString(int index, String value) {
        if (value == null) throw new IllegalArgumentException("the bind value at index " + index + " is null");
        arguments.put(index, value);
    }

    public void bindBlob(int index, byte[] value) {
        if (value == null) throw new IllegalArgumentException("the bind value at index " + index + " is null");
        arguments.put(index, value);
    }

    public void bindAllArgsAsStrings(String[] bindArgs) {
        if (bindArgs == null) return;
        for (int i = 0; i < bindArgs.length; i++) bindString(i + 1, bindArgs[i]);
    }

    public void clearBindings() {
        arguments.clear();
    }

    Map<?, ?> run() {
        int count = arguments.isEmpty() ? 0 : ((TreeMap<Integer, Object>) arguments).lastKey();
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) values[i] = arguments.get(i + 1);
        return database.run(sql, values);
    }

    @Override
    protected void onAllReferencesReleased() {
        clearBindings();
    }
}
