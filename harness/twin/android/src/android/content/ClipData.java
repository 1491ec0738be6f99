package android.content;

import android.net.Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class ClipData {
    private final ClipDescription description;
    private final List<Item> items = new ArrayList<>();

    public static class Item {
        private final CharSequence text;
        private final String htmlText;
        private final Intent intent;
        private final Uri uri;

        public Item(CharSequence text) {
            this(text, null, null, null);
        }

        public Item(CharSequence text, String htmlText) {
            this(text, htmlText, null, null);
        }

        public Item(Intent intent) {
            this(null, null, intent, null);
        }

        public Item(Uri uri) {
            this(null, null, null, uri);
        }

        public Item(CharSequence text, Intent intent, Uri uri) {
            this(text, null, intent, uri);
        }

        public Item(CharSequence text, String htmlText, Intent intent, Uri uri) {
            this.text = text;
            this.htmlText = htmlText;
            this.intent = intent;
            this.uri = uri;
        }

        public CharSequence getText() {
            return text;
        }

        public String getHtmlText() {
            return htmlText;
        }

        public Intent getIntent() {
            return intent;
        }

        public Uri getUri() {
            return uri;
        }

        public CharSequence coerceToText(Context context) {
            if (text != null) return text;
            if (uri != null) return uri.toString();
            return intent == null ? "" : intent.toString();
        }

        @Override
        public String toString() {
            return "ClipData.Item { " + (text != null ? "T:" + text.length() : uri != null ? "U:" + uri.getScheme() : "NULL") + " }";
        }
    }

    public ClipData(CharSequence label, String[] mimeTypes, Item item) {
        this(new ClipDescription(label, mimeTypes), item);
    }

    public ClipData(ClipDescription description, Item item) {
        this.description = description;
        addItem(item);
    }

    public ClipData(ClipData other) {
        description = other.description;
        items.addAll(other.items);
    }

    public static ClipData newPlainText(CharSequence label, CharSequence text) {
        return new ClipData(label, new String[] {ClipDescription.MIMETYPE_TEXT_PLAIN}, new Item(text));
    }

    public static ClipData newHtmlText(CharSequence label, CharSequence text, String htmlText) {
        return new ClipData(label, new String[] {ClipDescription.MIMETYPE_TEXT_HTML}, new Item(text, htmlText));
    }

    public static ClipData newRawUri(CharSequence label, Uri uri) {
        return new ClipData(label, new String[] {ClipDescription.MIMETYPE_TEXT_URILIST}, new Item(uri));
    }

    public static ClipData newIntent(CharSequence label, Intent intent) {
        return new ClipData(label, new String[] {ClipDescription.MIMETYPE_TEXT_INTENT}, new Item(intent));
    }

    public ClipDescription getDescription() {
        return description;
    }

    public void addItem(Item item) {
        if (item == null) throw new NullPointerException("item is null");
        items.add(item);
    }

    public int getItemCount() {
        return items.size();
    }

    public Item getItemAt(int index) {
        return items.get(index);
    }

    /** As it crosses to the system; an intent stays behind, for nothing on a twin takes it up. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("label", description.getLabel() == null ? null : description.getLabel().toString());
        List<String> mimes = new ArrayList<>();
        for (int i = 0; i < description.getMimeTypeCount(); i++) mimes.add(description.getMimeType(i));
        map.put("mimes", mimes);
        List<Map<String, Object>> list = new ArrayList<>();
        for (Item item : items) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("text", item.text == null ? null : item.text.toString());
            each.put("html", item.htmlText);
            each.put("uri", item.uri == null ? null : item.uri.toString());
            list.add(each);
        }
        map.put("items", list);
        return map;
    }

    static ClipData fromMap(Map<?, ?> map) {
        ClipData clip = null;
        for (Object each : (List<?>) map.get("items")) {
            Map<?, ?> item = (Map<?, ?>) each;
            String uri = (String) item.get("uri");
            Item made = new Item((String) item.get("text"), (String) item.get("html"), null, uri == null ? null : Uri.parse(uri));
            if (clip == null) clip = new ClipData(describe(map), made);
            else clip.addItem(made);
        }
        return clip;
    }

    static ClipDescription describe(Map<?, ?> map) {
        return new ClipDescription((String) map.get("label"), ((List<?>) map.get("mimes")).toArray(new String[0]));
    }
}
