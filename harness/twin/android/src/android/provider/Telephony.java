package android.provider;

import android.content.Context;
import android.net.Uri;

public final class Telephony {
    private Telephony() {}

    public interface TextBasedSmsColumns {
        int MESSAGE_TYPE_ALL = 0;
        int MESSAGE_TYPE_INBOX = 1;
        int MESSAGE_TYPE_SENT = 2;
        int MESSAGE_TYPE_DRAFT = 3;
        String TYPE = "type";
        String THREAD_ID = "thread_id";
        String ADDRESS = "address";
        String DATE = "date";
        String DATE_SENT = "date_sent";
        String READ = "read";
        String SEEN = "seen";
        String SUBJECT = "subject";
        String BODY = "body";
        String PERSON = "person";
    }

    public static final class Sms implements BaseColumns, TextBasedSmsColumns {
        public static final Uri CONTENT_URI = Uri.parse("content://sms");
        public static final String DEFAULT_SORT_ORDER = "date DESC";

        private Sms() {}

        public static String getDefaultSmsPackage(Context context) {
            return "com.android.messaging";
        }

        public static final class Inbox implements BaseColumns, TextBasedSmsColumns {
            public static final Uri CONTENT_URI = Uri.parse("content://sms/inbox");
            public static final String DEFAULT_SORT_ORDER = "date DESC";

            private Inbox() {}
        }

        public static final class Sent implements BaseColumns, TextBasedSmsColumns {
            public static final Uri CONTENT_URI = Uri.parse("content://sms/sent");
            public static final String DEFAULT_SORT_ORDER = "date DESC";

            private Sent() {}
        }

        public static final class Intents {
            public static final String SMS_RECEIVED_ACTION = "android.provider.Telephony.SMS_RECEIVED";
            public static final String SMS_DELIVER_ACTION = "android.provider.Telephony.SMS_DELIVER";

            private Intents() {}
        }
    }
}
