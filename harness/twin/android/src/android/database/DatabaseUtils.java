package android.database;

import android.content.ContentValues;
import android.database.sqlite.SQLiteDatabase;

public class DatabaseUtils {
    public DatabaseUtils() {}

    public static String sqlEscapeString(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    public static long longForQuery(SQLiteDatabase db, String query, String[] selectionArgs) {
        return Long.parseLong(stringForQuery(db, query, selectionArgs));
    }

    public static String stringForQuery(SQLiteDatabase db, String query, String[] selectionArgs) {
        try (Cursor cursor = db.rawQuery(query, selectionArgs)) {
            if (!cursor.moveToFirst()) throw new android.database.sqlite.SQLiteDoneException("no row");
            return cursor.getString(0);
        }
    }

    public static long queryNumEntries(SQLiteDatabase db, String table) {
        return longForQuery(db, "SELECT count(*) FROM " + table, null);
    }

    public static void cursorRowToContentValues(Cursor cursor, ContentValues values) {
        for (int i = 0; i < cursor.getColumnCount(); i++) {
            if (cursor.getType(i) == Cursor.FIELD_TYPE_BLOB) values.put(cursor.getColumnName(i), cursor.getBlob(i));
            else values.put(cursor.getColumnName(i), cursor.getString(i));
        }
    }
}
