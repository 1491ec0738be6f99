package android.database;

import android.content.ContentResolver;
import android.net.Uri;
import android.os.Bundle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Position keeping; what a row holds is the subclass's. */
public abstract class AbstractCursor implements Cursor {
    protected int mPos = -1;
    protected boolean mClosed;

    private final List<ContentObserver> contentObservers = new CopyOnWriteArrayList<>();
    private final List<DataSetObserver> dataSetObservers = new CopyOnWriteArrayList<>();
    private Uri notificationUri;
    private ContentObserver selfObserver;
    private ContentResolver resolver;
    private Bundle extras = Bundle.EMPTY;

    @Override
    public abstract int getCount();

    @Override
    public abstract String[] getColumnNames();

    @Override
    public abstract String getString(int column);

    @Override
    public abstract short getShort(int column);

    @Override
    public abstract int getInt(int column);

    @Override
    public abstract long getLong(int column);

    @Override
    public abstract float getFloat(int column);

    @Override
    public abstract double getDouble(int column);

    @Override
    public abstract boolean isNull(int column);

    @Override
    public int getType(int column) {
        return FIELD_TYPE_STRING;
    }

    @Override
    public byte[] getBlob(int column) {
        throw new UnsupportedOperationException("getBlob is not supported");
    }

    @Override
    public int getColumnCount() {
        return getColumnNames().length;
    }

    public boolean onMove(int oldPosition, int newPosition) {
        return true;
    }

    @Override
    public void copyStringToBuffer(int columnIndex, CharArrayBuffer buffer) {
        String value = getString(columnIndex);
        if (value == null) {
            buffer.sizeCopied = 0;
            return;
        }
        if (buffer.data == null || buffer.data.length < value.length()) buffer.data = value.toCharArray();
        else value.getChars(0, value.length(), buffer.data, 0);
        buffer.sizeCopied = value.length();
    }

    @Override
    public final int getPosition() {
        return mPos;
    }

    @Override
    public final boolean moveToPosition(int position) {
        int count = getCount();
        if (position >= count) {
            mPos = count;
            return false;
        }
        if (position < 0) {
            mPos = -1;
            return false;
        }
        if (position == mPos) return true;
        boolean moved = onMove(mPos, position);
        mPos = moved ? position : -1;
        return moved;
    }

    @Override
    public final boolean move(int offset) {
        return moveToPosition(mPos + offset);
    }

    @Override
    public final boolean moveToFirst() {
        return moveToPosition(0);
    }

    @Override
    public final boolean moveToLast() {
        return moveToPosition(getCount() - 1);
    }

    @Override
    public final boolean moveToNext() {
        return moveToPosition(mPos + 1);
    }

    @Override
    public final boolean moveToPrevious() {
        return moveToPosition(mPos - 1);
    }

    @Override
    public final boolean isFirst() {
        return mPos == 0 && getCount() != 0;
    }

    @Override
    public final boolean isLast() {
        int count = getCount();
        return mPos == count - 1 && count != 0;
    }

    @Override
    public final boolean isBeforeFirst() {
        return getCount() == 0 || mPos == -1;
    }

    @Override
    public final boolean isAfterLast() {
        int count = getCount();
        return count == 0 || mPos == count;
    }

    @Override
    public int getColumnIndex(String columnName) {
        String name = columnName.substring(columnName.lastIndexOf('.') + 1);
        String[] columns = getColumnNames();
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].equalsIgnoreCase(name)) return i;
        }
        return -1;
    }

    @Override
    public int getColumnIndexOrThrow(String columnName) {
        int index = getColumnIndex(columnName);
        if (index < 0) {
            throw new IllegalArgumentException("column '" + columnName + "' does not exist. Available columns: "
                    + java.util.Arrays.toString(getColumnNames()));
        }
        return index;
    }

    @Override
    public String getColumnName(int columnIndex) {
        return getColumnNames()[columnIndex];
    }

    protected void checkPosition() {
        if (mPos < 0 || mPos >= getCount()) throw new CursorIndexOutOfBoundsException(mPos, getCount());
    }

    @Override
    public void registerContentObserver(ContentObserver observer) {
        contentObservers.add(observer);
    }

    @Override
    public void unregisterContentObserver(ContentObserver observer) {
        contentObservers.remove(observer);
    }

    @Override
    public void registerDataSetObserver(DataSetObserver observer) {
        dataSetObservers.add(observer);
    }

    @Override
    public void unregisterDataSetObserver(DataSetObserver observer) {
        dataSetObservers.remove(observer);
    }

    protected void onChange(boolean selfChange) {
        for (ContentObserver observer : contentObservers) observer.dispatchChange(selfChange, null);
    }

    @Override
    public void setNotificationUri(ContentResolver cr, Uri uri) {
        if (selfObserver != null) resolver.unregisterContentObserver(selfObserver);
        notificationUri = uri;
        resolver = cr;
        selfObserver = new ContentObserver(null) {
            @Override
            public void onChange(boolean selfChange) {
                AbstractCursor.this.onChange(selfChange);
            }
        };
        cr.registerContentObserver(uri, true, selfObserver);
    }

    @Override
    public Uri getNotificationUri() {
        return notificationUri;
    }

    @Override
    public void deactivate() {
        for (DataSetObserver observer : dataSetObservers) observer.onInvalidated();
    }

    @Override
    public boolean requery() {
        for (DataSetObserver observer : dataSetObservers) observer.onChanged();
        return true;
    }

    @Override
    public void close() {
        mClosed = true;
        contentObservers.clear();
        if (selfObserver != null) {
            resolver.unregisterContentObserver(selfObserver);
            selfObserver = null;
        }
        deactivate();
    }

    @Override
    public boolean isClosed() {
        return mClosed;
    }

    @Override
    public boolean getWantsAllOnMoveCalls() {
        return false;
    }

    @Override
    public void setExtras(Bundle extras) {
        this.extras = extras == null ? Bundle.EMPTY : extras;
    }

    @Override
    public Bundle getExtras() {
        return extras;
    }

    @Override
    public Bundle respond(Bundle extras) {
        return Bundle.EMPTY;
    }
}
