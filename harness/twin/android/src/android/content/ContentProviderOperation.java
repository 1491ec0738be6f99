package android.content;

import android.net.Uri;
import java.util.LinkedHashMap;
import java.util.Map;

public class ContentProviderOperation {
    private final String kind;
    private final Uri uri;
    private final ContentValues values;
    private final Map<String, Integer> references;
    private final String selection;
    private final String[] selectionArgs;

    private ContentProviderOperation(Builder builder) {
        kind = builder.kind;
        uri = builder.uri;
        values = builder.values;
        references = builder.references;
        selection = builder.selection;
        selectionArgs = builder.selectionArgs;
    }

    public static Builder newInsert(Uri uri) {
        return new Builder("insert", uri);
    }

    public static Builder newUpdate(Uri uri) {
        return new Builder("update", uri);
    }

    public static Builder newDelete(Uri uri) {
        return new Builder("delete", uri);
    }

    public Uri getUri() {
        return uri;
    }

    public boolean isInsert() {
        return kind.equals("insert");
    }

    public boolean isUpdate() {
        return kind.equals("update");
    }

    public boolean isDelete() {
        return kind.equals("delete");
    }

    ContentProviderResult apply(ContentResolver resolver, ContentProviderResult[] earlier) throws OperationApplicationException {
        for (Map.Entry<String, Integer> reference : references.entrySet()) {
            ContentProviderResult result = earlier[reference.getValue()];
            values.put(reference.getKey(), result.uri == null ? (long) result.count : ContentUris.parseId(result.uri));
        }
        if (isInsert()) {
            Uri inserted = resolver.insert(uri, values);
            if (inserted == null) throw new OperationApplicationException("Insert into " + uri + " returned no result");
            return new ContentProviderResult(inserted);
        }
        return new ContentProviderResult(isUpdate()
                ? resolver.update(uri, values, selection, selectionArgs)
                : resolver.delete(uri, selection, selectionArgs));
    }

    public static class Builder {
        private final String kind;
        private final Uri uri;
        private final ContentValues values = new ContentValues();
        private final Map<String, Integer> references = new LinkedHashMap<>();
        private String selection;
        private String[] selectionArgs;

        private Builder(String kind, Uri uri) {
            this.kind = kind;
            this.uri = uri;
        }

        public Builder withValue(String key, Object value) {
            if (value == null) values.putNull(key);
            else if (value instanceof Integer) values.put(key, (Integer) value);
            else if (value instanceof Long) values.put(key, (Long) value);
            else if (value instanceof Boolean) values.put(key, (Boolean) value);
            else if (value instanceof Double) values.put(key, (Double) value);
            else if (value instanceof byte[]) values.put(key, (byte[]) value);
            else values.put(key, value.toString());
            return this;
        }

        public Builder withValues(ContentValues values) {
            this.values.putAll(values);
            return this;
        }

        public Builder withValueBackReference(String key, int previousResult) {
            references.put(key, previousResult);
            return this;
        }

        public Builder withSelection(String selection, String[] selectionArgs) {
            this.selection = selection;
            this.selectionArgs = selectionArgs;
            return this;
        }

        public ContentProviderOperation build() {
            return new ContentProviderOperation(this);
        }
    }
}
