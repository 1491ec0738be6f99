package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.View;

public class ProgressBar extends View {
    private int progress;
    private int max = 100;

    public ProgressBar(Context context) {
        super(context);
    }

    public ProgressBar(Context context, AttributeSet attrs, int defStyleAttr) {
        super(context);
    }

    public void setProgress(int progress) {
        this.progress = Math.max(0, Math.min(max, progress));
        invalidate();
    }

    public int getProgress() {
        return progress;
    }

    public void setMax(int max) {
        this.max = max;
    }

    public int getMax() {
        return max;
    }

    public void setIndeterminate(boolean indeterminate) {}

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.ProgressBar";
    }
}
