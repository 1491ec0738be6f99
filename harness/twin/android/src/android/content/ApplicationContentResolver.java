package android.content;

import android.app.ActivityThread;
import android.net.Uri;
import twin.Binder;

/** Finds a provider by authority: first among those that run in this process, then among the system's. */
public final class ApplicationContentResolver extends ContentResolver {
    private static final ProviderDoor SYSTEM = new ProviderDoor.System();

    public ApplicationContentResolver(Context context) {
        super(context);
    }

    @Override
    ProviderDoor door(Uri uri) {
        String authority = uri.getAuthority();
        if (!SCHEME_CONTENT.equals(uri.getScheme()) || authority == null) return null;
        ActivityThread thread = ActivityThread.currentActivityThread();
        ContentProvider own = thread == null ? null : thread.providerFor(authority);
        if (own != null) return new ProviderDoor.Local(own);
        if (Boolean.TRUE.equals(Binder.call("content.serves", authority))) return SYSTEM;
        Binder.log("E", "ActivityThread", "Failed to find provider info for " + authority);
        return null;
    }
}
