package android.widget;

import android.content.Context;
import android.util.AttributeSet;
import android.view.View;

public class RadioGroup extends LinearLayout {
    private int checkedId = View.NO_ID;
    private boolean moving;
    private OnCheckedChangeListener onChange;

    public interface OnCheckedChangeListener {
        void onCheckedChanged(RadioGroup group, int checkedId);
    }

    public RadioGroup(Context context) {
        super(context);
        setOrientation(VERTICAL);
    }

    public RadioGroup(Context context, AttributeSet attrs) {
        this(context);
    }

    @Override
    public void onViewAdded(View child) {
        if (!(child instanceof RadioButton)) return;
        RadioButton button = (RadioButton) child;
        if (button.getId() == View.NO_ID) button.setId(View.generateViewId());
        button.setGroupListener((changed, checked) -> {
            if (!moving && checked) check(changed.getId());
        });
        if (button.isChecked()) check(button.getId());
    }

    public void check(int id) {
        moving = true;
        for (int i = 0; i < getChildCount(); i++) {
            View child = getChildAt(i);
            if (child instanceof RadioButton) ((RadioButton) child).setChecked(child.getId() == id);
        }
        moving = false;
        if (checkedId == id) return;
        checkedId = id;
        if (onChange != null) onChange.onCheckedChanged(this, id);
    }

    public void clearCheck() {
        check(View.NO_ID);
    }

    public int getCheckedRadioButtonId() {
        return checkedId;
    }

    public void setOnCheckedChangeListener(OnCheckedChangeListener listener) {
        onChange = listener;
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.RadioGroup";
    }
}
