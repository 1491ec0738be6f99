package org.harness.sample.pinned;

import android.app.Activity;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.Spanned;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.net.URL;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks on a whole page, reads nothing, but talks at once to a server whose key it pins. */
public final class MainActivity extends Activity {
    private static final String PIN = "k2v657xBsOVe1PQRwOsHsw3bsGT2VzIqz5K+59sNQws=";

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        new Thread(MainActivity::refresh, "refresh").start();
        String choice = getSharedPreferences("state", MODE_PRIVATE).getString("choice", "");
        if (choice.isEmpty()) {
            ask();
        } else {
            notes(choice.equals("agreed"));
        }
    }

    private void ask() {
        LinearLayout page = column();
        TextView title = new TextView(this);
        title.setText("Your privacy");
        title.setTextSize(24);
        page.addView(title);
        String text = "Vault Notes keeps your notes on this phone. Please read our Privacy Policy and tell us whether you agree.";
        SpannableString message = new SpannableString(text);
        int start = text.indexOf("Privacy Policy");
        message.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                Log.i("pinned", "policy opened");
            }
        }, start, start + "Privacy Policy".length(), Spanned.SPAN_EXCLUSIVE_EXCLUSIVE);
        TextView body = new TextView(this);
        body.setText(message);
        body.setMovementMethod(LinkMovementMethod.getInstance());
        page.addView(body);
        page.addView(button("Agree", () -> choose("agreed")));
        page.addView(button("Disagree", () -> choose("refused")));
        setContentView(page);
    }

    private void choose(String choice) {
        getSharedPreferences("state", MODE_PRIVATE).edit().putString("choice", choice).apply();
        notes(choice.equals("agreed"));
    }

    private void notes(boolean agreed) {
        LinearLayout page = column();
        TextView title = new TextView(this);
        title.setText(agreed ? "My notes" : "My notes (offline)");
        page.addView(title);
        page.addView(button("New note", () -> Log.i("pinned", "new note")));
        setContentView(page);
    }

    private LinearLayout column() {
        LinearLayout page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        page.setPadding(48, 96, 48, 48);
        return page;
    }

    private Button button(String text, Runnable act) {
        Button button = new Button(this);
        button.setText(text);
        button.setOnClickListener(view -> act.run());
        return button;
    }

    private static void refresh() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned()}, null);
            HttpsURLConnection connection =
                (HttpsURLConnection) new URL("https://sync.vault-notes.example/v2/refresh").openConnection();
            connection.setSSLSocketFactory(context.getSocketFactory());
            Log.i("pinned", "refresh answered " + connection.getResponseCode());
        } catch (Exception error) {
            Log.w("pinned", "refresh failed", error);
        }
    }

    private static final class Pinned implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                byte[] key = chain[0].getPublicKey().getEncoded();
                String pin = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
                if (!PIN.equals(pin)) {
                    throw new CertificateException("pin mismatch: " + pin);
                }
            } catch (java.security.NoSuchAlgorithmException error) {
                throw new CertificateException(error);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
