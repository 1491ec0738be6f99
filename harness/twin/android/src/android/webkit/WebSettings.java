package android.webkit;

import android.os.Build;

/** The twin runs no scripts and keeps no cache, so most settings are only remembered or let be. */
public class WebSettings {
    public static final int LOAD_DEFAULT = -1;
    public static final int LOAD_NO_CACHE = 2;
    public static final int MIXED_CONTENT_ALWAYS_ALLOW = 0;

    private String userAgent = "Mozilla/5.0 (Linux; Android 13; " + Build.MODEL + " Build/" + Build.ID
            + "; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/101.0.4951.61 Mobile Safari/537.36";
    private boolean javaScript;
    private boolean domStorage;

    WebSettings() {}

    public static String getDefaultUserAgent(android.content.Context context) {
        return new WebSettings().userAgent;
    }

    public synchronized String getUserAgentString() {
        return userAgent;
    }

    public synchronized void setUserAgentString(String ua) {
        userAgent = ua == null || ua.isEmpty() ? new WebSettings().userAgent : ua;
    }

    public synchronized boolean getJavaScriptEnabled() {
        return javaScript;
    }

    public synchronized void setJavaScriptEnabled(boolean flag) {
        javaScript = flag;
    }

    public synchronized boolean getDomStorageEnabled() {
        return domStorage;
    }

    public synchronized void setDomStorageEnabled(boolean flag) {
        domStorage = flag;
    }

    public void setCacheMode(int mode) {}

    public void setMixedContentMode(int mode) {}

    public void setUseWideViewPort(boolean use) {}

    public void setLoadWithOverviewMode(boolean overview) {}

    public void setSupportZoom(boolean support) {}

    public void setBuiltInZoomControls(boolean enabled) {}

    public void setAllowFileAccess(boolean allow) {}

    public void setTextZoom(int textZoom) {}

    public void setAllowContentAccess(boolean allow) {}

    public void setAllowFileAccessFromFileURLs(boolean flag) {}

    public void setAllowUniversalAccessFromFileURLs(boolean flag) {}

    public void setDatabaseEnabled(boolean flag) {}

    public void setGeolocationEnabled(boolean flag) {}

    public void setJavaScriptCanOpenWindowsAutomatically(boolean flag) {}

    public void setLoadsImagesAutomatically(boolean flag) {}

    public void setBlockNetworkImage(boolean flag) {}

    public void setBlockNetworkLoads(boolean flag) {}

    public void setDefaultTextEncodingName(String encoding) {}

    public void setDefaultFontSize(int size) {}

    public void setMediaPlaybackRequiresUserGesture(boolean require) {}

    public void setSupportMultipleWindows(boolean support) {}

    public void setDisplayZoomControls(boolean enabled) {}

    public void setSaveFormData(boolean save) {}

    public void setSavePassword(boolean save) {}

    public void setSafeBrowsingEnabled(boolean enabled) {}

    public void setMinimumFontSize(int size) {}
}
