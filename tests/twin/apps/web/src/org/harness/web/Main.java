package org.harness.web;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import android.text.Html;
import android.text.SpannableStringBuilder;
import android.text.Spanned;
import android.text.style.ClickableSpan;
import android.text.style.URLSpan;
import android.util.Base64;
import android.util.Log;
import android.view.View;
import android.webkit.CookieManager;
import android.webkit.WebResourceRequest;
import android.webkit.WebView;
import android.webkit.WebViewClient;
import android.widget.ArrayAdapter;
import android.widget.ListView;
import android.widget.RadioButton;
import android.widget.RadioGroup;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Arrays;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

public final class Main extends Activity {
    private static void log(String text) {
        Log.i("web", text);
    }

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        act(getIntent());
    }

    @Override
    protected void onNewIntent(Intent intent) {
        act(intent);
    }

    private void act(Intent intent) {
        String what = String.valueOf(intent.getStringExtra("do"));
        switch (what) {
            case "page": page(intent.getStringExtra("url")); break;
            case "https": new Thread(() -> get(intent.getStringExtra("url"))).start(); break;
            case "json": json(); break;
            case "bundle": bundle(); break;
            case "text": text(); break;
            case "list": list(); break;
            case "choice": choice(); break;
            default: log("up");
        }
    }

    private void page(String url) {
        WebView view = new WebView(this);
        view.setWebViewClient(new WebViewClient() {
            @Override
            public void onPageFinished(WebView shown, String at) {
                log("finished " + at + " title=" + shown.getTitle() + " cookie=" + CookieManager.getInstance().getCookie(at));
            }

            @Override
            public boolean shouldOverrideUrlLoading(WebView shown, WebResourceRequest request) {
                log("follow " + request.getUrl());
                return request.getUrl().getScheme().equals("app");
            }
        });
        setContentView(view);
        view.loadUrl(url);
    }

    private static void get(String url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
            log("answered " + connection.getResponseCode());
        } catch (Exception e) {
            log("failed " + e.getClass().getName());
        }
    }

    private static void json() {
        try {
            JSONObject object = new JSONObject("{\"a\": 1, \"b\": [true, null, 2.5, \"x/y\"], \"c\": 12345678901}");
            object.put("d", new JSONArray(Arrays.asList("é", 3))).put("e", 4.0);
            log("json " + object + " " + object.getInt("a") + object.getLong("c") + object.optString("no", "!"));
            new JSONObject("{\"a\": }");
        } catch (JSONException e) {
            log("json error");
        }
    }

    private static void bundle() {
        Bundle inner = new Bundle();
        inner.putStringArray("names", new String[] {"x", "y"});
        Intent intent = new Intent("a").putExtra("int", 1).putExtra("long", 2L).putExtra("bytes", new byte[] {1, -1})
            .putExtra("float", 1.5f).putExtra("inner", inner).putExtra("intent", new Intent("b").setPackage("p"));
        Bundle back = Bundle.fromWire(intent.getExtras().toWire());
        log("bundle " + back.getInt("int") + back.getLong("long") + back.getByteArray("bytes")[1] + back.getFloat("float")
            + back.getBundle("inner").getStringArray("names")[1] + ((Intent) back.getParcelable("intent")).getPackage()
            + back.getInt("long", 9));
    }

    private static void text() {
        Spanned html = Html.fromHtml("<p>Read <b>the</b> <a href='https://a.example/p?x=1&amp;y=2'>policy</a>&nbsp;&lt;now&gt;</p>");
        URLSpan link = html.getSpans(0, html.length(), URLSpan.class)[0];
        SpannableStringBuilder text = new SpannableStringBuilder("我已阅读");
        text.append("《隐私政策》", new ClickableSpan() {
            @Override
            public void onClick(View widget) {}
        }, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE).insert(0, "同意");
        ClickableSpan span = text.getSpans(0, text.length(), ClickableSpan.class)[0];
        log("text " + html.toString().trim() + "|" + html.subSequence(html.getSpanStart(link), html.getSpanEnd(link)) + "|"
            + link.getURL() + "|" + text.subSequence(text.getSpanStart(span), text.getSpanEnd(span)) + "|"
            + Base64.encodeToString(new byte[] {-1, -2, -3}, Base64.URL_SAFE | Base64.NO_WRAP));
    }

    private void list() {
        ListView list = new ListView(this);
        list.setAdapter(new ArrayAdapter<>(this, android.R.layout.simple_list_item_1, new String[] {"first", "second"}));
        list.setOnItemClickListener((parent, view, position, id) -> log("item " + position));
        RadioGroup group = new RadioGroup(this);
        for (String name : new String[] {"red", "blue"}) {
            RadioButton button = new RadioButton(this);
            button.setText(name);
            group.addView(button);
        }
        group.setOnCheckedChangeListener((changed, id) -> log("radio " + ((RadioButton) changed.findViewById(id)).getText()));
        list.addView(group);
        setContentView(list);
    }

    private void choice() {
        boolean[] checked = {true, false};
        new AlertDialog.Builder(this).setTitle("Pick").setMultiChoiceItems(new String[] {"one", "two"}, checked,
            (dialog, which, on) -> log("choice " + which + on))
            .setPositiveButton(android.R.string.ok, (dialog, which) -> log("done " + checked[0] + checked[1]))
            .setOnDismissListener(dialog -> log("dismissed")).show();
    }
}
