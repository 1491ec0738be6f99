package android.widget;

import android.content.Context;
import android.view.View;
import android.view.ViewGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

public class ArrayAdapter<T> extends BaseAdapter {
    private final Context context;
    private final List<T> items;

    public ArrayAdapter(Context context, int resource) {
        this(context, resource, new ArrayList<>());
    }

    public ArrayAdapter(Context context, int resource, T[] objects) {
        this(context, resource, new ArrayList<>(Arrays.asList(objects)));
    }

    public ArrayAdapter(Context context, int resource, List<T> objects) {
        this.context = context;
        items = objects;
    }

    public Context getContext() {
        return context;
    }

    public void add(T object) {
        items.add(object);
        notifyDataSetChanged();
    }

    public void addAll(Collection<? extends T> collection) {
        items.addAll(collection);
        notifyDataSetChanged();
    }

    public void clear() {
        items.clear();
        notifyDataSetChanged();
    }

    @Override
    public int getCount() {
        return items.size();
    }

    @Override
    public T getItem(int position) {
        return items.get(position);
    }

    @Override
    public long getItemId(int position) {
        return position;
    }

    @Override
    public View getView(int position, View convertView, ViewGroup parent) {
        TextView row = convertView instanceof TextView ? (TextView) convertView : new TextView(context);
        T item = getItem(position);
        row.setId(android.R.id.text1);
        row.setText(item instanceof CharSequence ? (CharSequence) item : String.valueOf(item));
        row.setTextSize(16);
        row.setPadding(42, 32, 42, 32);
        return row;
    }
}
