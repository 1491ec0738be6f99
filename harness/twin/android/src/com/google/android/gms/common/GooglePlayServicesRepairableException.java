package com.google.android.gms.common;

public class GooglePlayServicesRepairableException extends Exception {
    private final int connectionStatusCode;

    public GooglePlayServicesRepairableException(int statusCode, String message) {
        super(message);
        connectionStatusCode = statusCode;
    }

    public int getConnectionStatusCode() {
        return connectionStatusCode;
    }
}
