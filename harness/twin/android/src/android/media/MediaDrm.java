package android.media;

import java.util.UUID;
import twin.Binder;

public final class MediaDrm implements AutoCloseable {
    public static final String PROPERTY_VENDOR = "vendor";
    public static final String PROPERTY_VERSION = "version";
    public static final String PROPERTY_DESCRIPTION = "description";
    public static final String PROPERTY_ALGORITHMS = "algorithms";
    public static final String PROPERTY_DEVICE_UNIQUE_ID = "deviceUniqueId";

    private final String scheme;

    public static class MediaDrmStateException extends IllegalStateException {
        MediaDrmStateException(String message) {
            super(message);
        }
    }

    public MediaDrm(UUID uuid) throws UnsupportedSchemeException {
        if (uuid == null) throw new IllegalArgumentException("Unsupported UUID");
        scheme = uuid.toString();
        if (!isCryptoSchemeSupported(uuid)) throw new UnsupportedSchemeException("Failed to instantiate drm object.");
    }

    public static boolean isCryptoSchemeSupported(UUID uuid) {
        return Boolean.TRUE.equals(Binder.call("drm.scheme", uuid.toString()));
    }

    public byte[] getPropertyByteArray(String propertyName) {
        if (!PROPERTY_DEVICE_UNIQUE_ID.equals(propertyName)) throw new MediaDrmStateException("Failed to get property " + propertyName);
        String hex = (String) Binder.call("drm.device_id", scheme);
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        return bytes;
    }

    public String getPropertyString(String propertyName) {
        switch (propertyName) {
            case PROPERTY_VENDOR: return "Google";
            case PROPERTY_VERSION: return "16.1.0";
            case PROPERTY_DESCRIPTION: return "Widevine CDM";
            case PROPERTY_ALGORITHMS: return "AES/CBC/NoPadding,HmacSHA256";
            default: throw new MediaDrmStateException("Failed to get property " + propertyName);
        }
    }

    @Override
    public void close() {}

    @Deprecated
    public void release() {
        close();
    }
}
