package android.os;

/** The twin's storage: 128 GB, half of it free. */
public class StatFs {
    private static final long BLOCK = 4096;
    private static final long TOTAL = 128_000_000_000L;

    public StatFs(String path) {
        if (path == null) throw new IllegalArgumentException("Invalid path: null");
    }

    public long getBlockSizeLong() {
        return BLOCK;
    }

    public long getBlockCountLong() {
        return TOTAL / BLOCK;
    }

    public long getAvailableBlocksLong() {
        return TOTAL / 2 / BLOCK;
    }

    public long getFreeBlocksLong() {
        return TOTAL / 2 / BLOCK;
    }

    public long getTotalBytes() {
        return TOTAL;
    }

    public long getAvailableBytes() {
        return TOTAL / 2;
    }

    public long getFreeBytes() {
        return TOTAL / 2;
    }

    @Deprecated
    public int getBlockSize() {
        return (int) BLOCK;
    }

    @Deprecated
    public int getBlockCount() {
        return (int) (TOTAL / BLOCK);
    }

    @Deprecated
    public int getAvailableBlocks() {
        return (int) (TOTAL / 2 / BLOCK);
    }
}
