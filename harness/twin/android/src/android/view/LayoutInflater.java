package android.view;

import android.content.Context;
import android.content.res.Resources;

/** Apps for the twin have no layout resources, so there is nothing to inflate. */
public class LayoutInflater {
    private final Context context;

    LayoutInflater(Context context) {
        this.context = context;
    }

    public static LayoutInflater from(Context context) {
        return (LayoutInflater) context.getSystemService(Context.LAYOUT_INFLATER_SERVICE);
    }

    public Context getContext() {
        return context;
    }

    public View inflate(int resource, ViewGroup root) {
        throw new Resources.NotFoundException("Resource ID #0x" + Integer.toHexString(resource));
    }

    public View inflate(int resource, ViewGroup root, boolean attachToRoot) {
        return inflate(resource, root);
    }
}
