package com.example.reader;

import android.app.Application;
import java.util.Optional;

/** Reads before anything else of the app can run: in its first static initialiser. */
public class App extends Application {
    static final Optional<byte[]> FIRST = hardwareAddress();

    static Optional<byte[]> hardwareAddress() {
        try {
            return Optional.ofNullable(java.net.NetworkInterface.getByName("lo").getHardwareAddress());
        } catch (java.net.SocketException error) {
            throw new IllegalStateException(error);
        }
    }
}
