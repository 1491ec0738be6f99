package android.accounts;

import android.content.Context;
import java.util.List;
import java.util.Map;
import twin.Binder;

public class AccountManager {
    public static final String KEY_ACCOUNT_NAME = "authAccount";
    public static final String KEY_ACCOUNT_TYPE = "accountType";
    public static final String LOGIN_ACCOUNTS_CHANGED_ACTION = "android.accounts.LOGIN_ACCOUNTS_CHANGED";

    AccountManager(Context context) {}

    public static AccountManager get(Context context) {
        if (context == null) throw new IllegalArgumentException("context is null");
        return (AccountManager) context.getSystemService(Context.ACCOUNT_SERVICE);
    }

    public Account[] getAccounts() {
        return accounts(null);
    }

    public Account[] getAccountsByType(String type) {
        return accounts(type);
    }

    public Account[] getAccountsByTypeForPackage(String type, String packageName) {
        return accounts(type);
    }

    public String getUserData(Account account, String key) {
        return (String) Binder.call("accounts.user_data", account.type);
    }

    public AuthenticatorDescription[] getAuthenticatorTypes() {
        return new AuthenticatorDescription[] {
            new AuthenticatorDescription("com.google", "com.google.android.gms", 0, 0, 0, 0),
            new AuthenticatorDescription("com.xiaomi", "com.xiaomi.account", 0, 0, 0, 0),
        };
    }

    private static Account[] accounts(String type) {
        List<?> list = (List<?>) Binder.call("accounts.list", (Object) type);
        Account[] accounts = new Account[list.size()];
        for (int i = 0; i < accounts.length; i++) {
            Map<?, ?> each = (Map<?, ?>) list.get(i);
            accounts[i] = new Account((String) each.get("name"), (String) each.get("type"));
        }
        return accounts;
    }
}
