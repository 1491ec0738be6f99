package android.database;

import android.net.Uri;
import android.os.Handler;
import java.util.Collection;

public abstract class ContentObserver {
    private final Handler handler;

    public ContentObserver(Handler handler) {
        this.handler = handler;
    }

    public boolean deliverSelfNotifications() {
        return false;
    }

    public void onChange(boolean selfChange) {}

    public void onChange(boolean selfChange, Uri uri) {
        onChange(selfChange);
    }

    public void onChange(boolean selfChange, Uri uri, int flags) {
        onChange(selfChange, uri);
    }

    public void onChange(boolean selfChange, Collection<Uri> uris, int flags) {
        for (Uri uri : uris) onChange(selfChange, uri, flags);
    }

    public final void dispatchChange(boolean selfChange) {
        dispatchChange(selfChange, null);
    }

    public final void dispatchChange(boolean selfChange, Uri uri) {
        if (handler == null) onChange(selfChange, uri, 0);
        else handler.post(() -> onChange(selfChange, uri, 0));
    }
}
