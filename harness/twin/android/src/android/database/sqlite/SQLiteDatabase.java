package android.database.sqlite;

import android.content.ContentValues;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.database.SQLException;
import java.io.File;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import twin.Binder;

/** A database of the app; its file is an ordinary SQLite file. */
public final class SQLiteDatabase extends SQLiteClosable {
    public static final int CONFLICT_NONE = 0;
    public static final int CONFLICT_ROLLBACK = 1;
    public static final int CONFLICT_ABORT = 2;
    public static final int CONFLICT_FAIL = 3;
    public static final int CONFLICT_IGNORE = 4;
    public static final int CONFLICT_REPLACE = 5;
    public static final int OPEN_READWRITE = 0;
    public static final int OPEN_READONLY = 1;
    public static final int CREATE_IF_NECESSARY = 0x10000000;
    public static final int NO_LOCALIZED_COLLATORS = 0x10;
    public static final int ENABLE_WRITE_AHEAD_LOGGING = 0x20000000;

    private static final String[] CONFLICTS = {"", " OR ROLLBACK", " OR ABORT", " OR FAIL", " OR IGNORE", " OR REPLACE"};

    public interface CursorFactory {
        Cursor newCursor(SQLiteDatabase db, Object masterQuery, String editTable, Object query);
    }

    private final String path;
    private final boolean readOnly;
    private final long handle;
    private boolean open = true;
    private int depth;
    private boolean failed;
    private boolean successful;

    private SQLiteDatabase(String path, int flags) {
        this.path = path;
        readOnly = (flags & OPEN_READONLY) != 0;
        handle = ((Number) Binder.call("sqlite.open", path, !readOnly, (flags & CREATE_IF_NECESSARY) != 0)).longValue();
    }

    public static SQLiteDatabase openDatabase(String path, CursorFactory factory, int flags) {
        return new SQLiteDatabase(path, flags);
    }

    public static SQLiteDatabase openOrCreateDatabase(File file, CursorFactory factory) {
        return openOrCreateDatabase(file.getPath(), factory);
    }

    public static SQLiteDatabase openOrCreateDatabase(String path, CursorFactory factory) {
        return new SQLiteDatabase(path, CREATE_IF_NECESSARY);
    }

    public static SQLiteDatabase create(CursorFactory factory) {
        return new SQLiteDatabase(":memory:", CREATE_IF_NECESSARY);
    }

    public static boolean deleteDatabase(File file) {
        boolean deleted = file.delete();
        for (String suffix : new String[] {"-journal", "-shm", "-wal"}) deleted |= new File(file.getPath() + suffix).delete();
        return deleted;
    }

    // ---- statements

    public void execSQL(String sql) throws SQLException {
        run(sql, new Object[0]);
    }

    public void execSQL(String sql, Object[] bindArgs) throws SQLException {
        if (bindArgs == null) throw new IllegalArgumentException("Empty bindArgs");
        run(sql, bindArgs);
    }

    public Cursor rawQuery(String sql, String[] selectionArgs) {
        return cursor(run(sql, selectionArgs == null ? new Object[0] : selectionArgs));
    }

    public Cursor rawQueryWithFactory(CursorFactory cursorFactory, String sql, String[] selectionArgs, String editTable) {
        return rawQuery(sql, selectionArgs);
    }

    public Cursor query(
            String table, String[] columns, String selection, String[] selectionArgs, String groupBy, String having,
            String orderBy) {
        return query(false, table, columns, selection, selectionArgs, groupBy, having, orderBy, null);
    }

    public Cursor query(
            String table, String[] columns, String selection, String[] selectionArgs, String groupBy, String having,
            String orderBy, String limit) {
        return query(false, table, columns, selection, selectionArgs, groupBy, having, orderBy, limit);
    }

    public Cursor query(
            boolean distinct, String table, String[] columns, String selection, String[] selectionArgs, String groupBy,
            String having, String orderBy, String limit) {
        StringBuilder sql = new StringBuilder("SELECT ").append(distinct ? "DISTINCT " : "");
        sql.append(columns == null || columns.length == 0 ? "*" : String.join(", ", columns)).append(" FROM ").append(table);
        clause(sql, " WHERE ", selection);
        clause(sql, " GROUP BY ", groupBy);
        clause(sql, " HAVING ", having);
        clause(sql, " ORDER BY ", orderBy);
        clause(sql, " LIMIT ", limit);
        return rawQuery(sql.toString(), selectionArgs);
    }

    public long insert(String table, String nullColumnHack, ContentValues values) {
        return quietly(table, values, nullColumnHack, CONFLICT_NONE);
    }

    public long insertOrThrow(String table, String nullColumnHack, ContentValues values) throws SQLException {
        return insertWithOnConflict(table, nullColumnHack, values, CONFLICT_NONE);
    }

    public long replace(String table, String nullColumnHack, ContentValues initialValues) {
        return quietly(table, initialValues, nullColumnHack, CONFLICT_REPLACE);
    }

    public long replaceOrThrow(String table, String nullColumnHack, ContentValues initialValues) throws SQLException {
        return insertWithOnConflict(table, nullColumnHack, initialValues, CONFLICT_REPLACE);
    }

    public long insertWithOnConflict(
            String table, String nullColumnHack, ContentValues initialValues, int conflictAlgorithm) {
        List<String> columns = new ArrayList<>(initialValues == null ? List.of() : initialValues.keySet());
        Object[] args = columns.stream().map(column -> initialValues.get(column)).toArray();
        if (columns.isEmpty()) {
            columns.add(nullColumnHack);
            args = new Object[] {null};
        }
        String marks = String.join(",", java.util.Collections.nCopies(columns.size(), "?"));
        Map<?, ?> done = run("INSERT" + CONFLICTS[conflictAlgorithm] + " INTO " + table + "(" + String.join(",", columns)
                + ") VALUES (" + marks + ")", args);
        return number(done, "changed") < 1 ? -1 : number(done, "inserted");
    }

    private long quietly(String table, ContentValues values, String nullColumnHack, int conflict) {
        try {
            return insertWithOnConflict(table, nullColumnHack, values, conflict);
        } catch (SQLException e) {
            Binder.log("E", "SQLiteDatabase", "Error inserting " + values + ": " + e.getMessage());
            return -1;
        }
    }

    public int update(String table, ContentValues values, String whereClause, String[] whereArgs) {
        return updateWithOnConflict(table, values, whereClause, whereArgs, CONFLICT_NONE);
    }

    public int updateWithOnConflict(
            String table, ContentValues values, String whereClause, String[] whereArgs, int conflictAlgorithm) {
        if (values == null || values.isEmpty()) throw new IllegalArgumentException("Empty values");
        List<Object> args = new ArrayList<>();
        StringBuilder sql = new StringBuilder("UPDATE").append(CONFLICTS[conflictAlgorithm]).append(' ').append(table).append(" SET ");
        for (String column : values.keySet()) {
            sql.append(args.isEmpty() ? "" : ",").append(column).append("=?");
            args.add(values.get(column));
        }
        clause(sql, " WHERE ", whereClause);
        if (whereArgs != null) args.addAll(List.of(whereArgs));
        return (int) number(run(sql.toString(), args.toArray()), "changed");
    }

    public int delete(String table, String whereClause, String[] whereArgs) {
        StringBuilder sql = new StringBuilder("DELETE FROM ").append(table);
        clause(sql, " WHERE ", whereClause);
        return (int) number(run(sql.toString(), whereArgs == null ? new Object[0] : whereArgs), "changed");
    }

    public SQLiteStatement compileStatement(String sql) throws SQLException {
        return new SQLiteStatement(this, sql);
    }

    // ---- transactions

    public void beginTransaction() {
        begin("BEGIN EXCLUSIVE");
    }

    public void beginTransactionNonExclusive() {
        begin("BEGIN IMMEDIATE");
    }

    private synchronized void begin(String how) {
        if (depth == 0) {
            run(how, new Object[0]);
            failed = false;
        }
        depth++;
        successful = false;
    }

    public synchronized void setTransactionSuccessful() {
        if (depth == 0) throw new IllegalStateException("Cannot perform this operation because there is no current transaction.");
        successful = true;
    }

    public synchronized void endTransaction() {
        if (depth == 0) throw new IllegalStateException("Cannot perform this operation because there is no current transaction.");
        if (!successful) failed = true;
        successful = false;
        if (--depth == 0) run(failed ? "ROLLBACK" : "COMMIT", new Object[0]);
    }

    public synchronized boolean inTransaction() {
        return depth > 0;
    }

    // ---- facts

    public String getPath() {
        return path;
    }

    public boolean isOpen() {
        return open;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    public int getVersion() {
        try (Cursor cursor = rawQuery("PRAGMA user_version", null)) {
            cursor.moveToFirst();
            return cursor.getInt(0);
        }
    }

    public void setVersion(int version) {
        execSQL("PRAGMA user_version = " + version);
    }

    public boolean needUpgrade(int newVersion) {
        return newVersion > getVersion();
    }

    public void setLocale(Locale locale) {}

    public void setForeignKeyConstraintsEnabled(boolean enable) {
        execSQL("PRAGMA foreign_keys = " + (enable ? 1 : 0));
    }

    public boolean enableWriteAheadLogging() {
        rawQuery("PRAGMA journal_mode = WAL", null).close();
        return true;
    }

    @Override
    protected void onAllReferencesReleased() {
        open = false;
        Binder.call("sqlite.close", handle);
    }

    @Override
    public String toString() {
        return "SQLiteDatabase: " + path;
    }

    // ---- the channel

    Map<?, ?> run(String sql, Object[] args) {
        if (!open) throw new IllegalStateException("attempt to re-open an already-closed object: " + this);
        List<Object> bound = new ArrayList<>();
        for (Object arg : args) bound.add(bound(arg));
        return (Map<?, ?>) Binder.call("sqlite.run", handle, sql, bound);
    }

    static long number(Map<?, ?> done, String key) {
        Object value = done.get(key);
        return value instanceof Number ? ((Number) value).longValue() : 0;
    }

    static Cursor cursor(Map<?, ?> done) {
        MatrixCursor cursor = new MatrixCursor(((List<?>) done.get("columns")).toArray(new String[0]));
        for (Object row : (List<?>) done.get("rows")) {
            Object[] values = ((List<?>) row).toArray();
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof Map) values[i] = Base64.getDecoder().decode((String) ((Map<?, ?>) values[i]).get("$blob"));
            }
            cursor.addRow(values);
        }
        return cursor;
    }

    private static Object bound(Object arg) {
        if (arg instanceof byte[]) return Map.of("$blob", Base64.getEncoder().encodeToString((byte[]) arg));
        if (arg instanceof Boolean) return (Boolean) arg ? 1 : 0;
        return arg == null || arg instanceof Number ? arg : arg.toString();
    }

    private static void clause(StringBuilder sql, String word, String text) {
        if (text != null && !text.isEmpty()) sql.append(word).append(text);
    }
}
