package com.example.reader;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.provider.Settings;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        getSharedPreferences("device", MODE_PRIVATE).edit().putString("id", id + " 😀").apply();
        String kept = getSharedPreferences("device", MODE_PRIVATE).getString("id", "");
        android.util.Log.i("reader", kept.equals(id + " 😀") ? "kept" : "changed to " + kept);
        startService(new Intent(this, Push.class));
        if (getIntent().getBooleanExtra("exit", false)) System.exit(3);
    }
}
