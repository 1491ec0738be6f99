package android.text;

import java.util.Iterator;

public class TextUtils {
    private TextUtils() {}

    public enum TruncateAt {
        START,
        MIDDLE,
        END,
        MARQUEE
    }

    public static boolean isEmpty(CharSequence str) {
        return str == null || str.length() == 0;
    }

    public static boolean equals(CharSequence a, CharSequence b) {
        if (a == b) return true;
        return a != null && b != null && a.length() == b.length() && a.toString().equals(b.toString());
    }

    public static String join(CharSequence delimiter, Object[] tokens) {
        return join(delimiter, java.util.Arrays.asList(tokens));
    }

    public static String join(CharSequence delimiter, Iterable tokens) {
        StringBuilder out = new StringBuilder();
        for (Iterator<?> each = tokens.iterator(); each.hasNext();) {
            out.append(each.next());
            if (each.hasNext()) out.append(delimiter);
        }
        return out.toString();
    }

    public static String[] split(String text, String expression) {
        return text.isEmpty() ? new String[0] : text.split(expression, -1);
    }

    public static boolean isDigitsOnly(CharSequence str) {
        return str.chars().allMatch(Character::isDigit);
    }

    public static int getTrimmedLength(CharSequence s) {
        return s.toString().trim().length();
    }

    public static CharSequence concat(CharSequence... text) {
        SpannableStringBuilder out = new SpannableStringBuilder();
        for (CharSequence part : text) out.append(part);
        return out;
    }

    public static String htmlEncode(String s) {
        return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace("\"", "&quot;");
    }
}
