package android.content;

import android.database.ContentObserver;
import android.net.Uri;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import twin.Events;

/** The content observers of this process, told by the system's `content.changed` events. */
final class Observers {
    private static final class Watch {
        final Uri uri;
        final boolean descendants;
        final ContentObserver observer;

        Watch(Uri uri, boolean descendants, ContentObserver observer) {
            this.uri = uri;
            this.descendants = descendants;
            this.observer = observer;
        }

        /** A change of a parent concerns its children too, as on Android. */
        boolean concerns(Uri changed) {
            String mine = uri.toString();
            String theirs = changed.toString();
            return mine.equals(theirs) || mine.startsWith(theirs + "/") || descendants && theirs.startsWith(mine + "/");
        }
    }

    private static final List<Watch> watches = new CopyOnWriteArrayList<>();

    static {
        Events.on("content.changed", args -> changed(Uri.parse((String) args.get("uri"))));
    }

    private Observers() {}

    static void add(Uri uri, boolean descendants, ContentObserver observer) {
        watches.add(new Watch(uri, descendants, observer));
    }

    static void remove(ContentObserver observer) {
        watches.removeIf(watch -> watch.observer == observer);
    }

    private static void changed(Uri uri) {
        for (Watch watch : watches) {
            if (watch.concerns(uri)) watch.observer.dispatchChange(false, uri);
        }
    }
}
