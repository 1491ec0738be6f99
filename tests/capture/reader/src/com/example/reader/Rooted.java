package com.example.reader;

import android.app.Activity;
import android.os.Bundle;
import android.os.SystemProperties;
import android.util.Log;
import android.view.WindowManager;
import android.widget.TextView;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;

/** Looks for signs of a rooted phone, and keeps its window off screenshots. */
public class Rooted extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        File su = new File(getFilesDir(), "su"), sum = new File(getFilesDir(), "sum");
        try {
            for (File file : new File[] {su, sum}) {
                try (FileOutputStream out = new FileOutputStream(file)) {
                    out.write("#!/bin/sh\n".getBytes());
                }
                file.setExecutable(true);
            }
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
        String started;
        try {
            started = "code " + new ProcessBuilder(su.getPath()).start().waitFor();
        } catch (IOException | InterruptedException error) {
            started = error.getMessage().replace(su.getPath(), "su");
        }
        TextView text = new TextView(this);
        text.setText("The balance of your account");
        setContentView(text);
        getWindow().addFlags(WindowManager.LayoutParams.FLAG_SECURE | WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON);
        int flags = getWindow().getAttributes().flags;
        Log.i("reader", "su " + su.exists() + " " + su.length() + ", sum " + sum.exists() + " " + sum.length() + ", " + started
            + ", adb root " + SystemProperties.get("service.adb.root") + ", secure " + ((flags & 0x2000) != 0) + ", kept on " + ((flags & 0x80) != 0));
        Log.i("reader", "looked");
    }
}
