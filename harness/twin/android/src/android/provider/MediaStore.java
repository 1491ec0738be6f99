package android.provider;

import android.content.Context;
import android.net.Uri;
import java.util.Set;

public final class MediaStore {
    public static final String AUTHORITY = "media";
    public static final Uri AUTHORITY_URI = Uri.parse("content://media");
    public static final String VOLUME_INTERNAL = "internal";
    public static final String VOLUME_EXTERNAL = "external";
    public static final String VOLUME_EXTERNAL_PRIMARY = "external_primary";
    public static final String ACTION_IMAGE_CAPTURE = "android.media.action.IMAGE_CAPTURE";
    public static final String ACTION_VIDEO_CAPTURE = "android.media.action.VIDEO_CAPTURE";
    public static final String EXTRA_OUTPUT = "output";

    public MediaStore() {}

    public static Set<String> getExternalVolumeNames(Context context) {
        return Set.of(VOLUME_EXTERNAL_PRIMARY);
    }

    private static Uri uri(String volume, String rest) {
        return Uri.parse("content://media/" + volume + "/" + rest);
    }

    public interface MediaColumns extends BaseColumns {
        String DATA = "_data";
        String SIZE = "_size";
        String DISPLAY_NAME = "_display_name";
        String TITLE = "title";
        String DATE_ADDED = "date_added";
        String DATE_MODIFIED = "date_modified";
        String DATE_TAKEN = "datetaken";
        String MIME_TYPE = "mime_type";
        String WIDTH = "width";
        String HEIGHT = "height";
        String DURATION = "duration";
        String RELATIVE_PATH = "relative_path";
        String BUCKET_ID = "bucket_id";
        String BUCKET_DISPLAY_NAME = "bucket_display_name";
        String OWNER_PACKAGE_NAME = "owner_package_name";
        String IS_PENDING = "is_pending";
    }

    public static final class Files {
        public Files() {}

        public static Uri getContentUri(String volumeName) {
            return uri(volumeName, "file");
        }

        public static Uri getContentUri(String volumeName, long rowId) {
            return uri(volumeName, "file/" + rowId);
        }

        public interface FileColumns extends MediaColumns {
            String MEDIA_TYPE = "media_type";
            int MEDIA_TYPE_NONE = 0;
            int MEDIA_TYPE_IMAGE = 1;
            int MEDIA_TYPE_AUDIO = 2;
            int MEDIA_TYPE_VIDEO = 3;
        }
    }

    public static final class Images {
        public Images() {}

        public interface ImageColumns extends MediaColumns {
            String DESCRIPTION = "description";
            String ORIENTATION = "orientation";
            @Deprecated
            String LATITUDE = "latitude";
            @Deprecated
            String LONGITUDE = "longitude";
        }

        public static final class Media implements ImageColumns {
            public static final Uri INTERNAL_CONTENT_URI = getContentUri("internal");
            public static final Uri EXTERNAL_CONTENT_URI = getContentUri("external");
            public static final String CONTENT_TYPE = "vnd.android.cursor.dir/image";

            public Media() {}

            public static Uri getContentUri(String volumeName) {
                return uri(volumeName, "images/media");
            }
        }
    }

    public static final class Video {
        public Video() {}

        public interface VideoColumns extends MediaColumns {
            String RESOLUTION = "resolution";
        }

        public static final class Media implements VideoColumns {
            public static final Uri INTERNAL_CONTENT_URI = getContentUri("internal");
            public static final Uri EXTERNAL_CONTENT_URI = getContentUri("external");
            public static final String CONTENT_TYPE = "vnd.android.cursor.dir/video";

            public Media() {}

            public static Uri getContentUri(String volumeName) {
                return uri(volumeName, "video/media");
            }
        }
    }

    public static final class Audio {
        public Audio() {}

        public interface AudioColumns extends MediaColumns {
            String ARTIST = "artist";
            String ALBUM = "album";
            String IS_MUSIC = "is_music";
        }

        public static final class Media implements AudioColumns {
            public static final Uri INTERNAL_CONTENT_URI = getContentUri("internal");
            public static final Uri EXTERNAL_CONTENT_URI = getContentUri("external");
            public static final String CONTENT_TYPE = "vnd.android.cursor.dir/audio";

            public Media() {}

            public static Uri getContentUri(String volumeName) {
                return uri(volumeName, "audio/media");
            }
        }
    }
}
