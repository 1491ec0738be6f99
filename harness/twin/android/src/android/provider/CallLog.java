package android.provider;

import android.content.ContentResolver;
import android.content.Context;
import android.database.Cursor;
import android.net.Uri;

public class CallLog {
    public static final String AUTHORITY = "call_log";
    public static final Uri CONTENT_URI = Uri.parse("content://call_log");

    public CallLog() {}

    public static class Calls implements BaseColumns {
        public static final Uri CONTENT_URI = Uri.parse("content://call_log/calls");
        public static final Uri CONTENT_FILTER_URI = Uri.parse("content://call_log/calls/filter");
        public static final String CONTENT_TYPE = "vnd.android.cursor.dir/calls";
        public static final String DEFAULT_SORT_ORDER = "date DESC";
        public static final String NUMBER = "number";
        public static final String CACHED_NAME = "name";
        public static final String TYPE = "type";
        public static final String DATE = "date";
        public static final String DURATION = "duration";
        public static final String NEW = "new";
        public static final String COUNTRY_ISO = "countryiso";
        public static final String GEOCODED_LOCATION = "geocoded_location";
        public static final int INCOMING_TYPE = 1;
        public static final int OUTGOING_TYPE = 2;
        public static final int MISSED_TYPE = 3;

        public Calls() {}

        public static String getLastOutgoingCall(Context context) {
            ContentResolver resolver = context.getContentResolver();
            try (Cursor cursor = resolver.query(CONTENT_URI, new String[] {NUMBER}, TYPE + " = " + OUTGOING_TYPE, null,
                    DEFAULT_SORT_ORDER + " LIMIT 1")) {
                return cursor == null || !cursor.moveToFirst() ? "" : cursor.getString(0);
            }
        }
    }
}
