package com.example.reader;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/** Sends past the proxy: streams and datagrams to another machine. */
public class Past extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String to = getIntent().getStringExtra("to");
        int open = Integer.parseInt(getIntent().getStringExtra("port"));
        new Thread(() -> {
            try {
                stream(to, open, 300);
                stream(to, 853, 10);
                datagrams(to, 5060, new byte[40], 3);
                byte[] initial = new byte[1200];
                initial[0] = (byte) 0xc3;
                initial[4] = 1;
                datagrams(to, 443, initial, 1);
                try (DatagramSocket socket = new DatagramSocket()) {
                    socket.connect(InetAddress.getByName(to), 3478);
                    socket.send(new DatagramPacket(new byte[50], 50));
                }
            } catch (IOException error) {
                Log.i("reader", "past not: " + error);
            }
            Log.i("reader", "past");
        }).start();
    }

    private static void stream(String to, int port, int size) {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(to), port), 3000);
            socket.getOutputStream().write(new byte[size / 2]);
            socket.getOutputStream().write(new byte[size - size / 2]);
            socket.getInputStream().read();
        } catch (IOException refused) {
            Log.i("reader", port + ": " + refused.getMessage());
        }
    }

    private static void datagrams(String to, int port, byte[] data, int times) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < times; i++) {
                socket.send(new DatagramPacket(data, data.length, InetAddress.getByName(to), port));
            }
        }
    }
}
