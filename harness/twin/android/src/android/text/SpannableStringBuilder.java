package android.text;

public class SpannableStringBuilder implements Editable {
    private final StringBuilder text = new StringBuilder();
    private final SpanList spans = new SpanList();

    public SpannableStringBuilder() {}

    public SpannableStringBuilder(CharSequence text) {
        append(text);
    }

    public static SpannableStringBuilder valueOf(CharSequence source) {
        return source instanceof SpannableStringBuilder ? (SpannableStringBuilder) source : new SpannableStringBuilder(source);
    }

    @Override
    public SpannableStringBuilder replace(int start, int end, CharSequence added) {
        text.replace(start, end, added.toString());
        spans.replaced(start, end, added.length());
        spans.copyFrom(added, 0, added.length(), start);
        return this;
    }

    @Override
    public SpannableStringBuilder insert(int where, CharSequence added) {
        return replace(where, where, added);
    }

    @Override
    public SpannableStringBuilder delete(int start, int end) {
        return replace(start, end, "");
    }

    @Override
    public SpannableStringBuilder append(CharSequence added) {
        int at = text.length();
        text.append(added);
        spans.copyFrom(added, 0, added.length(), at);
        return this;
    }

    public SpannableStringBuilder append(CharSequence added, Object what, int flags) {
        int start = length();
        append(added);
        setSpan(what, start, length(), flags);
        return this;
    }

    @Override
    public SpannableStringBuilder append(CharSequence added, int start, int end) {
        return append(added.subSequence(start, end));
    }

    @Override
    public SpannableStringBuilder append(char added) {
        return append(String.valueOf(added));
    }

    @Override
    public void clear() {
        delete(0, length());
    }

    @Override
    public void setSpan(Object what, int start, int end, int flags) {
        spans.set(what, start, end, flags, text.length());
    }

    @Override
    public void removeSpan(Object what) {
        spans.remove(what);
    }

    @Override
    public <T> T[] getSpans(int start, int end, Class<T> type) {
        return spans.get(start, end, type);
    }

    @Override
    public int getSpanStart(Object what) {
        return spans.start(what);
    }

    @Override
    public int getSpanEnd(Object what) {
        return spans.end(what);
    }

    @Override
    public int getSpanFlags(Object what) {
        return spans.flags(what);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public int nextSpanTransition(int start, int limit, Class kind) {
        return spans.next(start, limit, kind);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int where) {
        return text.charAt(where);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        SpannableStringBuilder part = new SpannableStringBuilder(text.substring(start, end));
        part.spans.copyFrom(this, start, end, 0);
        return part;
    }

    @Override
    public void getChars(int start, int end, char[] dest, int destoff) {
        text.getChars(start, end, dest, destoff);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
