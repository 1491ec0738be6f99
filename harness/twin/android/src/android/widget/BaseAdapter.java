package android.widget;

import android.database.DataSetObserver;
import java.util.ArrayList;
import java.util.List;

public abstract class BaseAdapter implements ListAdapter {
    private final List<DataSetObserver> observers = new ArrayList<>();

    @Override
    public void registerDataSetObserver(DataSetObserver observer) {
        observers.add(observer);
    }

    @Override
    public void unregisterDataSetObserver(DataSetObserver observer) {
        observers.remove(observer);
    }

    public void notifyDataSetChanged() {
        for (DataSetObserver observer : new ArrayList<>(observers)) observer.onChanged();
    }

    @Override
    public boolean isEnabled(int position) {
        return true;
    }

    public boolean isEmpty() {
        return getCount() == 0;
    }
}
