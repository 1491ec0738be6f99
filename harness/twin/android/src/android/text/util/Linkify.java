package android.text.util;

import android.text.Spannable;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.URLSpan;
import android.widget.TextView;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns addresses in a text into links. */
public class Linkify {
    public static final int WEB_URLS = 1;
    public static final int EMAIL_ADDRESSES = 2;
    public static final int PHONE_NUMBERS = 4;
    public static final int ALL = 15;

    private static final Pattern URL = Pattern.compile("https?://[\\w.:-]+(?:/[\\w./?%&=#~+:@!$,;-]*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63})+");

    public Linkify() {}

    public static final boolean addLinks(Spannable text, int mask) {
        boolean found = (mask & WEB_URLS) != 0 && mark(text, URL, "");
        return (mask & EMAIL_ADDRESSES) != 0 && mark(text, MAIL, "mailto:") || found;
    }

    public static final boolean addLinks(TextView text, int mask) {
        SpannableString marked = new SpannableString(text.getText());
        if (!addLinks(marked, mask)) return false;
        text.setMovementMethod(LinkMovementMethod.getInstance());
        text.setText(marked);
        return true;
    }

    private static boolean mark(Spannable text, Pattern pattern, String prefix) {
        Matcher matcher = pattern.matcher(text);
        boolean any = false;
        while (matcher.find()) {
            text.setSpan(new URLSpan(prefix + matcher.group()), matcher.start(), matcher.end(), Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
            any = true;
        }
        return any;
    }
}
