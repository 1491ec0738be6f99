package android.os;

import java.util.Map;
import twin.Binder;
import twin.Zygote;

public class Build {
    public static final String UNKNOWN = "unknown";
    public static final String ID = fact("id");
    public static final String DISPLAY = fact("display");
    public static final String PRODUCT = fact("product");
    public static final String DEVICE = fact("device");
    public static final String BOARD = fact("board");
    public static final String MANUFACTURER = fact("manufacturer");
    public static final String BRAND = fact("brand");
    public static final String MODEL = fact("model");
    public static final String BOOTLOADER = fact("bootloader");
    public static final String HARDWARE = fact("hardware");
    public static final String FINGERPRINT = fact("fingerprint");
    public static final String HOST = fact("host");
    public static final String USER = fact("user");
    public static final String TAGS = fact("tags");
    public static final String TYPE = fact("type");
    public static final String RADIO = UNKNOWN;
    public static final String SKU = UNKNOWN;
    public static final String ODM_SKU = UNKNOWN;
    public static final String SOC_MANUFACTURER = fact("manufacturer");
    public static final String SOC_MODEL = fact("hardware");
    public static final String CPU_ABI = "arm64-v8a";
    public static final String CPU_ABI2 = "";
    public static final String[] SUPPORTED_ABIS = {"arm64-v8a", "armeabi-v7a", "armeabi"};
    public static final String[] SUPPORTED_64_BIT_ABIS = {"arm64-v8a"};
    public static final String[] SUPPORTED_32_BIT_ABIS = {"armeabi-v7a", "armeabi"};
    public static final long TIME = 1669852800000L;

    /** Since Android 8 always "unknown"; getSerial() needs a permission. */
    @Deprecated
    public static final String SERIAL = UNKNOWN;

    public Build() {}

    public static String getSerial() {
        return (String) Binder.call("build.serial");
    }

    public static String getRadioVersion() {
        return null;
    }

    private static String fact(String name) {
        Object facts = Zygote.bind().get("build");
        Object value = facts instanceof Map ? ((Map<?, ?>) facts).get(name) : null;
        return value == null ? UNKNOWN : (String) value;
    }

    public static class VERSION {
        public static final String RELEASE = "13";
        public static final String RELEASE_OR_CODENAME = "13";
        public static final String CODENAME = "REL";
        public static final String INCREMENTAL = fact("incremental");
        public static final String BASE_OS = "";
        public static final String SECURITY_PATCH = "2022-12-05";
        public static final int SDK_INT = Integer.parseInt("33");
        public static final String SDK = "33";
        public static final int PREVIEW_SDK_INT = 0;

        public VERSION() {}
    }

    public static class VERSION_CODES {
        public static final int JELLY_BEAN = 16;
        public static final int JELLY_BEAN_MR1 = 17;
        public static final int JELLY_BEAN_MR2 = 18;
        public static final int KITKAT = 19;
        public static final int KITKAT_WATCH = 20;
        public static final int LOLLIPOP = 21;
        public static final int LOLLIPOP_MR1 = 22;
        public static final int M = 23;
        public static final int N = 24;
        public static final int N_MR1 = 25;
        public static final int O = 26;
        public static final int O_MR1 = 27;
        public static final int P = 28;
        public static final int Q = 29;
        public static final int R = 30;
        public static final int S = 31;
        public static final int S_V2 = 32;
        public static final int TIRAMISU = 33;

        public VERSION_CODES() {}
    }
}
