package android.view;

import java.util.ArrayList;
import java.util.List;

/** Told after each time the system got the tree. */
public final class ViewTreeObserver {
    private final List<OnGlobalLayoutListener> layout = new ArrayList<>();
    private final List<OnPreDrawListener> preDraw = new ArrayList<>();

    public interface OnGlobalLayoutListener {
        void onGlobalLayout();
    }

    public interface OnPreDrawListener {
        boolean onPreDraw();
    }

    ViewTreeObserver() {}

    public boolean isAlive() {
        return true;
    }

    public void addOnGlobalLayoutListener(OnGlobalLayoutListener listener) {
        layout.add(listener);
    }

    public void removeOnGlobalLayoutListener(OnGlobalLayoutListener victim) {
        layout.remove(victim);
    }

    @Deprecated
    public void removeGlobalOnLayoutListener(OnGlobalLayoutListener victim) {
        removeOnGlobalLayoutListener(victim);
    }

    public void addOnPreDrawListener(OnPreDrawListener listener) {
        preDraw.add(listener);
    }

    public void removeOnPreDrawListener(OnPreDrawListener victim) {
        preDraw.remove(victim);
    }

    void takeOver(ViewTreeObserver other) {
        layout.addAll(other.layout);
        preDraw.addAll(other.preDraw);
    }

    void tell() {
        for (OnGlobalLayoutListener listener : new ArrayList<>(layout)) listener.onGlobalLayout();
        for (OnPreDrawListener listener : new ArrayList<>(preDraw)) listener.onPreDraw();
    }
}
