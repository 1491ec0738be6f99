package android;

/** The few ids and styles of the platform that code without resources uses. Numbers are Android's. */
public final class R {
    private R() {}

    public static final class id {
        public static final int content = 0x01020002;
        public static final int edit = 0x01020003;
        public static final int icon = 0x01020006;
        public static final int list = 0x0102000a;
        public static final int message = 0x0102000b;
        public static final int text1 = 0x01020014;
        public static final int text2 = 0x01020015;
        public static final int title = 0x01020016;
        public static final int button1 = 0x01020019;
        public static final int button2 = 0x0102001a;
        public static final int button3 = 0x0102001b;

        public id() {}
    }

    public static final class string {
        public static final int cancel = 0x01040000;
        public static final int ok = 0x0104000a;
        public static final int no = 0x01040009;
        public static final int yes = 0x01040013;

        public string() {}
    }

    public static final class color {
        public static final int white = 0x0106000b;
        public static final int black = 0x0106000c;
        public static final int transparent = 0x0106000d;

        public color() {}
    }

    public static final class layout {
        public static final int simple_list_item_1 = 0x01090003;

        public layout() {}
    }

    public static final class style {
        public static final int Theme_Translucent_NoTitleBar = 0x01030010;
        public static final int Theme_Light_NoTitleBar = 0x0103000d;
        public static final int Theme_Black_NoTitleBar_Fullscreen = 0x0103000a;

        public style() {}
    }

    /** alertTitle is private to the platform, so R.id does not have it. */
    public static final int ALERT_TITLE = 0x01020400;

    /** The name of a platform id, e.g. "android:id/button1"; empty for a number it does not know. */
    public static String nameOf(int id) {
        switch (id) {
            case R.id.content: return "android:id/content";
            case R.id.edit: return "android:id/edit";
            case R.id.icon: return "android:id/icon";
            case R.id.list: return "android:id/list";
            case R.id.message: return "android:id/message";
            case R.id.text1: return "android:id/text1";
            case R.id.text2: return "android:id/text2";
            case R.id.title: return "android:id/title";
            case R.id.button1: return "android:id/button1";
            case R.id.button2: return "android:id/button2";
            case R.id.button3: return "android:id/button3";
            case ALERT_TITLE: return "android:id/alertTitle";
            default: return "";
        }
    }
}
