package android.webkit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** The cookies of the app's web views, for as long as the process lives. */
public class CookieManager {
    private static final int MAX_COOKIES = 1000;
    private static final CookieManager instance = new CookieManager();

    private final List<Cookie> cookies = new ArrayList<>();
    private boolean accept = true;

    private static final class Cookie {
        final String name;
        final String value;
        final String domain;
        final String path;
        final boolean hostOnly;
        final boolean secure;

        Cookie(String name, String value, String domain, String path, boolean hostOnly, boolean secure) {
            this.name = name;
            this.value = value;
            this.domain = domain;
            this.path = path;
            this.hostOnly = hostOnly;
            this.secure = secure;
        }

        boolean goesTo(URI uri) {
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            String wanted = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
            boolean sameHost = host.equals(domain) || !hostOnly && host.endsWith("." + domain);
            return sameHost && wanted.startsWith(path) && (!secure || "https".equalsIgnoreCase(uri.getScheme()));
        }
    }

    private CookieManager() {}

    public static CookieManager getInstance() {
        return instance;
    }

    public synchronized void setAcceptCookie(boolean accept) {
        this.accept = accept;
    }

    public synchronized boolean acceptCookie() {
        return accept;
    }

    public void setAcceptThirdPartyCookies(WebView webview, boolean accept) {}

    public void setCookie(String url, String value) {
        URI uri = parse(url);
        if (uri == null || value == null || !acceptCookie()) return;
        String[] parts = value.split(";");
        int equals = parts[0].indexOf('=');
        if (equals < 0) return;
        String domain = uri.getHost().toLowerCase(Locale.ROOT);
        String path = "/";
        boolean hostOnly = true;
        boolean secure = false;
        boolean gone = false;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].trim();
            String lower = part.toLowerCase(Locale.ROOT);
            if (lower.startsWith("domain=")) {
                String wanted = lower.substring(7).replaceFirst("^\\.", "");
                if (!domain.equals(wanted) && !domain.endsWith("." + wanted)) return;
                domain = wanted;
                hostOnly = false;
            } else if (lower.startsWith("path=/")) {
                path = part.substring(5);
            } else if (lower.equals("secure")) {
                secure = true;
            } else if (lower.equals("max-age=0") || lower.startsWith("max-age=-")) {
                gone = true;
            }
        }
        store(new Cookie(parts[0].substring(0, equals).trim(), parts[0].substring(equals + 1).trim(), domain, path, hostOnly, secure), gone);
    }

    private synchronized void store(Cookie cookie, boolean gone) {
        for (Iterator<Cookie> each = cookies.iterator(); each.hasNext();) {
            Cookie old = each.next();
            if (old.name.equals(cookie.name) && old.domain.equals(cookie.domain) && old.path.equals(cookie.path)) each.remove();
        }
        if (!gone && cookies.size() < MAX_COOKIES) cookies.add(cookie);
    }

    /** The Cookie header for a URL; null if there is none. */
    public String getCookie(String url) {
        URI uri = parse(url);
        if (uri == null) return null;
        StringBuilder out = new StringBuilder();
        synchronized (this) {
            for (Cookie cookie : cookies) {
                if (!cookie.goesTo(uri)) continue;
                if (out.length() > 0) out.append("; ");
                out.append(cookie.name).append('=').append(cookie.value);
            }
        }
        return out.length() == 0 ? null : out.toString();
    }

    public synchronized boolean hasCookies() {
        return !cookies.isEmpty();
    }

    public void removeAllCookies(ValueCallback<Boolean> callback) {
        boolean any;
        synchronized (this) {
            any = !cookies.isEmpty();
            cookies.clear();
        }
        if (callback != null) callback.onReceiveValue(any);
    }

    public void flush() {}

    private static URI parse(String url) {
        try {
            URI uri = new URI(url.contains("://") ? url : "http://" + url);
            return uri.getHost() == null ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
