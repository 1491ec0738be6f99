package dalvik.system;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

public final class InMemoryDexClassLoader extends BaseDexClassLoader {
    public InMemoryDexClassLoader(ByteBuffer[] dexBuffers, String librarySearchPath, ClassLoader parent) {
        super(files(dexBuffers), parent);
    }

    public InMemoryDexClassLoader(ByteBuffer[] dexBuffers, ClassLoader parent) {
        this(dexBuffers, null, parent);
    }

    public InMemoryDexClassLoader(ByteBuffer dexBuffer, ClassLoader parent) {
        this(new ByteBuffer[] {dexBuffer}, null, parent);
    }

    private static List<DexFile> files(ByteBuffer[] buffers) {
        List<DexFile> files = new ArrayList<>();
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            files.add(new DexFile(bytes));
        }
        return files;
    }
}
