package android.telephony;

import android.content.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import twin.Binder;

public class SubscriptionManager {
    public static final int INVALID_SUBSCRIPTION_ID = -1;
    public static final int DEFAULT_SUBSCRIPTION_ID = Integer.MAX_VALUE;
    public static final int INVALID_SIM_SLOT_INDEX = -1;

    SubscriptionManager(Context context) {}

    @Deprecated
    public static SubscriptionManager from(Context context) {
        return (SubscriptionManager) context.getSystemService(Context.TELEPHONY_SUBSCRIPTION_SERVICE);
    }

    public List<SubscriptionInfo> getActiveSubscriptionInfoList() {
        List<SubscriptionInfo> list = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("subscription.list")) list.add(new SubscriptionInfo((Map<?, ?>) each));
        return list;
    }

    public SubscriptionInfo getActiveSubscriptionInfo(int subId) {
        for (SubscriptionInfo info : getActiveSubscriptionInfoList()) {
            if (info.getSubscriptionId() == subId) return info;
        }
        return null;
    }

    public SubscriptionInfo getActiveSubscriptionInfoForSimSlotIndex(int slotIndex) {
        for (SubscriptionInfo info : getActiveSubscriptionInfoList()) {
            if (info.getSimSlotIndex() == slotIndex) return info;
        }
        return null;
    }

    public int getActiveSubscriptionInfoCount() {
        return getActiveSubscriptionInfoList().size();
    }

    public int getActiveSubscriptionInfoCountMax() {
        return 2;
    }

    public String getPhoneNumber(int subscriptionId) {
        return (String) Binder.call("subscription.number", subscriptionId);
    }

    public static int getDefaultSubscriptionId() {
        return 1;
    }

    public static int getDefaultDataSubscriptionId() {
        return 1;
    }

    public static int getDefaultVoiceSubscriptionId() {
        return 1;
    }

    public static int getDefaultSmsSubscriptionId() {
        return 1;
    }

    public static boolean isValidSubscriptionId(int subscriptionId) {
        return subscriptionId > INVALID_SUBSCRIPTION_ID;
    }

    public static int getSlotIndex(int subscriptionId) {
        return subscriptionId == DEFAULT_SUBSCRIPTION_ID ? 0 : subscriptionId == 1 || subscriptionId == 2 ? subscriptionId - 1 : -1;
    }
}
