package android.provider;

import android.content.ContentResolver;
import android.content.ContentUris;
import android.database.Cursor;
import android.net.Uri;

public final class CalendarContract {
    public static final String AUTHORITY = "com.android.calendar";
    public static final Uri CONTENT_URI = Uri.parse("content://com.android.calendar");
    public static final String ACCOUNT_TYPE_LOCAL = "LOCAL";
    public static final String CALLER_IS_SYNCADAPTER = "caller_is_syncadapter";
    public static final String EXTRA_EVENT_BEGIN_TIME = "beginTime";
    public static final String EXTRA_EVENT_END_TIME = "endTime";

    private CalendarContract() {}

    protected interface CalendarColumns {
        String CALENDAR_DISPLAY_NAME = "calendar_displayName";
        String OWNER_ACCOUNT = "ownerAccount";
        String ACCOUNT_NAME = "account_name";
        String ACCOUNT_TYPE = "account_type";
        String VISIBLE = "visible";
    }

    protected interface EventsColumns {
        String CALENDAR_ID = "calendar_id";
        String TITLE = "title";
        String DESCRIPTION = "description";
        String EVENT_LOCATION = "eventLocation";
        String DTSTART = "dtstart";
        String DTEND = "dtend";
        String EVENT_TIMEZONE = "eventTimezone";
        String ALL_DAY = "allDay";
        String ORGANIZER = "organizer";
    }

    public static final class Calendars implements BaseColumns, CalendarColumns {
        public static final Uri CONTENT_URI = Uri.parse("content://com.android.calendar/calendars");
        public static final String NAME = "name";

        private Calendars() {}
    }

    public static final class Events implements BaseColumns, EventsColumns {
        public static final Uri CONTENT_URI = Uri.parse("content://com.android.calendar/events");

        private Events() {}
    }

    public static final class Instances implements BaseColumns, EventsColumns {
        public static final Uri CONTENT_URI = Uri.parse("content://com.android.calendar/instances/when");
        public static final String EVENT_ID = "event_id";
        public static final String BEGIN = "begin";
        public static final String END = "end";

        private Instances() {}

        public static Cursor query(ContentResolver cr, String[] projection, long begin, long end) {
            Uri.Builder builder = CONTENT_URI.buildUpon();
            ContentUris.appendId(builder, begin);
            ContentUris.appendId(builder, end);
            return cr.query(builder.build(), projection, "visible=1", null, "begin ASC");
        }
    }
}
