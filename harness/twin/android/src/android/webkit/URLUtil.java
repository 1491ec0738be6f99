package android.webkit;

public final class URLUtil {
    private URLUtil() {}

    public static boolean isHttpUrl(String url) {
        return url != null && url.regionMatches(true, 0, "http://", 0, 7);
    }

    public static boolean isHttpsUrl(String url) {
        return url != null && url.regionMatches(true, 0, "https://", 0, 8);
    }

    public static boolean isNetworkUrl(String url) {
        return isHttpUrl(url) || isHttpsUrl(url);
    }

    public static boolean isValidUrl(String url) {
        return isNetworkUrl(url) || url != null && url.matches("(?i)(about|file|javascript|data|content):.*");
    }
}
