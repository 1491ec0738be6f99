package android.util;

import java.util.regex.Pattern;

public class Patterns {
    public static final Pattern EMAIL_ADDRESS =
            Pattern.compile("[a-zA-Z0-9+._%\\-]{1,256}@[a-zA-Z0-9][a-zA-Z0-9\\-]{0,64}(\\.[a-zA-Z0-9][a-zA-Z0-9\\-]{0,25})+");
    public static final Pattern PHONE = Pattern.compile("(\\+[0-9]+[\\- .]*)?(\\([0-9]+\\)[\\- .]*)?([0-9][0-9\\- .]+[0-9])");
    public static final Pattern IP_ADDRESS =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    public static final Pattern WEB_URL = Pattern.compile(
            "(?i)(?:(?:https?|rtsp)://)?(?:[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}\\.)+[\\p{L}]{2,63}(?::\\d{1,5})?(?:[/?#]\\S*)?");

    private Patterns() {}
}
