package dalvik.system;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The classes of a jar, or of the jar in an APK built for the twin. */
public final class DexFile {
    private static final String CLASSES = "assets/twin/classes.jar";
    private static final int MOST = 128 << 20;

    private final String name;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @Deprecated
    public DexFile(File file) throws IOException {
        this(file.getPath());
    }

    @Deprecated
    public DexFile(String fileName) throws IOException {
        File file = new File(fileName);
        if (!file.isFile()) throw new FileNotFoundException("No original dex files found for dex location " + fileName);
        name = fileName;
        read(Files.readAllBytes(file.toPath()));
    }

    DexFile(byte[] bytes) {
        name = "InMemoryDexFile";
        try {
            read(bytes);
        } catch (IOException error) {
            throw new RuntimeException(error);
        }
    }

    @Deprecated
    public static DexFile loadDex(String sourcePathName, String outputPathName, int flags) throws IOException {
        return new DexFile(sourcePathName);
    }

    public String getName() {
        return name;
    }

    @Deprecated
    public Class loadClass(String name, ClassLoader loader) {
        byte[] found = entry(name.replace('.', '/') + ".class");
        if (found == null || !(loader instanceof BaseDexClassLoader)) return null;
        return ((BaseDexClassLoader) loader).define(name.replace('/', '.'), found);
    }

    @Deprecated
    public Enumeration<String> entries() {
        return Collections.enumeration(entries.keySet().stream().filter(each -> each.endsWith(".class"))
                .map(each -> each.substring(0, each.length() - 6).replace('/', '.')).toList());
    }

    @Deprecated
    public void close() throws IOException {}

    byte[] entry(String path) {
        return entries.get(path);
    }

    @Override
    public String toString() {
        return name;
    }

    private void read(byte[] bytes) throws IOException {
        int left = MOST;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) continue;
                byte[] content = bounded(zip, left);
                left -= content.length;
                if (entry.getName().equals(CLASSES)) read(content);
                else entries.put(entry.getName(), content);
            }
        }
    }

    private static byte[] bounded(InputStream in, int most) throws IOException {
        byte[] content = in.readNBytes(most + 1);
        if (content.length > most) throw new IOException("more than " + MOST + " bytes of code");
        return content;
    }
}
