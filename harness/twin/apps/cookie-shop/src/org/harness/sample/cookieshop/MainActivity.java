package org.harness.sample.cookieshop;

import android.app.Activity;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.Space;
import android.widget.Switch;
import android.widget.TextView;
import java.net.HttpURLConnection;
import java.net.URL;

/** A consent banner under the shop, in English or German; refusing is one page further, behind its settings. */
public final class MainActivity extends Activity {
    private SharedPreferences state;
    private boolean german;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        state = getSharedPreferences("state", MODE_PRIVATE);
        german = getResources().getConfiguration().getLocales().get(0).getLanguage().equals("de");
        home();
    }

    private void home() {
        String choice = state.getString("choice", "");
        if (choice.isEmpty()) {
            show(label(in("Cookie Shop: biscuits of the week", "Keksladen: Kekse der Woche")), new Space(this), label(in(
                "We value your privacy. We and our partners use cookies and similar technologies to process personal data. See our Privacy Policy.",
                "Ihre Privatsphäre ist uns wichtig. Wir und unsere Partner verwenden Cookies und ähnliche Technologien, um personenbezogene Daten zu verarbeiten. Siehe Datenschutzerklärung.")),
                button(in("Accept all", "Alle akzeptieren"), () -> choose("agreed")),
                button(in("Manage settings", "Einstellungen verwalten"), this::manage));
        } else {
            show(label(in("Cookie Shop: biscuits of the week", "Keksladen: Kekse der Woche")),
                button(in("New biscuits", "Neue Kekse"), () -> show(label(in("Shortbread, gingersnap", "Spekulatius, Zimtsterne")))));
            if (choice.equals("agreed")) count();
        }
    }

    private void manage() {
        show(label(in("Privacy settings", "Datenschutz-Einstellungen")),
            label(in("Choose which purposes of processing personal data you consent to.", "Wählen Sie, in welche Zwecke der Verarbeitung Sie einwilligen.")),
            choice(in("Analytics", "Analyse")), choice(in("Marketing", "Marketing")),
            button(in("Reject all", "Alle ablehnen"), () -> choose("refused")),
            button(in("Accept all", "Alle akzeptieren"), () -> choose("agreed")));
    }

    private void choose(String choice) {
        state.edit().putString("choice", choice).apply();
        home();
    }

    private String in(String english, String other) {
        return german ? other : english;
    }

    private void count() {
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        new Thread(() -> {
            try {
                URL address = new URL("https://count.cookie-shop.example/visit?id=" + id + "&lang=" + (german ? "de" : "en"));
                Log.i("shop", "answered " + ((HttpURLConnection) address.openConnection()).getResponseCode());
            } catch (Exception error) {
                Log.w("shop", "not sent", error);
            }
        }, "count").start();
    }

    private void show(View... views) {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        for (View view : views) {
            if (view instanceof Space) box.addView(view, new LinearLayout.LayoutParams(-1, 0, 1));
            else box.addView(view);
        }
        setContentView(box);
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        return view;
    }

    private Switch choice(String text) {
        Switch view = new Switch(this);
        view.setText(text);
        return view;
    }

    private Button button(String text, Runnable act) {
        Button view = new Button(this);
        view.setText(text);
        view.setOnClickListener(touched -> act.run());
        return view;
    }
}
