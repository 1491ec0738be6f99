package android.os;

/** An object that other code of the same process can call. The twin has no transactions between processes. */
public class Binder implements IBinder {
    private IInterface owner;
    private String descriptor;

    public Binder() {}

    public Binder(String descriptor) {
        this.descriptor = descriptor;
    }

    public static final int getCallingPid() {
        return Process.myPid();
    }

    public static final int getCallingUid() {
        return Process.myUid();
    }

    public static final long clearCallingIdentity() {
        return 0;
    }

    public static final void restoreCallingIdentity(long token) {}

    public void attachInterface(IInterface owner, String descriptor) {
        this.owner = owner;
        this.descriptor = descriptor;
    }

    @Override
    public String getInterfaceDescriptor() {
        return descriptor;
    }

    @Override
    public boolean pingBinder() {
        return true;
    }

    @Override
    public boolean isBinderAlive() {
        return true;
    }

    @Override
    public IInterface queryLocalInterface(String descriptor) {
        return this.descriptor != null && this.descriptor.equals(descriptor) ? owner : null;
    }

    protected boolean onTransact(int code, Parcel data, Parcel reply, int flags) throws RemoteException {
        return false;
    }

    @Override
    public final boolean transact(int code, Parcel data, Parcel reply, int flags) throws RemoteException {
        if (data != null) data.setDataPosition(0);
        boolean known = onTransact(code, data, reply, flags);
        if (reply != null) reply.setDataPosition(0);
        return known;
    }

    @Override
    public void linkToDeath(DeathRecipient recipient, int flags) {}

    @Override
    public boolean unlinkToDeath(DeathRecipient recipient, int flags) {
        return true;
    }
}
