package android.os;

import java.io.File;
import twin.Zygote;

public class Environment {
    public static final String MEDIA_MOUNTED = "mounted";
    public static String DIRECTORY_PICTURES = "Pictures";
    public static String DIRECTORY_DCIM = "DCIM";
    public static String DIRECTORY_DOWNLOADS = "Download";
    public static String DIRECTORY_DOCUMENTS = "Documents";

    public Environment() {}

    public static File getExternalStorageDirectory() {
        return new File((String) Zygote.bind().get("external_dir"));
    }

    public static File getExternalStoragePublicDirectory(String type) {
        return new File(getExternalStorageDirectory(), type);
    }

    public static String getExternalStorageState() {
        return MEDIA_MOUNTED;
    }

    public static File getDataDirectory() {
        return new File("/data");
    }

    public static boolean isExternalStorageEmulated() {
        return true;
    }
}
