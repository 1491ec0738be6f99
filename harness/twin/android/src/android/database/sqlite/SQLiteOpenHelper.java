package android.database.sqlite;

import android.content.Context;
import java.io.File;

public abstract class SQLiteOpenHelper implements AutoCloseable {
    private final Context context;
    private final String name;
    private final int version;
    private SQLiteDatabase database;

    public SQLiteOpenHelper(Context context, String name, SQLiteDatabase.CursorFactory factory, int version) {
        if (version < 1) throw new IllegalArgumentException("Version must be >= 1, was " + version);
        this.context = context;
        this.name = name;
        this.version = version;
    }

    public abstract void onCreate(SQLiteDatabase db);

    public abstract void onUpgrade(SQLiteDatabase db, int oldVersion, int newVersion);

    public void onDowngrade(SQLiteDatabase db, int oldVersion, int newVersion) {
        throw new SQLiteException("Can't downgrade database from version " + oldVersion + " to " + newVersion);
    }

    public void onConfigure(SQLiteDatabase db) {}

    public void onOpen(SQLiteDatabase db) {}

    public String getDatabaseName() {
        return name;
    }

    public synchronized SQLiteDatabase getWritableDatabase() {
        if (database != null && database.isOpen()) return database;
        database = name == null ? SQLiteDatabase.create(null) : SQLiteDatabase.openOrCreateDatabase(file(), null);
        onConfigure(database);
        bringToVersion(database);
        onOpen(database);
        return database;
    }

    public SQLiteDatabase getReadableDatabase() {
        return getWritableDatabase();
    }

    private File file() {
        File file = context.getDatabasePath(name);
        File folder = file.getParentFile();
        if (folder != null) folder.mkdirs();
        return file;
    }

    private void bringToVersion(SQLiteDatabase db) {
        int found = db.getVersion();
        if (found == version) return;
        db.beginTransaction();
        try {
            if (found == 0) onCreate(db);
            else if (found < version) onUpgrade(db, found, version);
            else onDowngrade(db, found, version);
            db.setVersion(version);
            db.setTransactionSuccessful();
        } finally {
            db.endTransaction();
        }
    }

    @Override
    public synchronized void close() {
        if (database != null && database.isOpen()) database.close();
        database = null;
    }
}
