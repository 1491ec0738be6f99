package org.harness.life;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;

public final class Second extends Activity {
    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        Log.i(App.TAG, "Second.onCreate " + getIntent().getStringExtra("word"));
        setResult(RESULT_OK, new Intent().putExtra("answer", 42L));
    }

    @Override
    protected void onResume() {
        super.onResume();
        Log.i(App.TAG, "Second.onResume");
    }

    @Override
    protected void onDestroy() {
        super.onDestroy();
        Log.i(App.TAG, "Second.onDestroy");
    }
}
