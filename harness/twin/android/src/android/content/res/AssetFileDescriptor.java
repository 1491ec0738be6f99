package android.content.res;

import android.os.ParcelFileDescriptor;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;

/** A whole file of a provider. */
public class AssetFileDescriptor implements Closeable {
    public static final long UNKNOWN_LENGTH = -1;

    private final ParcelFileDescriptor file;
    private final long startOffset;
    private final long length;

    public AssetFileDescriptor(ParcelFileDescriptor fd, long startOffset, long length) {
        if (fd == null) throw new IllegalArgumentException("fd must not be null");
        this.file = fd;
        this.startOffset = startOffset;
        this.length = length;
    }

    public ParcelFileDescriptor getParcelFileDescriptor() {
        return file;
    }

    public long getStartOffset() {
        return startOffset;
    }

    public long getLength() {
        return length;
    }

    public long getDeclaredLength() {
        return length;
    }

    public FileInputStream createInputStream() throws IOException {
        return new ParcelFileDescriptor.AutoCloseInputStream(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
