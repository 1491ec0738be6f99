package com.example.pinning;

import android.app.Activity;
import android.net.http.SslError;
import android.os.Bundle;
import android.util.Log;
import android.webkit.SslErrorHandler;
import android.webkit.WebView;
import android.webkit.WebViewClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp as Debian ships it: one host whose key it pins, one that it takes as it is; and a page. */
public class Main extends Activity {
    private static final String PINNED = "sync.pinning.example";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        CertificatePinner pins =
            new CertificatePinner.Builder().add(PINNED, "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").build();
        OkHttpClient client = new OkHttpClient.Builder().certificatePinner(pins).build();
        CompletableFuture<String> page = new CompletableFuture<>();
        WebView view = new WebView(this);
        view.setWebViewClient(new WebViewClient() {
            @Override
            public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
                page.complete("refused");
                handler.cancel();
            }

            @Override
            public void onPageFinished(WebView view, String url) {
                page.complete("shown");
            }
        });
        setContentView(view);
        view.loadUrl("https://page.pinning.example/");
        new Thread(() -> {
            String plain = ask(client, "https://open.pinning.example/v1");
            Log.i("pinning", "asked " + plain + ", pinned " + ask(client, "https://" + PINNED + "/v1/notes?id=7") + ", page " + page.join());
        }).start();
    }

    private static String ask(OkHttpClient client, String url) {
        try (Response answer = client.newCall(new Request.Builder().url(url).build()).execute()) {
            return String.valueOf(answer.code());
        } catch (IOException error) {
            return error.getClass().getSimpleName();
        }
    }
}
