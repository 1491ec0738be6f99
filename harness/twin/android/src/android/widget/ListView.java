package android.widget;

import android.content.Context;
import android.database.DataSetObserver;
import android.util.AttributeSet;
import android.view.View;
import java.util.List;

/** Rows of an adapter. The twin makes the first 200 at once instead of those in view. */
public class ListView extends AdapterView<ListAdapter> {
    private static final int MAX_ROWS = 200;
    private ListAdapter adapter;
    private OnItemClickListener onClick;
    private final DataSetObserver observer = new DataSetObserver() {
        @Override
        public void onChanged() {
            fill();
        }
    };

    public ListView(Context context) {
        super(context);
        setOrientation(VERTICAL);
    }

    public ListView(Context context, AttributeSet attrs) {
        this(context);
    }

    @Override
    public ListAdapter getAdapter() {
        return adapter;
    }

    @Override
    public void setAdapter(ListAdapter adapter) {
        if (this.adapter != null) this.adapter.unregisterDataSetObserver(observer);
        this.adapter = adapter;
        if (adapter != null) adapter.registerDataSetObserver(observer);
        fill();
    }

    @Override
    public void setOnItemClickListener(OnItemClickListener listener) {
        onClick = listener;
        fill();
    }

    private void fill() {
        removeAllViews();
        for (int i = 0; adapter != null && i < Math.min(MAX_ROWS, adapter.getCount()); i++) {
            int position = i;
            View row = adapter.getView(i, null, this);
            if (onClick != null && adapter.isEnabled(i)) {
                row.setOnClickListener(view -> onClick.onItemClick(this, row, position, adapter.getItemId(position)));
            }
            addView(row);
        }
    }

    @Override
    protected void addFlags(List<String> flags) {
        super.addFlags(flags);
        flags.add("scrollable");
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.ListView";
    }
}
