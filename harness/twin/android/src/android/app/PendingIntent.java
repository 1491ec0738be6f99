package android.app;

import android.content.Context;
import android.content.Intent;
import android.os.Parcel;
import android.os.Parcelable;
import java.util.LinkedHashMap;
import java.util.Map;
import twin.Binder;

public final class PendingIntent implements Parcelable {
    public static final int FLAG_ONE_SHOT = 1 << 30;
    public static final int FLAG_NO_CREATE = 1 << 29;
    public static final int FLAG_CANCEL_CURRENT = 1 << 28;
    public static final int FLAG_UPDATE_CURRENT = 1 << 27;
    public static final int FLAG_IMMUTABLE = 1 << 26;
    public static final int FLAG_MUTABLE = 1 << 25;

    private final String kind;
    private final int request;
    private final Intent intent;

    public static class CanceledException extends android.util.AndroidException {
        public CanceledException() {}

        public CanceledException(String name) {
            super(name);
        }
    }

    private PendingIntent(String kind, int request, Intent intent) {
        this.kind = kind;
        this.request = request;
        this.intent = intent;
    }

    private static PendingIntent make(Context context, String kind, int request, Intent intent, int flags) {
        Object target = twin.Zygote.bind().get("target_sdk");
        if (target != null && ((Number) target).intValue() >= 31 && (flags & (FLAG_IMMUTABLE | FLAG_MUTABLE)) == 0) {
            throw new IllegalArgumentException(context.getPackageName() + ": Targeting S+ (version 31 and above) requires that"
                    + " one of FLAG_IMMUTABLE or FLAG_MUTABLE be specified when creating a PendingIntent.");
        }
        return new PendingIntent(kind, request, new Intent(intent));
    }

    public static PendingIntent getActivity(Context context, int requestCode, Intent intent, int flags) {
        return make(context, "activity", requestCode, intent, flags);
    }

    public static PendingIntent getBroadcast(Context context, int requestCode, Intent intent, int flags) {
        return make(context, "broadcast", requestCode, intent, flags);
    }

    public static PendingIntent getService(Context context, int requestCode, Intent intent, int flags) {
        return make(context, "service", requestCode, intent, flags);
    }

    public static PendingIntent getForegroundService(Context context, int requestCode, Intent intent, int flags) {
        return make(context, "service", requestCode, intent, flags);
    }

    public String getCreatorPackage() {
        return twin.Zygote.packageName();
    }

    public void cancel() {
        Binder.call("alarm.cancel", toMap());
    }

    public void send() throws CanceledException {
        switch (kind) {
            case "activity":
                Binder.call("activity.start", new Intent(intent).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK).toMap(), null, null);
                break;
            case "broadcast": Binder.call("broadcast.send", intent.toMap()); break;
            default: Binder.call("service.start", intent.toMap(), false);
        }
    }

    /** What the alarm service keeps of it. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", kind);
        map.put("request", request);
        map.put("intent", intent.toMap());
        return map;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof PendingIntent)) return false;
        PendingIntent that = (PendingIntent) other;
        return kind.equals(that.kind) && request == that.request && intent.filterEquals(that.intent);
    }

    @Override
    public int hashCode() {
        return kind.hashCode() + request;
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel out, int flags) {
        out.writeString(kind);
        out.writeInt(request);
        out.writeParcelable(intent, flags);
    }

    public static final Parcelable.Creator<PendingIntent> CREATOR = new Parcelable.Creator<PendingIntent>() {
        @Override
        public PendingIntent createFromParcel(Parcel in) {
            return new PendingIntent(in.readString(), in.readInt(), in.readParcelable(null));
        }

        @Override
        public PendingIntent[] newArray(int size) {
            return new PendingIntent[size];
        }
    };
}
