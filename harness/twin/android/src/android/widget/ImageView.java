package android.widget;

import android.content.Context;
import android.content.res.ColorStateList;
import android.graphics.Bitmap;
import android.graphics.drawable.Drawable;
import android.util.AttributeSet;
import android.view.View;
import java.util.Map;

public class ImageView extends View {
    private Drawable drawable;

    public enum ScaleType {
        MATRIX,
        FIT_XY,
        FIT_START,
        FIT_CENTER,
        FIT_END,
        CENTER,
        CENTER_CROP,
        CENTER_INSIDE
    }

    public ImageView(Context context) {
        super(context);
    }

    public ImageView(Context context, AttributeSet attrs) {
        super(context);
    }

    public ImageView(Context context, AttributeSet attrs, int defStyleAttr) {
        this(context, attrs);
    }

    public void setImageDrawable(Drawable drawable) {
        this.drawable = drawable;
        invalidate();
    }

    public Drawable getDrawable() {
        return drawable;
    }

    public void setImageResource(int resId) {}

    public void setScaleType(ScaleType scaleType) {}

    public void setImageBitmap(Bitmap bm) {}

    public void setAdjustViewBounds(boolean adjustViewBounds) {}

    public void setColorFilter(int color) {}

    public void setImageTintList(ColorStateList tint) {}

    public void setMaxWidth(int maxWidth) {}

    public void setMaxHeight(int maxHeight) {}

    @Override
    protected void describe(Map<String, Object> node, Map<String, Object> style) {
        if (drawable != null) drawable.describe(style);
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.ImageView";
    }
}
