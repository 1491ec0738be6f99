package android.content;

public class ClipDescription {
    public static final String MIMETYPE_TEXT_PLAIN = "text/plain";
    public static final String MIMETYPE_TEXT_HTML = "text/html";
    public static final String MIMETYPE_TEXT_URILIST = "text/uri-list";
    public static final String MIMETYPE_TEXT_INTENT = "text/vnd.android.intent";

    private final CharSequence label;
    private final String[] mimeTypes;

    public ClipDescription(CharSequence label, String[] mimeTypes) {
        if (mimeTypes == null) throw new NullPointerException("mimeTypes is null");
        this.label = label;
        this.mimeTypes = mimeTypes.clone();
    }

    public ClipDescription(ClipDescription o) {
        this(o.label, o.mimeTypes);
    }

    public CharSequence getLabel() {
        return label;
    }

    public int getMimeTypeCount() {
        return mimeTypes.length;
    }

    public String getMimeType(int index) {
        return mimeTypes[index];
    }

    public boolean hasMimeType(String mimeType) {
        String wanted = mimeType.endsWith("/*") ? mimeType.substring(0, mimeType.length() - 1) : null;
        for (String type : mimeTypes) {
            if (mimeType.equals("*/*") || type.equals(mimeType) || wanted != null && type.startsWith(wanted)) return true;
        }
        return false;
    }
}
