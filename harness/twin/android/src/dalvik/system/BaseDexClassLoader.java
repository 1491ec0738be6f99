package dalvik.system;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Code that an app opens itself. On the twin that is Java classes, in a jar or in an APK built for it. */
public class BaseDexClassLoader extends ClassLoader {
    private final List<DexFile> files = new ArrayList<>();

    public BaseDexClassLoader(String dexPath, File optimizedDirectory, String librarySearchPath, ClassLoader parent) {
        super(parent);
        for (String path : dexPath.split(File.pathSeparator)) {
            if (path.isEmpty()) continue;
            try {
                files.add(new DexFile(path));
            } catch (IOException error) {
                twin.Binder.log("W", "System.err", "Unable to load dex file: " + path + ": " + error.getMessage());
            }
        }
    }

    BaseDexClassLoader(List<DexFile> files, ClassLoader parent) {
        super(parent);
        this.files.addAll(files);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (DexFile file : files) {
            byte[] found = file.entry(name.replace('.', '/') + ".class");
            if (found != null) return defineClass(name, found, 0, found.length, (java.security.ProtectionDomain) null);
        }
        throw new ClassNotFoundException("Didn't find class \"" + name + "\" on path: " + this);
    }

    Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length, (java.security.ProtectionDomain) null);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        InputStream above = super.getResourceAsStream(name);
        if (above != null) return above;
        for (DexFile file : files) {
            byte[] found = file.entry(name);
            if (found != null) return new java.io.ByteArrayInputStream(found);
        }
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }

    public String findLibrary(String name) {
        return null;
    }

    @Override
    public String toString() {
        return getClass().getName() + files;
    }
}
