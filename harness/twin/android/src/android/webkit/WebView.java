package android.webkit;

import android.content.Context;
import android.net.Uri;
import android.net.http.SslError;
import android.os.Handler;
import android.os.Looper;
import android.text.Html;
import android.text.SpannableStringBuilder;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.text.style.URLSpan;
import android.util.AttributeSet;
import android.view.View;
import android.view.ViewGroup;
import android.widget.AbsoluteLayout;
import android.widget.FrameLayout;
import android.widget.ScrollView;
import android.widget.TextView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Shows the text and the links of pages, loaded over the network. The twin has no script engine: scripts do not run. */
public class WebView extends AbsoluteLayout {
    private static final Pattern TITLE = Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String ASSETS = "file:///android_asset/";

    private final WebSettings settings = new WebSettings();
    private final TextView page;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final Map<String, Object> interfaces = new HashMap<>();
    private final List<String> history = new ArrayList<>();
    private WebViewClient client = new WebViewClient();
    private WebChromeClient chrome = new WebChromeClient();
    private String url;
    private String title;
    private int loads;
    private boolean destroyed;

    public WebView(Context context) {
        super(context);
        page = new TextView(context);
        page.setPadding(21, 21, 21, 21);
        page.setTextSize(16);
        page.setMovementMethod(LinkMovementMethod.getInstance());
        ScrollView scroll = new ScrollView(context);
        scroll.addView(page, new FrameLayout.LayoutParams(
                FrameLayout.LayoutParams.MATCH_PARENT, FrameLayout.LayoutParams.WRAP_CONTENT));
        addView(scroll, new ViewGroup.LayoutParams(
                ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.MATCH_PARENT));
        setFocusable(true);
    }

    public WebView(Context context, AttributeSet attrs) {
        this(context);
    }

    public static void setWebContentsDebuggingEnabled(boolean enabled) {}

    public WebSettings getSettings() {
        return settings;
    }

    public void setWebViewClient(WebViewClient client) {
        this.client = client == null ? new WebViewClient() : client;
    }

    public WebViewClient getWebViewClient() {
        return client;
    }

    public void setWebChromeClient(WebChromeClient client) {
        chrome = client == null ? new WebChromeClient() : client;
    }

    public void addJavascriptInterface(Object object, String name) {
        interfaces.put(name, object);
    }

    public void removeJavascriptInterface(String name) {
        interfaces.remove(name);
    }

    public void evaluateJavascript(String script, ValueCallback<String> resultCallback) {
        twin.Binder.log("W", "WebView", "the twin runs no scripts");
        if (resultCallback != null) main.post(() -> resultCallback.onReceiveValue("null"));
    }

    public void postWebMessage(WebMessage message, Uri targetOrigin) {
        twin.Binder.log("W", "WebView", "the twin runs no scripts that could get a message");
    }

    public String getUrl() {
        return url;
    }

    public String getTitle() {
        return title;
    }

    public int getProgress() {
        return 100;
    }

    public void loadUrl(String url) {
        loadUrl(url, Map.of());
    }

    public void loadUrl(String url, Map<String, String> additionalHttpHeaders) {
        if (url.startsWith("javascript:")) {
            evaluateJavascript(url, null);
            return;
        }
        history.add(url);
        load(url, additionalHttpHeaders);
    }

    public void loadData(String data, String mimeType, String encoding) {
        String html = "base64".equals(encoding)
                ? new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8) : URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.UTF_8);
        loadDataWithBaseURL(null, html, mimeType, encoding, null);
    }

    public void loadDataWithBaseURL(String baseUrl, String data, String mimeType, String encoding, String historyUrl) {
        String base = baseUrl == null ? "about:blank" : baseUrl;
        int load = ++loads;
        client.onPageStarted(this, base, null);
        PageLoad.Page shown = new PageLoad.Page(base, data);
        show(shown);
        if (URLUtil.isNetworkUrl(base)) fetchParts(loader(Map.of()), shown, load);
        else finish(load, base);
    }

    public void postUrl(String url, byte[] postData) {
        twin.Binder.log("W", "WebView", "postUrl is a GET on the twin: " + url);
        loadUrl(url);
    }

    public void reload() {
        if (url != null) load(url, Map.of());
    }

    public void stopLoading() {
        loads++;
    }

    public boolean canGoBack() {
        return history.size() > 1;
    }

    public void goBack() {
        if (!canGoBack()) return;
        history.remove(history.size() - 1);
        load(history.get(history.size() - 1), Map.of());
    }

    public void clearHistory() {
        history.clear();
    }

    public void clearCache(boolean includeDiskFiles) {}

    public void onPause() {}

    public void onResume() {}

    public void pauseTimers() {}

    public void resumeTimers() {}

    public void destroy() {
        destroyed = true;
        loads++;
    }

    private PageLoad loader(Map<String, String> headers) {
        return new PageLoad(this, client, settings.getUserAgentString(), getContext().getPackageName(), headers);
    }

    private void load(String target, Map<String, String> headers) {
        int load = ++loads;
        url = target;
        client.onPageStarted(this, target, null);
        chrome.onProgressChanged(this, 10);
        PageLoad loader = loader(headers);
        Thread thread = new Thread(() -> {
            try {
                PageLoad.Page loaded = fetch(loader, target);
                post(load, () -> show(loaded));
                if (URLUtil.isNetworkUrl(loaded.url)) loader.parts(loaded);
                post(load, () -> finish(load, loaded.url));
            } catch (IOException | IllegalArgumentException e) {
                post(load, () -> fail(load, target, e));
            }
        }, "WebView");
        thread.setDaemon(true);
        thread.start();
    }

    private PageLoad.Page fetch(PageLoad loader, String target) throws IOException {
        if (URLUtil.isNetworkUrl(target)) return loader.page(target);
        if (target.startsWith(ASSETS)) {
            String name = target.substring(ASSETS.length()).replaceFirst("[?#].*$", "");
            return new PageLoad.Page(target, new String(PageLoad.read(getContext().getAssets().open(name)), StandardCharsets.UTF_8));
        }
        if (target.startsWith("data:")) {
            int comma = target.indexOf(',');
            String data = URLDecoder.decode(target.substring(comma + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            boolean base64 = comma > 0 && target.substring(0, comma).endsWith(";base64");
            byte[] body = base64 ? Base64.getMimeDecoder().decode(data) : data.getBytes(StandardCharsets.UTF_8);
            return new PageLoad.Page(target, new String(PageLoad.read(new ByteArrayInputStream(body)), StandardCharsets.UTF_8));
        }
        if (target.equals("about:blank")) return new PageLoad.Page(target, "");
        throw new IOException("net::ERR_UNKNOWN_URL_SCHEME");
    }

    private void fetchParts(PageLoad loader, PageLoad.Page shown, int load) {
        Thread thread = new Thread(() -> {
            loader.parts(shown);
            post(load, () -> finish(load, shown.url));
        }, "WebView");
        thread.setDaemon(true);
        thread.start();
    }

    private void post(int load, Runnable what) {
        main.post(() -> {
            if (load == loads && !destroyed) what.run();
        });
    }

    private void show(PageLoad.Page loaded) {
        url = loaded.url;
        Matcher matcher = TITLE.matcher(loaded.html);
        title = matcher.find() ? Html.fromHtml(matcher.group(1), 0).toString().trim() : loaded.url;
        chrome.onReceivedTitle(this, title);
        Spanned text = Html.fromHtml(loaded.html, Html.FROM_HTML_MODE_LEGACY);
        SpannableStringBuilder linked = new SpannableStringBuilder(text);
        for (URLSpan link : linked.getSpans(0, linked.length(), URLSpan.class)) {
            int start = linked.getSpanStart(link);
            int end = linked.getSpanEnd(link);
            linked.removeSpan(link);
            linked.setSpan(new Link(link.getURL()), start, end, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        }
        page.setText(linked);
        chrome.onProgressChanged(this, 80);
    }

    private void finish(int load, String at) {
        if (load != loads || destroyed) return;
        chrome.onProgressChanged(this, 100);
        client.onPageFinished(this, at);
    }

    private void fail(int load, String target, Exception error) {
        page.setText("网页无法打开\n" + target + "\n" + error.getMessage());
        if (error instanceof SSLException) client.onReceivedSslError(this, new SslErrorHandler(), new SslError(target));
        client.onReceivedError(this, new PageLoad.Request(target, true, false), new WebResourceError() {
            @Override
            public int getErrorCode() {
                return error instanceof UnknownHostException ? WebViewClient.ERROR_HOST_LOOKUP : WebViewClient.ERROR_CONNECT;
            }

            @Override
            public CharSequence getDescription() {
                return String.valueOf(error.getMessage());
            }
        });
        finish(load, target);
    }

    private final class Link extends ClickableSpan {
        private final String href;

        Link(String href) {
            this.href = href;
        }

        @Override
        public void onClick(View widget) {
            String target;
            try {
                target = url != null && URLUtil.isNetworkUrl(url) ? URI.create(url).resolve(href).toString() : href;
            } catch (IllegalArgumentException e) {
                target = href;
            }
            if (!client.shouldOverrideUrlLoading(WebView.this, new PageLoad.Request(target, true, false))) loadUrl(target);
        }
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.webkit.WebView";
    }
}
