package org.harness.sample.rostermasked;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.util.Log;
import android.widget.TextView;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * Its server sends no more than the screen shows. Its server is a socket of its own on loopback, reached through the proxy like any other (`--network live`),
 * so that no machine outside is needed. The numbers are valid in form and belong to nobody.
 */
public final class MainActivity extends Activity {
    private static final String ANSWER = "{\"people\": [{\"nick\": \"甲同学\", \"idno\": \"110***********4178\"}, {\"nick\": \"乙同学\", \"idno\": \"310***********0024\"}, {\"nick\": \"丙同学\", \"idno\": \"440***********5115\"}]}";
    private static final int MOST_LINES = 100;
    private TextView page;

    @Override
    protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        page = new TextView(this);
        page.setText("班级名册");
        setContentView(page);
        new AlertDialog.Builder(this)
            .setTitle("个人信息保护提示")
            .setMessage("请阅读《隐私政策》和《用户协议》，并选择是否同意。")
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> new Thread(this::load, "load").start())
            .setNegativeButton("不同意", (dialog, which) -> Log.i("roster", "refused"))
            .show();
    }

    private void load() {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread answering = new Thread(() -> answer(server), "server");
            answering.start();
            HttpURLConnection connection = (HttpURLConnection) new URL(
                "http://127.0.0.1:" + server.getLocalPort() + "/roster").openConnection();
            StringBuilder text = new StringBuilder();
            try (BufferedReader reader = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    text.append(line);
                }
            }
            JSONArray people = new JSONObject(text.toString()).getJSONArray("people");
            StringBuilder shown = new StringBuilder("班级名册");
            for (int i = 0; i < people.length(); i++) {
                JSONObject person = people.getJSONObject(i);
                shown.append("\n").append(person.getString("nick")).append(" ").append(person.getString("idno"));
            }
            runOnUiThread(() -> page.setText(shown));
        } catch (Exception error) {
            Log.w("roster", "not loaded", error);
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept(); OutputStream out = socket.getOutputStream()) {
            BufferedReader reader = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < MOST_LINES && !reader.readLine().isEmpty(); i++) {
                Log.i("roster", "asked");
            }
            byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(body);
        } catch (Exception error) {
            Log.w("roster", "not answered", error);
        }
    }
}
