package android.content;

import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.os.Bundle;
import android.os.ParcelFileDescriptor;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twin.Binder;

/** One content provider as its clients reach it: in this process, or behind the binder channel. */
interface ProviderDoor {
    Cursor query(Uri uri, String[] projection, String selection, String[] selectionArgs, String sortOrder);
    String getType(Uri uri);
    Uri insert(Uri uri, ContentValues values);
    int update(Uri uri, ContentValues values, String selection, String[] selectionArgs);
    int delete(Uri uri, String selection, String[] selectionArgs);
    Bundle call(String authority, String method, String arg, Bundle extras);
    ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException;

    /** A provider that runs in this process. */
    final class Local implements ProviderDoor {
        private final ContentProvider provider;

        Local(ContentProvider provider) {
            this.provider = provider;
        }

        @Override
        public Cursor query(Uri uri, String[] projection, String selection, String[] selectionArgs, String sortOrder) {
            return provider.query(uri, projection, selection, selectionArgs, sortOrder);
        }

        @Override
        public String getType(Uri uri) {
            return provider.getType(uri);
        }

        @Override
        public Uri insert(Uri uri, ContentValues values) {
            return provider.insert(uri, values);
        }

        @Override
        public int update(Uri uri, ContentValues values, String selection, String[] selectionArgs) {
            return provider.update(uri, values, selection, selectionArgs);
        }

        @Override
        public int delete(Uri uri, String selection, String[] selectionArgs) {
            return provider.delete(uri, selection, selectionArgs);
        }

        @Override
        public Bundle call(String authority, String method, String arg, Bundle extras) {
            return provider.call(method, arg, extras);
        }

        @Override
        public ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException {
            return provider.openFile(uri, mode);
        }
    }

    /** A provider of the system. */
    final class System implements ProviderDoor {
        @Override
        public Cursor query(Uri uri, String[] projection, String selection, String[] selectionArgs, String sortOrder) {
            Map<?, ?> found = (Map<?, ?>) Binder.call(
                    "content.query", uri.toString(), list(projection), selection, list(selectionArgs), sortOrder);
            if (found == null) return null;
            List<?> rows = (List<?>) found.get("rows");
            MatrixCursor cursor = new MatrixCursor(((List<?>) found.get("columns")).toArray(new String[0]), rows.size());
            for (Object row : rows) cursor.addRow(((List<?>) row).toArray());
            return cursor;
        }

        @Override
        public String getType(Uri uri) {
            return (String) Binder.call("content.type", uri.toString());
        }

        @Override
        public Uri insert(Uri uri, ContentValues values) {
            String inserted = (String) Binder.call("content.insert", uri.toString(), plain(values));
            return inserted == null ? null : Uri.parse(inserted);
        }

        @Override
        public int update(Uri uri, ContentValues values, String selection, String[] selectionArgs) {
            return ((Number) Binder.call("content.update", uri.toString(), plain(values), selection, list(selectionArgs))).intValue();
        }

        @Override
        public int delete(Uri uri, String selection, String[] selectionArgs) {
            return ((Number) Binder.call("content.delete", uri.toString(), selection, list(selectionArgs))).intValue();
        }

        @Override
        public Bundle call(String authority, String method, String arg, Bundle extras) {
            Map<String, Object> given = new LinkedHashMap<>();
            if (extras != null) for (String key : extras.keySet()) given.put(key, extras.getString(key));
            Map<?, ?> answer = (Map<?, ?>) Binder.call("content.call", authority, method, arg, given);
            if (answer == null) return null;
            Bundle bundle = new Bundle();
            for (Map.Entry<?, ?> entry : answer.entrySet()) bundle.putString((String) entry.getKey(), (String) entry.getValue());
            return bundle;
        }

        @Override
        public ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException {
            String bytes = mode.equals("r") ? (String) Binder.call("content.read", uri.toString()) : null;
            if (bytes == null) throw new FileNotFoundException("open failed: EACCES (Permission denied): " + uri);
            File copy = null;
            try {
                copy = File.createTempFile("opened", null);
                Files.write(copy.toPath(), Base64.getDecoder().decode(bytes));
                return ParcelFileDescriptor.open(copy, ParcelFileDescriptor.MODE_READ_ONLY);
            } catch (IOException e) {
                throw new FileNotFoundException(e.getMessage());
            } finally {
                // The descriptor keeps it readable.
                if (copy != null) copy.delete();
            }
        }

        private static List<String> list(String[] values) {
            return values == null ? null : Arrays.asList(values);
        }

        private static Map<String, Object> plain(ContentValues values) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, Object> entry : values.valueSet()) {
                Object value = entry.getValue();
                map.put(entry.getKey(), value instanceof byte[] ? Base64.getEncoder().encodeToString((byte[]) value) : value);
            }
            return map;
        }
    }
}
