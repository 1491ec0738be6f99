package android.os;

/** Sends messages to a handler of the same process. The twin has no transactions between processes. */
public final class Messenger implements Parcelable {
    private final IBinder target;

    private static final class Door extends Binder {
        final Handler handler;

        Door(Handler handler) {
            this.handler = handler;
        }
    }

    public Messenger(Handler target) {
        this.target = new Door(target);
    }

    public Messenger(IBinder target) {
        this.target = target;
    }

    public void send(Message message) throws RemoteException {
        if (!(target instanceof Door)) throw new DeadObjectException("the twin has no transactions between processes");
        Handler handler = ((Door) target).handler;
        handler.sendMessage(message);
    }

    public IBinder getBinder() {
        return target;
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel out, int flags) {
        throw new UnsupportedOperationException("the twin has no transactions between processes");
    }
}
