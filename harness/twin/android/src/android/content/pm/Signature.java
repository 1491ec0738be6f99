package android.content.pm;

import android.os.Parcel;
import android.os.Parcelable;
import java.util.Arrays;

/** A signing certificate. On the twin its bytes are the certificate's SHA-256, all that is known of it. */
public class Signature implements Parcelable {
    public static final Parcelable.Creator<Signature> CREATOR = new Parcelable.Creator<Signature>() {
        @Override
        public Signature createFromParcel(Parcel source) {
            return new Signature(source.createByteArray());
        }

        @Override
        public Signature[] newArray(int size) {
            return new Signature[size];
        }
    };

    private final byte[] bytes;

    public Signature(byte[] signature) {
        bytes = signature.clone();
    }

    public Signature(String text) {
        if (text.length() % 2 != 0) throw new IllegalArgumentException("text size " + text.length() + " is not even");
        bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(text.substring(2 * i, 2 * i + 2), 16);
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    public String toCharsString() {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
        return text.toString();
    }

    public char[] toChars() {
        return toCharsString().toCharArray();
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof Signature && Arrays.equals(bytes, ((Signature) obj).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel dest, int parcelableFlags) {
        dest.writeByteArray(bytes);
    }
}
