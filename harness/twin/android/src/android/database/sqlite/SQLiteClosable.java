package android.database.sqlite;

import java.io.Closeable;

public abstract class SQLiteClosable implements Closeable {
    private int references = 1;

    public SQLiteClosable() {}

    protected abstract void onAllReferencesReleased();

    public synchronized void acquireReference() {
        if (references <= 0) throw new IllegalStateException("attempt to re-open an already-closed object: " + this);
        references++;
    }

    public void releaseReference() {
        boolean last;
        synchronized (this) {
            last = --references == 0;
        }
        if (last) onAllReferencesReleased();
    }

    @Override
    public void close() {
        releaseReference();
    }
}
