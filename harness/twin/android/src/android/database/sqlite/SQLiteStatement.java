package android.database.sqlite;

import android.database.Cursor;
import android.database.SQLException;
import java.util.Map;

public final class SQLiteStatement extends SQLiteProgram {
    SQLiteStatement(SQLiteDatabase database, String sql) {
        super(database, sql);
    }

    public void execute() throws SQLException {
        run();
    }

    public int executeUpdateDelete() throws SQLException {
        return (int) SQLiteDatabase.number(run(), "changed");
    }

    public long executeInsert() throws SQLException {
        Map<?, ?> done = run();
        return SQLiteDatabase.number(done, "changed") < 1 ? -1 : SQLiteDatabase.number(done, "inserted");
    }

    public long simpleQueryForLong() {
        try (Cursor cursor = one()) {
            return cursor.getLong(0);
        }
    }

    public String simpleQueryForString() {
        try (Cursor cursor = one()) {
            return cursor.getString(0);
        }
    }

    private Cursor one() {
        Cursor cursor = SQLiteDatabase.cursor(run());
        if (!cursor.moveToFirst()) throw new SQLiteDoneException("not an error (code 101)");
        return cursor;
    }

    @Override
    public String toString() {
        return "SQLiteProgram: " + sql;
    }
}
