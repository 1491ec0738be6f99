package android.widget;

import android.content.Context;
import android.view.View;

public abstract class AdapterView<T extends Adapter> extends LinearLayout {
    public interface OnItemClickListener {
        void onItemClick(AdapterView<?> parent, View view, int position, long id);
    }

    public AdapterView(Context context) {
        super(context);
    }

    public abstract T getAdapter();

    public abstract void setAdapter(T adapter);

    public abstract void setOnItemClickListener(OnItemClickListener listener);

    public Object getItemAtPosition(int position) {
        return getAdapter().getItem(position);
    }

    public int getCount() {
        return getAdapter() == null ? 0 : getAdapter().getCount();
    }
}
