package android.text;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** The marks on a text, in the order in which they were set. */
final class SpanList {
    private final List<Mark> marks = new ArrayList<>();

    private static final class Mark {
        final Object what;
        int start;
        int end;
        int flags;

        Mark(Object what) {
            this.what = what;
        }
    }

    void copyFrom(CharSequence source, int start, int end, int at) {
        if (!(source instanceof Spanned)) return;
        Spanned spanned = (Spanned) source;
        for (Object span : spanned.getSpans(start, end, Object.class)) {
            int from = Math.max(start, spanned.getSpanStart(span)) - start + at;
            int to = Math.min(end, spanned.getSpanEnd(span)) - start + at;
            set(span, from, to, spanned.getSpanFlags(span), Integer.MAX_VALUE);
        }
    }

    void set(Object what, int start, int end, int flags, int length) {
        if (end < start) throw new IndexOutOfBoundsException("setSpan (" + start + " ... " + end + ") has end before start");
        if (start < 0 || end > length) {
            throw new IndexOutOfBoundsException("setSpan (" + start + " ... " + end + ") ends beyond length " + length);
        }
        Mark mark = find(what);
        if (mark == null) marks.add(mark = new Mark(what));
        mark.start = start;
        mark.end = end;
        mark.flags = flags;
    }

    void remove(Object what) {
        marks.removeIf(mark -> mark.what == what);
    }

    private Mark find(Object what) {
        for (Mark mark : marks) if (mark.what == what) return mark;
        return null;
    }

    int start(Object what) {
        Mark mark = find(what);
        return mark == null ? -1 : mark.start;
    }

    int end(Object what) {
        Mark mark = find(what);
        return mark == null ? -1 : mark.end;
    }

    int flags(Object what) {
        Mark mark = find(what);
        return mark == null ? 0 : mark.flags;
    }

    @SuppressWarnings("unchecked")
    <T> T[] get(int start, int end, Class<T> type) {
        Class<?> wanted = type == null ? Object.class : type;
        List<Object> found = new ArrayList<>();
        for (Mark mark : marks) {
            if (!wanted.isInstance(mark.what) || mark.start > end || mark.end < start) continue;
            if (mark.start != mark.end && start != end && (mark.start == end || mark.end == start)) continue;
            found.add(mark.what);
        }
        return found.toArray((T[]) Array.newInstance(wanted, 0));
    }

    int next(int start, int limit, Class<?> type) {
        int next = limit;
        for (Mark mark : marks) {
            if (type != null && !type.isInstance(mark.what)) continue;
            if (mark.start > start && mark.start < next) next = mark.start;
            if (mark.end > start && mark.end < next) next = mark.end;
        }
        return next;
    }

    /** Moves marks when text between start and end became `added` characters. */
    void replaced(int start, int end, int added) {
        int shift = added - (end - start);
        marks.removeIf(mark -> mark.start >= start && mark.end <= end && start < end && mark.start < mark.end);
        for (Mark mark : marks) {
            if (mark.start >= end) mark.start += shift;
            else if (mark.start > start) mark.start = start;
            if (mark.end > end || mark.end == end && start < end) mark.end += shift;
            else if (mark.end > start) mark.end = start;
        }
    }
}
