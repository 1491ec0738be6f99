package android.text;

public class SpannableString implements GetChars, Spannable {
    private final String text;
    private final SpanList spans = new SpanList();

    public SpannableString(CharSequence source) {
        text = source.toString();
        spans.copyFrom(source, 0, source.length(), 0);
    }

    public static SpannableString valueOf(CharSequence source) {
        return source instanceof SpannableString ? (SpannableString) source : new SpannableString(source);
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
    public char charAt(int i) {
        return text.charAt(i);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        SpannableString part = new SpannableString(text.substring(start, end));
        part.spans.copyFrom(this, start, end, 0);
        return part;
    }

    @Override
    public void getChars(int start, int end, char[] dest, int off) {
        text.getChars(start, end, dest, off);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SpannableString && text.equals(((SpannableString) o).text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
