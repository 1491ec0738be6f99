package org.harness.sample.webnotice;

import android.app.Activity;
import android.app.Dialog;
import android.content.Intent;
import android.content.SharedPreferences;
import android.net.Uri;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.Gravity;
import android.view.View;
import android.view.ViewGroup;
import android.webkit.WebResourceRequest;
import android.webkit.WebView;
import android.webkit.WebViewClient;
import android.widget.FrameLayout;
import android.widget.LinearLayout;
import android.widget.TextView;

/** The notice is a web page whose policy opens in the browser; agreeing counts down under an empty view that takes
 * the touches, and refusing is a label whose grandparent takes them. */
public final class MainActivity extends Activity {
    private static final int COUNTDOWN_S = 3;
    private static final String NOTICE = "<html><body><h3>个人信息保护指引</h3><p>欢迎使用网页弹窗。请您仔细阅读"
        + "<a href=\"https://www.web-notice.example/privacy\">《隐私政策》</a>，了解我们如何收集和使用您的个人信息，"
        + "并选择是否同意。不同意也可以浏览新闻。</p></body></html>";
    private SharedPreferences state;
    private TextView page;
    private Dialog dialog;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        page = label("");
        setContentView(page);
        home();
        if (state.getString("choice", "").isEmpty()) ask();
    }

    private void home() {
        page.setText(state.getString("choice", "").equals("agreed") ? "新闻 推荐 关注" : "新闻 只读模式");
    }

    private void ask() {
        dialog = new Dialog(this);
        dialog.setCancelable(false);
        WebView text = new WebView(this);
        text.setWebViewClient(new WebViewClient() {
            @Override
            public boolean shouldOverrideUrlLoading(WebView view, WebResourceRequest request) {
                startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse(request.getUrl().toString())));
                return true;
            }
        });
        text.loadDataWithBaseURL(null, NOTICE, "text/html", "utf-8", null);
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        box.addView(text, new LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, 600));
        LinearLayout row = new LinearLayout(this);
        row.addView(refuse(), new LinearLayout.LayoutParams(0, 160, 1));
        row.addView(agree(), new LinearLayout.LayoutParams(0, 160, 1));
        box.addView(row);
        dialog.setContentView(box);
        dialog.show();
    }

    private View refuse() {
        FrameLayout inner = new FrameLayout(this);
        inner.addView(label("不同意"));
        FrameLayout outer = new FrameLayout(this);
        outer.setOnClickListener(view -> choose("refused"));
        outer.addView(inner);
        return outer;
    }

    private View agree() {
        TextView words = label("");
        View cover = new View(this);
        FrameLayout both = new FrameLayout(this);
        both.addView(words);
        both.addView(cover, new FrameLayout.LayoutParams(
            ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.MATCH_PARENT));
        count(words, cover, COUNTDOWN_S);
        return both;
    }

    private void count(TextView words, View cover, int left) {
        words.setText(left == 0 ? "同意" : "同意（" + left + "s）");
        words.setEnabled(left == 0);
        if (left == 0) cover.setOnClickListener(view -> choose("agreed"));
        else new Handler(Looper.getMainLooper()).postDelayed(() -> count(words, cover, left - 1), 1000);
    }

    private void choose(String choice) {
        state.edit().putString("choice", choice).apply();
        dialog.dismiss();
        home();
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setGravity(Gravity.CENTER);
        return view;
    }
}
