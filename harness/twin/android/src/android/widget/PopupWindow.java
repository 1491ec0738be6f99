package android.widget;

import android.content.Context;
import android.graphics.drawable.Drawable;
import android.view.KeyEvent;
import android.view.View;
import android.view.ViewRootImpl;
import android.view.WindowManager;
import java.util.HashMap;
import java.util.Map;

public class PopupWindow {
    private View content;
    private int width;
    private int height;
    private boolean outsideTouchable;
    private boolean focusable;
    private ViewRootImpl root;
    private OnDismissListener onDismiss;

    public interface OnDismissListener {
        void onDismiss();
    }

    public PopupWindow(Context context) {}

    public PopupWindow(View contentView, int width, int height) {
        this(contentView, width, height, false);
    }

    public PopupWindow(View contentView, int width, int height, boolean focusable) {
        content = contentView;
        this.width = width;
        this.height = height;
        this.focusable = focusable;
    }

    public void setContentView(View contentView) {
        content = contentView;
    }

    public View getContentView() {
        return content;
    }

    public void setWidth(int width) {
        this.width = width;
    }

    public void setHeight(int height) {
        this.height = height;
    }

    public void setFocusable(boolean focusable) {
        this.focusable = focusable;
    }

    public void setOutsideTouchable(boolean touchable) {
        outsideTouchable = touchable;
    }

    public void setBackgroundDrawable(Drawable background) {
        if (content != null) content.setBackground(background);
    }

    public void setOnDismissListener(OnDismissListener onDismissListener) {
        onDismiss = onDismissListener;
    }

    public boolean isShowing() {
        return root != null;
    }

    public void showAtLocation(View parent, int gravity, int x, int y) {
        show(gravity, x, y);
    }

    public void showAsDropDown(View anchor) {
        int[] place = new int[2];
        anchor.getLocationOnScreen(place);
        show(0, place[0], place[1] + anchor.getHeight());
    }

    private void show(int gravity, int x, int y) {
        if (root != null || content == null) return;
        WindowManager.LayoutParams params = new WindowManager.LayoutParams(WindowManager.LayoutParams.TYPE_APPLICATION_PANEL);
        params.width = width;
        params.height = height;
        params.gravity = gravity;
        params.x = x;
        params.y = y;
        content.setLayoutParams(params);
        root = new ViewRootImpl(new Shown(), content);
    }

    public void dismiss() {
        if (root == null) return;
        root.close();
        root = null;
        if (onDismiss != null) onDismiss.onDismiss();
    }

    private final class Shown implements ViewRootImpl.Owner {
        @Override
        public Map<String, Object> facts() {
            Map<String, Object> facts = new HashMap<>();
            facts.put("kind", focusable ? "dialog" : "popup");
            facts.put("title", "PopupWindow");
            facts.put("cancelable", outsideTouchable || focusable);
            return facts;
        }

        @Override
        public View content() {
            return content;
        }

        @Override
        public boolean dispatchKey(KeyEvent event) {
            if (event.getKeyCode() != KeyEvent.KEYCODE_BACK || !focusable) return false;
            if (event.getAction() == KeyEvent.ACTION_UP) dismiss();
            return true;
        }

        @Override
        public void outside() {
            if (outsideTouchable || focusable) dismiss();
        }
    }
}
