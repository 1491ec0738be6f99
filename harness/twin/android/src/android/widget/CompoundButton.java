package android.widget;

import android.content.Context;
import android.content.res.ColorStateList;
import android.graphics.drawable.Drawable;
import android.view.Gravity;
import java.util.List;

public abstract class CompoundButton extends Button implements Checkable {
    private boolean checked;
    private OnCheckedChangeListener onChange;
    private OnCheckedChangeListener groupListener;

    public interface OnCheckedChangeListener {
        void onCheckedChanged(CompoundButton buttonView, boolean isChecked);
    }

    public CompoundButton(Context context) {
        super(context);
        setGravity(Gravity.CENTER_VERTICAL | Gravity.START);
    }

    @Override
    public boolean isChecked() {
        return checked;
    }

    @Override
    public void setChecked(boolean checked) {
        if (this.checked == checked) return;
        this.checked = checked;
        invalidate();
        if (onChange != null) onChange.onCheckedChanged(this, checked);
        if (groupListener != null) groupListener.onCheckedChanged(this, checked);
    }

    @Override
    public void toggle() {
        setChecked(!checked);
    }

    @Override
    public boolean performClick() {
        toggle();
        return super.performClick();
    }

    public void setOnCheckedChangeListener(OnCheckedChangeListener listener) {
        onChange = listener;
    }

    void setGroupListener(OnCheckedChangeListener listener) {
        groupListener = listener;
    }

    public void setButtonDrawable(Drawable drawable) {}

    public void setButtonTintList(ColorStateList tint) {}

    @Override
    protected void addFlags(List<String> flags) {
        super.addFlags(flags);
        flags.add("checkable");
        if (checked) flags.add("checked");
    }
}
