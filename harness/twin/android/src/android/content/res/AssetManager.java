package android.content.res;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** The files under assets/ of the package. */
public final class AssetManager {
    private final File folder;

    private AssetManager(File folder) {
        this.folder = folder;
    }

    /** Assets unpacked into a folder; none if it is null. */
    public static AssetManager of(String folder) {
        return new AssetManager(folder == null ? null : new File(folder));
    }

    public InputStream open(String fileName) throws IOException {
        File file = find(fileName);
        if (!file.isFile()) throw new FileNotFoundException(fileName);
        return new FileInputStream(file);
    }

    public String[] list(String path) throws IOException {
        String[] names = path.isEmpty() && folder != null ? folder.list() : find(path).list();
        return names == null ? new String[0] : names;
    }

    private File find(String name) throws IOException {
        if (folder == null) throw new FileNotFoundException(name);
        File file = new File(folder, name);
        if (!file.getCanonicalPath().startsWith(folder.getCanonicalPath() + File.separator)) throw new FileNotFoundException(name);
        return file;
    }

    public void close() {}
}
