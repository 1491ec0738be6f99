package android.content;

import android.content.pm.ProviderInfo;
import android.content.res.Configuration;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import android.os.ParcelFileDescriptor;
import java.io.FileNotFoundException;

public abstract class ContentProvider implements ComponentCallbacks2 {
    private Context mContext;

    public ContentProvider() {}

    public final Context getContext() {
        return mContext;
    }

    public final Context requireContext() {
        if (mContext == null) throw new IllegalStateException("Cannot find context from the provider.");
        return mContext;
    }

    public final String getCallingPackage() {
        return mContext == null ? null : mContext.getPackageName();
    }

    public void attachInfo(Context context, ProviderInfo info) {
        if (mContext != null) return;
        mContext = context;
        onCreate();
    }

    public abstract boolean onCreate();

    public abstract Cursor query(Uri uri, String[] projection, String selection, String[] selectionArgs, String sortOrder);

    public Cursor query(
            Uri uri, String[] projection, String selection, String[] selectionArgs, String sortOrder,
            android.os.CancellationSignal cancellationSignal) {
        return query(uri, projection, selection, selectionArgs, sortOrder);
    }

    public abstract String getType(Uri uri);

    public abstract Uri insert(Uri uri, ContentValues values);

    public int bulkInsert(Uri uri, ContentValues[] values) {
        for (ContentValues value : values) insert(uri, value);
        return values.length;
    }

    public abstract int delete(Uri uri, String selection, String[] selectionArgs);

    public abstract int update(Uri uri, ContentValues values, String selection, String[] selectionArgs);

    public Bundle call(String method, String arg, Bundle extras) {
        return null;
    }

    public ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException {
        throw new FileNotFoundException("No files supported by provider at " + uri);
    }

    public void shutdown() {}

    @Override
    public void onConfigurationChanged(Configuration newConfig) {}

    @Override
    public void onLowMemory() {}

    @Override
    public void onTrimMemory(int level) {}
}
