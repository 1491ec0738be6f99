package android.widget;

import android.content.Context;
import android.os.Looper;
import twin.Binder;

public class Toast {
    public static final int LENGTH_SHORT = 0;
    public static final int LENGTH_LONG = 1;

    private CharSequence text = "";
    private int duration;

    public Toast(Context context) {
        if (Looper.myLooper() == null) {
            throw new NullPointerException("Can't toast on a thread that has not called Looper.prepare()");
        }
    }

    public static Toast makeText(Context context, CharSequence text, int duration) {
        Toast toast = new Toast(context);
        toast.text = text == null ? "" : text;
        toast.duration = duration;
        return toast;
    }

    public static Toast makeText(Context context, int resId, int duration) {
        return makeText(context, context.getText(resId), duration);
    }

    public void setText(CharSequence s) {
        text = s;
    }

    public void setDuration(int duration) {
        this.duration = duration;
    }

    public void setGravity(int gravity, int xOffset, int yOffset) {}

    public void show() {
        Binder.call("toast.show", text.toString(), duration == LENGTH_LONG ? 3500 : 2000);
    }

    public void cancel() {}

    public int getDuration() {
        return duration;
    }
}
