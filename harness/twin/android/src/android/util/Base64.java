package android.util;

import java.nio.charset.StandardCharsets;

public class Base64 {
    public static final int DEFAULT = 0;
    public static final int NO_PADDING = 1;
    public static final int NO_WRAP = 2;
    public static final int CRLF = 4;
    public static final int URL_SAFE = 8;
    public static final int NO_CLOSE = 16;

    private static final int LINE = 76;

    private Base64() {}

    public static byte[] encode(byte[] input, int flags) {
        java.util.Base64.Encoder encoder = (flags & URL_SAFE) != 0 ? java.util.Base64.getUrlEncoder() : java.util.Base64.getEncoder();
        String text = ((flags & NO_PADDING) != 0 ? encoder.withoutPadding() : encoder).encodeToString(input);
        if ((flags & NO_WRAP) == 0 && !text.isEmpty()) {
            String end = (flags & CRLF) != 0 ? "\r\n" : "\n";
            StringBuilder lines = new StringBuilder();
            for (int at = 0; at < text.length(); at += LINE) {
                lines.append(text, at, Math.min(text.length(), at + LINE)).append(end);
            }
            text = lines.toString();
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] encode(byte[] input, int offset, int len, int flags) {
        return encode(java.util.Arrays.copyOfRange(input, offset, offset + len), flags);
    }

    public static String encodeToString(byte[] input, int flags) {
        return new String(encode(input, flags), StandardCharsets.US_ASCII);
    }

    public static String encodeToString(byte[] input, int offset, int len, int flags) {
        return new String(encode(input, offset, len, flags), StandardCharsets.US_ASCII);
    }

    public static byte[] decode(String str, int flags) {
        return decode(str.getBytes(StandardCharsets.ISO_8859_1), flags);
    }

    /** White space is left out. */
    public static byte[] decode(byte[] input, int flags) {
        java.util.Base64.Decoder decoder = (flags & URL_SAFE) != 0 ? java.util.Base64.getUrlDecoder() : java.util.Base64.getDecoder();
        StringBuilder clean = new StringBuilder();
        for (byte b : input) {
            if (b == '\n' || b == '\r' || b == ' ' || b == '\t') continue;
            clean.append((char) (b & 0xff));
        }
        try {
            return decoder.decode(clean.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("bad base-64", e);
        }
    }
}
