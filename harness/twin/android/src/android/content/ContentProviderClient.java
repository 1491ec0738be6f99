package android.content;

import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import android.os.RemoteException;

/** A hold on one provider, which on a twin is its resolver's. */
public class ContentProviderClient implements AutoCloseable {
    private final ContentResolver resolver;
    private final String authority;

    ContentProviderClient(ContentResolver resolver, String authority) {
        this.resolver = resolver;
        this.authority = authority;
    }

    public Cursor query(Uri url, String[] projection, String selection, String[] selectionArgs, String sortOrder)
            throws RemoteException {
        ProviderDoor door = resolver.door(url);
        return door == null ? null : door.query(url, projection, selection, selectionArgs, sortOrder);
    }

    public Uri insert(Uri url, ContentValues initialValues) throws RemoteException {
        return resolver.insert(url, initialValues);
    }

    public int update(Uri url, ContentValues values, String selection, String[] selectionArgs) throws RemoteException {
        return resolver.update(url, values, selection, selectionArgs);
    }

    public int delete(Uri url, String selection, String[] selectionArgs) throws RemoteException {
        return resolver.delete(url, selection, selectionArgs);
    }

    public String getType(Uri url) throws RemoteException {
        return resolver.getType(url);
    }

    public Bundle call(String method, String arg, Bundle extras) throws RemoteException {
        return resolver.call(authority, method, arg, extras);
    }

    @Deprecated
    public boolean release() {
        return true;
    }

    @Override
    public void close() {}
}
