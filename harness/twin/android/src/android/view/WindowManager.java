package android.view;

import java.util.Map;

public interface WindowManager extends ViewManager {
    class BadTokenException extends RuntimeException {
        public BadTokenException() {}

        public BadTokenException(String name) {
            super(name);
        }
    }

    class LayoutParams extends ViewGroup.LayoutParams {
        public static final int FLAG_DIM_BEHIND = 0x2;
        public static final int FLAG_NOT_FOCUSABLE = 0x8;
        public static final int FLAG_NOT_TOUCHABLE = 0x10;
        public static final int FLAG_KEEP_SCREEN_ON = 0x80;
        public static final int FLAG_LAYOUT_NO_LIMITS = 0x200;
        public static final int FLAG_FULLSCREEN = 0x400;
        public static final int FLAG_SECURE = 0x2000;
        public static final int FLAG_TRANSLUCENT_STATUS = 0x4000000;
        public static final int FLAG_DRAWS_SYSTEM_BAR_BACKGROUNDS = 0x80000000;
        public static final int SOFT_INPUT_ADJUST_RESIZE = 0x10;
        public static final int TYPE_APPLICATION = 2;
        public static final int TYPE_APPLICATION_PANEL = 1000;
        public static final int TYPE_APPLICATION_OVERLAY = 2038;

        public int x;
        public int y;
        public int type = TYPE_APPLICATION;
        public int flags;
        public int gravity;
        public int format;
        public float alpha = 1;
        public float dimAmount = 1;
        public int windowAnimations;
        public int softInputMode;

        public LayoutParams() {
            super(MATCH_PARENT, MATCH_PARENT);
        }

        public LayoutParams(int type) {
            this();
            this.type = type;
        }

        public LayoutParams(int w, int h, int type, int flags, int format) {
            super(w, h);
            this.type = type;
            this.flags = flags;
            this.format = format;
        }

        @Override
        protected void describe(Map<String, Object> layout) {
            super.describe(layout);
            layout.put("layout_gravity", gravity);
            layout.put("margin", new int[] {x, y, 0, 0});
        }
    }

    Display getDefaultDisplay();

    void removeViewImmediate(View view);
}
