package android.telephony;

import android.app.PendingIntent;
import android.content.Context;
import android.net.Uri;
import android.os.Bundle;
import java.util.ArrayList;
import twin.Binder;

/** Sending is refused or journalled by the twin; nothing leaves it. */
public final class SmsManager {
    public static final int RESULT_ERROR_GENERIC_FAILURE = 1;

    private static final SmsManager DEFAULT = new SmsManager();

    private SmsManager() {}

    @Deprecated
    public static SmsManager getDefault() {
        return DEFAULT;
    }

    @Deprecated
    public static SmsManager getSmsManagerForSubscriptionId(int subId) {
        return DEFAULT;
    }

    public static int getDefaultSmsSubscriptionId() {
        return SubscriptionManager.getDefaultSmsSubscriptionId();
    }

    public ArrayList<String> divideMessage(String text) {
        ArrayList<String> parts = new ArrayList<>();
        for (int at = 0; at < text.length(); at += 67) parts.add(text.substring(at, Math.min(text.length(), at + 67)));
        if (parts.isEmpty()) parts.add("");
        return parts;
    }

    public void sendTextMessage(
            String destinationAddress, String scAddress, String text, PendingIntent sentIntent, PendingIntent deliveryIntent) {
        if (destinationAddress == null || destinationAddress.isEmpty()) throw new IllegalArgumentException("Invalid destinationAddress");
        if (text == null || text.isEmpty()) throw new IllegalArgumentException("Invalid message body");
        Binder.call("sms.send", destinationAddress, text);
    }

    /** For carrier apps, which no app of the twin is. */
    public void sendTextMessageWithoutPersisting(
            String destinationAddress, String scAddress, String text, PendingIntent sentIntent, PendingIntent deliveryIntent) {
        throw new SecurityException("Requires MODIFY_PHONE_STATE");
    }

    public void sendMultimediaMessage(
            Context context, Uri contentUri, String locationUrl, Bundle configOverrides, PendingIntent sentIntent) {
        if (contentUri == null) throw new IllegalArgumentException("Uri contentUri null");
        Binder.call("sms.send", contentUri.toString(), (Object) null);
    }

    public void sendMultipartTextMessage(
            String destinationAddress, String scAddress, ArrayList<String> parts, ArrayList<PendingIntent> sentIntents,
            ArrayList<PendingIntent> deliveryIntents) {
        if (parts == null || parts.isEmpty()) throw new IllegalArgumentException("Invalid message body");
        Binder.call("sms.send", destinationAddress, String.join("", parts));
    }

    public void sendDataMessage(
            String destinationAddress, String scAddress, short destinationPort, byte[] data, PendingIntent sentIntent,
            PendingIntent deliveryIntent) {
        if (data == null || data.length == 0) throw new IllegalArgumentException("Invalid message data");
        Binder.call("sms.send", destinationAddress, (Object) null);
    }
}
