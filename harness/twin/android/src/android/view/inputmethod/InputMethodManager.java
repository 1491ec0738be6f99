package android.view.inputmethod;

import android.content.Context;
import android.os.IBinder;
import android.view.View;

public final class InputMethodManager {
    public static final int SHOW_IMPLICIT = 1;
    public static final int HIDE_NOT_ALWAYS = 2;

    InputMethodManager(Context context) {}

    public boolean showSoftInput(View view, int flags) {
        return view.requestFocus();
    }

    public boolean hideSoftInputFromWindow(IBinder windowToken, int flags) {
        return true;
    }

    public boolean isActive() {
        return true;
    }
}
