package android.text;

import android.graphics.Color;
import android.graphics.Typeface;
import android.text.style.ForegroundColorSpan;
import android.text.style.StyleSpan;
import android.text.style.URLSpan;
import android.text.style.UnderlineSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with links, bold, underline and colours from simple HTML. */
public class Html {
    public static final int FROM_HTML_MODE_LEGACY = 0;
    public static final int FROM_HTML_MODE_COMPACT = 63;

    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s\"'>]+)");
    private static final Pattern ENTITY = Pattern.compile("&(#x?[0-9a-fA-F]{1,6}|\\w{2,8});");

    private Html() {}

    @Deprecated
    public static Spanned fromHtml(String source) {
        return fromHtml(source, FROM_HTML_MODE_LEGACY);
    }

    public static Spanned fromHtml(String source, int flags) {
        return new Parser().parse(source);
    }

    private static final class Open {
        final String tag;
        final String attributes;
        final int start;

        Open(String tag, String attributes, int start) {
            this.tag = tag;
            this.attributes = attributes;
            this.start = start;
        }
    }

    private static final class Parser {
        private final SpannableStringBuilder out = new SpannableStringBuilder();
        private final Deque<Open> open = new ArrayDeque<>();

        Spanned parse(String source) {
            int at = 0;
            while (at < source.length()) {
                int tag = source.indexOf('<', at);
                if (tag < 0) tag = source.length();
                text(source.substring(at, tag));
                int end = source.indexOf('>', tag);
                if (tag == source.length() || end < 0) break;
                String inside = source.substring(tag + 1, end);
                at = end + 1;
                if (inside.startsWith("!--")) {
                    int close = source.indexOf("-->", tag);
                    at = close < 0 ? source.length() : close + 3;
                    continue;
                }
                String name = inside.replaceFirst("^/?\\s*([\\w!]*).*$", "$1").toLowerCase(Locale.ROOT);
                if (name.equals("script") || name.equals("style") || name.equals("head") || name.equals("title")) {
                    int close = source.toLowerCase(Locale.ROOT).indexOf("</" + name, at);
                    if (!inside.startsWith("/")) at = close < 0 ? source.length() : close;
                    continue;
                }
                tag(name, inside);
            }
            return out;
        }

        private void text(String raw) {
            String plain = unescape(raw.replaceAll("[ \t\r\n]+", " "));
            boolean atStart = out.length() == 0 || Character.isWhitespace(out.charAt(out.length() - 1));
            out.append(atStart && plain.startsWith(" ") ? plain.substring(1) : plain);
        }

        private void tag(String name, String inside) {
            if (inside.startsWith("/")) {
                close(name);
            } else if (name.equals("br")) {
                out.append("\n");
            } else {
                if (isBlock(name)) line(name.equals("p") ? 2 : 1);
                if (!inside.endsWith("/") && !name.isEmpty()) open.push(new Open(name, inside, out.length()));
                if (open.size() > 200) open.removeLast();
            }
        }

        private void close(String name) {
            if (open.stream().noneMatch(each -> each.tag.equals(name))) return;
            Open opened = open.pop();
            while (!opened.tag.equals(name)) opened = open.pop();
            int end = out.length();
            if (end > opened.start) style(opened, end);
            if (isBlock(name)) line(name.equals("p") ? 2 : 1);
        }

        private void style(Open opened, int end) {
            switch (opened.tag) {
                case "a": {
                    String href = attribute(opened.attributes, "href");
                    if (href != null) mark(new URLSpan(href), opened.start, end);
                    break;
                }
                case "b": case "strong": case "h1": case "h2": case "h3":
                    mark(new StyleSpan(Typeface.BOLD), opened.start, end);
                    break;
                case "u": mark(new UnderlineSpan(), opened.start, end); break;
                case "font": {
                    String color = attribute(opened.attributes, "color");
                    if (color == null) break;
                    try {
                        mark(new ForegroundColorSpan(Color.parseColor(color)), opened.start, end);
                    } catch (IllegalArgumentException e) {
                        // An unknown colour leaves the text as it is.
                    }
                    break;
                }
                default: break;
            }
        }

        private void mark(Object span, int start, int end) {
            out.setSpan(span, start, end, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        }

        private void line(int breaks) {
            int have = 0;
            while (have < out.length() && out.charAt(out.length() - 1 - have) == '\n') have++;
            if (have < out.length()) for (; have < breaks; have++) out.append("\n");
        }

        private static boolean isBlock(String name) {
            return name.matches("p|div|h[1-6]|ul|ol|li|table|tr|section|article|header|footer|blockquote");
        }

        private static String attribute(String inside, String name) {
            Matcher matcher = ATTRIBUTE.matcher(inside);
            while (matcher.find()) {
                if (!matcher.group(1).equalsIgnoreCase(name)) continue;
                String value = matcher.group(2);
                return unescape(value.startsWith("\"") || value.startsWith("'") ? value.substring(1, value.length() - 1) : value);
            }
            return null;
        }
    }

    private static String unescape(String text) {
        Matcher matcher = ENTITY.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) matcher.appendReplacement(out, Matcher.quoteReplacement(entity(matcher.group(1), matcher.group())));
        matcher.appendTail(out);
        return out.toString();
    }

    private static String entity(String name, String whole) {
        if (name.startsWith("#")) {
            boolean hex = name.startsWith("#x") || name.startsWith("#X");
            try {
                int code = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
                return Character.isValidCodePoint(code) ? new String(Character.toChars(code)) : whole;
            } catch (NumberFormatException e) {
                return whole;
            }
        }
        switch (name) {
            case "lt": return "<";
            case "gt": return ">";
            case "amp": return "&";
            case "quot": return "\"";
            case "apos": return "'";
            case "nbsp": return "\u00a0";
            case "copy": return "\u00a9";
            case "ldquo": return "\u201c";
            case "rdquo": return "\u201d";
            case "hellip": return "\u2026";
            case "mdash": return "\u2014";
            default: return whole;
        }
    }
}
