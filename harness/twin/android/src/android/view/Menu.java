package android.view;

public interface Menu {
    int NONE = 0;

    MenuItem add(CharSequence title);

    MenuItem add(int groupId, int itemId, int order, CharSequence title);

    int size();
}
