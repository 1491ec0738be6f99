package android.content;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

public class IntentFilter {
    public static final int SYSTEM_HIGH_PRIORITY = 1000;
    public static final int SYSTEM_LOW_PRIORITY = -1000;

    private final List<String> actions = new ArrayList<>();
    private final List<String> categories = new ArrayList<>();
    private final List<String> schemes = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private int priority;

    public static class MalformedMimeTypeException extends android.util.AndroidException {
        public MalformedMimeTypeException() {}

        public MalformedMimeTypeException(String name) {
            super(name);
        }
    }

    public IntentFilter() {}

    public IntentFilter(String action) {
        addAction(action);
    }

    public final void setPriority(int priority) {
        this.priority = priority;
    }

    public final int getPriority() {
        return priority;
    }

    public final void addAction(String action) {
        if (!actions.contains(action)) actions.add(action);
    }

    public final int countActions() {
        return actions.size();
    }

    public final String getAction(int index) {
        return actions.get(index);
    }

    public final boolean hasAction(String action) {
        return action != null && actions.contains(action);
    }

    public final boolean matchAction(String action) {
        return hasAction(action);
    }

    public final Iterator<String> actionsIterator() {
        return actions.iterator();
    }

    public final void addCategory(String category) {
        if (!categories.contains(category)) categories.add(category);
    }

    public final boolean hasCategory(String category) {
        return categories.contains(category);
    }

    public final int countCategories() {
        return categories.size();
    }

    public final void addDataScheme(String scheme) {
        if (!schemes.contains(scheme)) schemes.add(scheme);
    }

    public final boolean hasDataScheme(String scheme) {
        return schemes.contains(scheme);
    }

    public final void addDataType(String type) throws MalformedMimeTypeException {
        int slash = type.indexOf('/');
        if (slash <= 0 || slash + 1 >= type.length()) throw new MalformedMimeTypeException(type);
        if (!types.contains(type)) types.add(type);
    }
}
