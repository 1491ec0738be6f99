package android.database;

import java.util.ArrayList;
import java.util.List;

/** Rows in memory. Also what every system provider on a twin answers with. */
public class MatrixCursor extends AbstractCursor {
    private final String[] columnNames;
    private final List<Object[]> rows;

    public MatrixCursor(String[] columnNames) {
        this(columnNames, 16);
    }

    public MatrixCursor(String[] columnNames, int initialCapacity) {
        this.columnNames = columnNames;
        rows = new ArrayList<>(Math.max(1, initialCapacity));
    }

    public void addRow(Object[] columnValues) {
        if (columnValues.length != columnNames.length) {
            throw new IllegalArgumentException("columnNames.length = " + columnNames.length
                    + ", columnValues.length = " + columnValues.length);
        }
        rows.add(columnValues.clone());
    }

    public void addRow(Iterable<?> columnValues) {
        List<Object> values = new ArrayList<>();
        for (Object value : columnValues) values.add(value);
        if (values.size() < columnNames.length) throw new IllegalArgumentException("columnValues.size() < columnNames.length");
        if (values.size() > columnNames.length) throw new IllegalArgumentException("columnValues.size() > columnNames.length");
        rows.add(values.toArray());
    }

    public RowBuilder newRow() {
        Object[] row = new Object[columnNames.length];
        rows.add(row);
        return new RowBuilder(row);
    }

    public class RowBuilder {
        private final Object[] row;
        private int next;

        RowBuilder(Object[] row) {
            this.row = row;
        }

        public RowBuilder add(Object columnValue) {
            if (next == row.length) throw new CursorIndexOutOfBoundsException("No more columns left.");
            row[next++] = columnValue;
            return this;
        }

        public RowBuilder add(String columnName, Object value) {
            int index = getColumnIndex(columnName);
            if (index >= 0) row[index] = value;
            return this;
        }
    }

    private Object get(int column) {
        if (mClosed) throw new StaleDataException("Attempted to access a cursor after it has been closed.");
        if (column < 0 || column >= columnNames.length) {
            throw new CursorIndexOutOfBoundsException(
                    "Requested column: " + column + ", # of columns: " + columnNames.length);
        }
        if (mPos < 0) throw new CursorIndexOutOfBoundsException("Before first row.");
        if (mPos >= rows.size()) throw new CursorIndexOutOfBoundsException("After last row.");
        return rows.get(mPos)[column];
    }

    private Number number(int column) {
        Object value = get(column);
        if (value == null) return 0L;
        if (value instanceof Number) return (Number) value;
        String text = value.toString();
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notWhole) {
            return Double.valueOf(text);
        }
    }

    @Override
    public int getCount() {
        return rows.size();
    }

    @Override
    public String[] getColumnNames() {
        return columnNames;
    }

    @Override
    public String getString(int column) {
        Object value = get(column);
        return value == null ? null : value.toString();
    }

    @Override
    public short getShort(int column) {
        return number(column).shortValue();
    }

    @Override
    public int getInt(int column) {
        return number(column).intValue();
    }

    @Override
    public long getLong(int column) {
        return number(column).longValue();
    }

    @Override
    public float getFloat(int column) {
        return number(column).floatValue();
    }

    @Override
    public double getDouble(int column) {
        return number(column).doubleValue();
    }

    @Override
    public byte[] getBlob(int column) {
        return (byte[]) get(column);
    }

    @Override
    public int getType(int column) {
        Object value = get(column);
        if (value == null) return FIELD_TYPE_NULL;
        if (value instanceof byte[]) return FIELD_TYPE_BLOB;
        if (value instanceof Float || value instanceof Double) return FIELD_TYPE_FLOAT;
        return value instanceof Number ? FIELD_TYPE_INTEGER : FIELD_TYPE_STRING;
    }

    @Override
    public boolean isNull(int column) {
        return get(column) == null;
    }
}
