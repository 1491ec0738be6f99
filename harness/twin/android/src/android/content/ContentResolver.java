package android.content;

import android.content.res.AssetFileDescriptor;
import android.database.ContentObserver;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import android.os.CancellationSignal;
import android.os.ParcelFileDescriptor;
import android.os.RemoteException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The way to content providers. {@link ApplicationContentResolver} knows which of them is where. */
public abstract class ContentResolver {
    public static final String SCHEME_CONTENT = "content";
    public static final String SCHEME_ANDROID_RESOURCE = "android.resource";
    public static final String SCHEME_FILE = "file";
    public static final String CURSOR_ITEM_BASE_TYPE = "vnd.android.cursor.item";
    public static final String CURSOR_DIR_BASE_TYPE = "vnd.android.cursor.dir";
    public static final String QUERY_ARG_SQL_SELECTION = "android:query-arg-sql-selection";
    public static final String QUERY_ARG_SQL_SELECTION_ARGS = "android:query-arg-sql-selection-args";
    public static final String QUERY_ARG_SQL_SORT_ORDER = "android:query-arg-sql-sort-order";
    public static final String QUERY_ARG_SQL_LIMIT = "android:query-arg-sql-limit";
    public static final String QUERY_ARG_LIMIT = "android:query-arg-limit";
    public static final String QUERY_ARG_SORT_COLUMNS = "android:query-arg-sort-columns";
    public static final int NOTIFY_SYNC_TO_NETWORK = 1;

    private final Context context;

    public ContentResolver(Context context) {
        this.context = context;
    }

    final Context context() {
        return context;
    }

    /** The provider of an authority as seen from this process, or null when there is none. */
    abstract ProviderDoor door(Uri uri);

    public final Cursor query(Uri uri, String[] projection, String selection, String[] selectionArgs, String sortOrder) {
        return query(uri, projection, selection, selectionArgs, sortOrder, null);
    }

    public final Cursor query(
            Uri uri, String[] projection, String selection, String[] selectionArgs, String sortOrder,
            CancellationSignal cancellationSignal) {
        ProviderDoor door = door(Objects.requireNonNull(uri, "uri"));
        return door == null ? null : door.query(uri, projection, selection, selectionArgs, sortOrder);
    }

    public final Cursor query(Uri uri, String[] projection, Bundle queryArgs, CancellationSignal cancellationSignal) {
        if (queryArgs == null) return query(uri, projection, null, null, null, cancellationSignal);
        String order = queryArgs.getString(QUERY_ARG_SQL_SORT_ORDER);
        String[] columns = queryArgs.getStringArray(QUERY_ARG_SORT_COLUMNS);
        if (order == null && columns != null) order = String.join(", ", columns);
        String limit = queryArgs.getString(QUERY_ARG_SQL_LIMIT);
        if (limit == null && queryArgs.containsKey(QUERY_ARG_LIMIT)) limit = String.valueOf(queryArgs.getInt(QUERY_ARG_LIMIT));
        if (limit != null) order = (order == null ? "1" : order) + " LIMIT " + limit;
        return query(uri, projection, queryArgs.getString(QUERY_ARG_SQL_SELECTION),
                queryArgs.getStringArray(QUERY_ARG_SQL_SELECTION_ARGS), order, cancellationSignal);
    }

    public final String getType(Uri url) {
        ProviderDoor door = door(url);
        return door == null ? null : door.getType(url);
    }

    public final Uri insert(Uri url, ContentValues values) {
        return needDoor(url).insert(url, values == null ? new ContentValues() : values);
    }

    public final int bulkInsert(Uri url, ContentValues[] values) {
        ProviderDoor door = needDoor(url);
        for (ContentValues each : values) door.insert(url, each);
        return values.length;
    }

    public final int update(Uri uri, ContentValues values, String where, String[] selectionArgs) {
        return needDoor(uri).update(uri, values, where, selectionArgs);
    }

    public final int delete(Uri url, String where, String[] selectionArgs) {
        return needDoor(url).delete(url, where, selectionArgs);
    }

    public final Bundle call(Uri uri, String method, String arg, Bundle extras) {
        return call(uri.getAuthority(), method, arg, extras);
    }

    public final Bundle call(String authority, String method, String arg, Bundle extras) {
        Uri uri = Uri.parse("content://" + Objects.requireNonNull(authority, "authority"));
        ProviderDoor door = door(uri);
        if (door == null) throw new IllegalArgumentException("Unknown authority " + authority);
        return door.call(authority, Objects.requireNonNull(method, "method"), arg, extras);
    }

    public ContentProviderResult[] applyBatch(String authority, ArrayList<ContentProviderOperation> operations)
            throws RemoteException, OperationApplicationException {
        List<ContentProviderResult> results = new ArrayList<>();
        for (ContentProviderOperation operation : operations) {
            results.add(operation.apply(this, results.toArray(new ContentProviderResult[0])));
        }
        return results.toArray(new ContentProviderResult[0]);
    }

    public final ContentProviderClient acquireContentProviderClient(Uri uri) {
        return door(uri) == null ? null : new ContentProviderClient(this, uri.getAuthority());
    }

    public final ContentProviderClient acquireContentProviderClient(String name) {
        return acquireContentProviderClient(Uri.parse("content://" + name));
    }

    public final InputStream openInputStream(Uri uri) throws FileNotFoundException {
        if (SCHEME_FILE.equals(uri.getScheme())) return new FileInputStream(uri.getPath());
        return new ParcelFileDescriptor.AutoCloseInputStream(openFileDescriptor(uri, "r"));
    }

    public final OutputStream openOutputStream(Uri uri) throws FileNotFoundException {
        return openOutputStream(uri, "w");
    }

    public final OutputStream openOutputStream(Uri uri, String mode) throws FileNotFoundException {
        if (SCHEME_FILE.equals(uri.getScheme())) return new FileOutputStream(uri.getPath(), mode.contains("a"));
        return new ParcelFileDescriptor.AutoCloseOutputStream(openFileDescriptor(uri, mode));
    }

    public final ParcelFileDescriptor openFileDescriptor(Uri uri, String mode) throws FileNotFoundException {
        if (SCHEME_FILE.equals(uri.getScheme())) {
            return ParcelFileDescriptor.open(new File(uri.getPath()), ParcelFileDescriptor.parseMode(mode));
        }
        ProviderDoor door = SCHEME_CONTENT.equals(uri.getScheme()) ? door(uri) : null;
        if (door == null) throw new FileNotFoundException("No content provider: " + uri);
        ParcelFileDescriptor file = door.openFile(uri, mode);
        if (file == null) throw new FileNotFoundException(uri.toString());
        return file;
    }

    public final ParcelFileDescriptor openFile(Uri uri, String mode, CancellationSignal signal) throws FileNotFoundException {
        return openFileDescriptor(uri, mode);
    }

    public final AssetFileDescriptor openAssetFileDescriptor(Uri uri, String mode) throws FileNotFoundException {
        return openAssetFileDescriptor(uri, mode, null);
    }

    public final AssetFileDescriptor openAssetFileDescriptor(Uri uri, String mode, CancellationSignal signal)
            throws FileNotFoundException {
        return new AssetFileDescriptor(openFileDescriptor(uri, mode), 0, AssetFileDescriptor.UNKNOWN_LENGTH);
    }

    public final AssetFileDescriptor openTypedAssetFileDescriptor(Uri uri, String mimeType, Bundle opts)
            throws FileNotFoundException {
        return openTypedAssetFileDescriptor(uri, mimeType, opts, null);
    }

    public final AssetFileDescriptor openTypedAssetFileDescriptor(
            Uri uri, String mimeType, Bundle opts, CancellationSignal signal) throws FileNotFoundException {
        return openAssetFileDescriptor(uri, "r", signal);
    }

    public final void registerContentObserver(Uri uri, boolean notifyForDescendants, ContentObserver observer) {
        Observers.add(uri, notifyForDescendants, observer);
    }

    public final void unregisterContentObserver(ContentObserver observer) {
        Observers.remove(observer);
    }

    public void notifyChange(Uri uri, ContentObserver observer) {
        notifyChange(uri, observer, NOTIFY_SYNC_TO_NETWORK);
    }

    public void notifyChange(Uri uri, ContentObserver observer, int flags) {
        twin.Binder.call("content.notify", uri.toString());
    }

    public void notifyChange(Collection<Uri> uris, ContentObserver observer, int flags) {
        for (Uri uri : uris) notifyChange(uri, observer, flags);
    }

    public void takePersistableUriPermission(Uri uri, int modeFlags) {
        throw new SecurityException("No persistable permission grants found for UID " + android.os.Process.myUid()
                + " and Uri " + uri);
    }

    private ProviderDoor needDoor(Uri uri) {
        ProviderDoor door = door(uri);
        if (door == null) throw new IllegalArgumentException("Unknown URL " + uri);
        return door;
    }
}
