package android.os;

import android.content.Context;

/** One user, the owner. */
public class UserManager {
    UserManager(Context context) {}

    public boolean isUserUnlocked() {
        return true;
    }

    public boolean isSystemUser() {
        return true;
    }

    public boolean isDemoUser() {
        return false;
    }

    public boolean isManagedProfile() {
        return false;
    }

    public String getUserName() {
        return (String) twin.Binder.call("user.name");
    }

    public static boolean supportsMultipleUsers() {
        return false;
    }
}
