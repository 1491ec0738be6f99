package android.provider;

import android.net.Uri;

public final class ContactsContract {
    public static final String AUTHORITY = "com.android.contacts";
    public static final Uri AUTHORITY_URI = Uri.parse("content://com.android.contacts");
    public static final String CALLER_IS_SYNCADAPTER = "caller_is_syncadapter";

    public ContactsContract() {}

    private static Uri uri(String path) {
        return Uri.withAppendedPath(AUTHORITY_URI, path);
    }

    protected interface ContactsColumns {
        String DISPLAY_NAME = "display_name";
        String NAME_RAW_CONTACT_ID = "name_raw_contact_id";
        String PHOTO_ID = "photo_id";
        String PHOTO_URI = "photo_uri";
        String PHOTO_THUMBNAIL_URI = "photo_thumb_uri";
        String HAS_PHONE_NUMBER = "has_phone_number";
        String LOOKUP_KEY = "lookup";
        String CONTACT_LAST_UPDATED_TIMESTAMP = "contact_last_updated_timestamp";
    }

    protected interface ContactNameColumns {
        String DISPLAY_NAME_PRIMARY = "display_name";
        String DISPLAY_NAME_ALTERNATIVE = "display_name_alt";
        String SORT_KEY_PRIMARY = "sort_key";
    }

    protected interface ContactOptionsColumns {
        String TIMES_CONTACTED = "times_contacted";
        String LAST_TIME_CONTACTED = "last_time_contacted";
        String STARRED = "starred";
    }

    protected interface DataColumns {
        String MIMETYPE = "mimetype";
        String RAW_CONTACT_ID = "raw_contact_id";
        String IS_PRIMARY = "is_primary";
        String DATA1 = "data1";
        String DATA2 = "data2";
        String DATA3 = "data3";
        String DATA4 = "data4";
        String DATA5 = "data5";
        String DATA15 = "data15";
    }

    protected interface RawContactsColumns {
        String CONTACT_ID = "contact_id";
        String DELETED = "deleted";
    }

    protected interface SyncColumns {
        String ACCOUNT_NAME = "account_name";
        String ACCOUNT_TYPE = "account_type";
    }

    public static class Contacts implements BaseColumns, ContactsColumns, ContactNameColumns, ContactOptionsColumns {
        public static final Uri CONTENT_URI = uri("contacts");
        public static final Uri CONTENT_LOOKUP_URI = uri("contacts/lookup");
        public static final Uri CONTENT_FILTER_URI = uri("contacts/filter");
        public static final String CONTENT_TYPE = "vnd.android.cursor.dir/contact";
        public static final String CONTENT_ITEM_TYPE = "vnd.android.cursor.item/contact";
    }

    public static final class RawContacts implements BaseColumns, RawContactsColumns, SyncColumns, ContactOptionsColumns {
        public static final Uri CONTENT_URI = uri("raw_contacts");
    }

    public static final class Data implements BaseColumns, DataColumns, ContactsColumns, RawContactsColumns {
        public static final Uri CONTENT_URI = uri("data");
    }

    public static final class PhoneLookup implements BaseColumns, ContactsColumns {
        public static final Uri CONTENT_FILTER_URI = uri("phone_lookup");
        public static final String NUMBER = "number";
        public static final String TYPE = "type";
        public static final String LABEL = "label";
    }

    public static final class CommonDataKinds {
        private CommonDataKinds() {}

        protected interface CommonColumns {
            String DATA = "data1";
            String TYPE = "data2";
            String LABEL = "data3";
        }

        public static final class Phone implements BaseColumns, CommonColumns, DataColumns, ContactsColumns, RawContactsColumns {
            public static final String CONTENT_ITEM_TYPE = "vnd.android.cursor.item/phone_v2";
            public static final Uri CONTENT_URI = uri("data/phones");
            public static final Uri CONTENT_FILTER_URI = uri("data/phones/filter");
            public static final String NUMBER = "data1";
            public static final String NORMALIZED_NUMBER = "data4";
            public static final int TYPE_HOME = 1;
            public static final int TYPE_MOBILE = 2;
            public static final int TYPE_WORK = 3;

            private Phone() {}
        }

        public static final class Email implements BaseColumns, CommonColumns, DataColumns, ContactsColumns, RawContactsColumns {
            public static final String CONTENT_ITEM_TYPE = "vnd.android.cursor.item/email_v2";
            public static final Uri CONTENT_URI = uri("data/emails");
            public static final String ADDRESS = "data1";
            public static final int TYPE_HOME = 1;
            public static final int TYPE_WORK = 2;

            private Email() {}
        }

        public static final class StructuredName implements BaseColumns, CommonColumns, DataColumns {
            public static final String CONTENT_ITEM_TYPE = "vnd.android.cursor.item/name";
            public static final String DISPLAY_NAME = "data1";
            public static final String GIVEN_NAME = "data2";
            public static final String FAMILY_NAME = "data3";

            private StructuredName() {}
        }
    }
}
