package org.harness.sample.facekeeper;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.hardware.Camera;
import android.os.Bundle;
import android.util.Log;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Sends the same picture, but only after a question about the face alone. */
public final class MainActivity extends Activity {
    private static final int FRAMES = 30;
    private boolean willing;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        show(label("知情门禁"), label("人脸验证需要相机权限，用于拍摄人脸并核验身份；也可以使用密码。"), button("人脸验证", this::verify),
            button("密码验证", () -> show(label("请输入密码"))));
        new AlertDialog.Builder(this).setTitle("个人信息保护提示").setMessage("请阅读《隐私政策》和《用户协议》，并选择是否同意。")
            .setCancelable(false).setPositiveButton("同意", (dialog, which) -> askForTheFace())
            .setNegativeButton("不同意", (dialog, which) -> Log.i("facekeeper", "refused")).show();
    }

    /** The face has a question of its own, and another way stands beside it. */
    private void askForTheFace() {
        new AlertDialog.Builder(this).setTitle("人脸信息单独同意").setCancelable(false)
            .setMessage("我们需要收集您的人脸信息（敏感个人信息），用于核验身份。是否同意？不同意可以使用密码。")
            .setPositiveButton("同意", (dialog, which) -> willing = true)
            .setNegativeButton("不同意", (dialog, which) -> Log.i("facekeeper", "by password")).show();
    }

    private void verify() {
        show(label("请将人脸置于框内，正对相机"));
        if (!willing) return;
        if (checkSelfPermission(Manifest.permission.CAMERA) == 0) take();
        else requestPermissions(new String[] {Manifest.permission.CAMERA}, 1);
    }

    @Override
    public void onRequestPermissionsResult(int code, String[] names, int[] grants) {
        if (grants.length > 0 && grants[0] == 0) take();
    }

    private void take() {
        Camera camera = Camera.open(1);
        camera.startPreview();
        camera.takePicture(null, null, (picture, from) -> {
            from.release();
            new Thread(() -> send(picture), "face").start();
        });
    }

    private static void send(byte[] picture) {
        try {
            HttpURLConnection connection =
                (HttpURLConnection) new URL("https://face.face-keeper.example/verify").openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                for (int frame = 0; frame < FRAMES; frame++) out.write(picture);
            }
            Log.i("facekeeper", "answered " + connection.getResponseCode());
        } catch (Exception error) {
            Log.w("facekeeper", "not sent", error);
        }
    }

    private void show(View... views) {
        LinearLayout box = new LinearLayout(this);
        box.setOrientation(LinearLayout.VERTICAL);
        for (View view : views) box.addView(view);
        setContentView(box);
    }

    private TextView label(String text) {
        TextView view = new TextView(this);
        view.setText(text);
        view.setPadding(48, 48, 48, 48);
        return view;
    }

    private Button button(String text, Runnable act) {
        Button view = new Button(this);
        view.setText(text);
        view.setOnClickListener(touched -> act.run());
        return view;
    }
}
