package android.app;

import android.os.DeadObjectException;
import android.os.IBinder;
import android.os.IInterface;
import android.os.Parcel;
import android.os.RemoteException;

/** A service in another process. The twin carries no transactions between processes: each one fails as if the peer had died. */
final class RemoteBinder implements IBinder {
    @Override
    public String getInterfaceDescriptor() throws RemoteException {
        throw new DeadObjectException("the twin has no transactions between processes");
    }

    @Override
    public boolean pingBinder() {
        return false;
    }

    @Override
    public boolean isBinderAlive() {
        return false;
    }

    @Override
    public IInterface queryLocalInterface(String descriptor) {
        return null;
    }

    @Override
    public boolean transact(int code, Parcel data, Parcel reply, int flags) throws RemoteException {
        throw new DeadObjectException("the twin has no transactions between processes");
    }

    @Override
    public void linkToDeath(DeathRecipient recipient, int flags) throws RemoteException {
        throw new DeadObjectException("the twin has no transactions between processes");
    }

    @Override
    public boolean unlinkToDeath(DeathRecipient recipient, int flags) {
        return false;
    }
}
