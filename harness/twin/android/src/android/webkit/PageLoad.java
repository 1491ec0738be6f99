package android.webkit;

import android.net.Uri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches a page and what it embeds, on a thread of its own. */
final class PageLoad {
    private static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_PARTS = 20;
    private static final int TIMEOUT_MS = 30_000;
    private static final Pattern PART = Pattern.compile(
            "<(?:img|script|iframe|link)\\b[^>]*?\\b(?:src|href)\\s*=\\s*[\"']([^\"'>]+)[\"'][^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*[\"']?([\\w-]+)", Pattern.CASE_INSENSITIVE);

    private final WebView view;
    private final WebViewClient client;
    private final String userAgent;
    private final String packageName;
    private final Map<String, String> headers;

    static final class Page {
        final String url;
        final String html;

        Page(String url, String html) {
            this.url = url;
            this.html = html;
        }
    }

    static final class Request implements WebResourceRequest {
        private final String url;
        private final boolean main;
        private final boolean redirect;

        Request(String url, boolean main, boolean redirect) {
            this.url = url;
            this.main = main;
            this.redirect = redirect;
        }

        @Override
        public Uri getUrl() {
            return Uri.parse(url);
        }

        @Override
        public boolean isForMainFrame() {
            return main;
        }

        @Override
        public boolean isRedirect() {
            return redirect;
        }

        @Override
        public boolean hasGesture() {
            return false;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public Map<String, String> getRequestHeaders() {
            return new LinkedHashMap<>();
        }
    }

    PageLoad(WebView view, WebViewClient client, String userAgent, String packageName, Map<String, String> headers) {
        this.view = view;
        this.client = client;
        this.userAgent = userAgent;
        this.packageName = packageName;
        this.headers = headers;
    }

    Page page(String url) throws IOException {
        WebResourceResponse own = client.shouldInterceptRequest(view, new Request(url, true, false));
        if (own != null) {
            byte[] body = own.getData() == null ? new byte[0] : read(own.getData());
            return new Page(url, new String(body, charset(own.getEncoding(), body)));
        }
        String at = url;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpURLConnection connection = open(at);
            int status = connection.getResponseCode();
            keepCookies(at, connection);
            String next = connection.getHeaderField("Location");
            if (status >= 300 && status < 400 && next != null) {
                connection.disconnect();
                at = URI.create(at).resolve(next).toString();
                continue;
            }
            InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
            byte[] body = in == null ? new byte[0] : read(in);
            return new Page(at, new String(body, charset(connection.getContentType(), body)));
        }
        throw new IOException("net::ERR_TOO_MANY_REDIRECTS");
    }

    /** Images, scripts, style sheets and frames go over the network as a browser's would; the twin uses none of them. */
    void parts(Page page) {
        Set<String> urls = new LinkedHashSet<>();
        Matcher matcher = PART.matcher(page.html);
        while (matcher.find() && urls.size() < MAX_PARTS) {
            try {
                String url = URI.create(page.url).resolve(matcher.group(1).trim()).toString();
                if (URLUtil.isNetworkUrl(url)) urls.add(url);
            } catch (IllegalArgumentException e) {
                twin.Binder.log("W", "WebView", "not a URL: " + matcher.group(1));
            }
        }
        for (String url : urls) {
            if (client.shouldInterceptRequest(view, new Request(url, false, false)) != null) continue;
            try {
                HttpURLConnection connection = open(url);
                keepCookies(url, connection);
                try (InputStream in = connection.getInputStream()) {
                    read(in);
                }
            } catch (IOException e) {
                twin.Binder.log("W", "WebView", url + " was not loaded: " + e);
            }
        }
    }

    private HttpURLConnection open(String url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestProperty("User-Agent", userAgent);
        connection.setRequestProperty("X-Requested-With", packageName);
        String cookie = CookieManager.getInstance().getCookie(url);
        if (cookie != null) connection.setRequestProperty("Cookie", cookie);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static void keepCookies(String url, HttpURLConnection connection) {
        for (Map.Entry<String, List<String>> field : connection.getHeaderFields().entrySet()) {
            if (!"Set-Cookie".equalsIgnoreCase(field.getKey())) continue;
            for (String cookie : field.getValue()) CookieManager.getInstance().setCookie(url, cookie);
        }
    }

    static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[16384];
        for (int n = in.read(buffer); n >= 0 && out.size() < MAX_BYTES; n = in.read(buffer)) out.write(buffer, 0, n);
        return out.toByteArray();
    }

    private static Charset charset(String type, byte[] body) {
        String head = new String(body, 0, Math.min(body.length, 1024), StandardCharsets.ISO_8859_1);
        Matcher matcher = CHARSET.matcher((type == null ? "" : type) + " " + head);
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
