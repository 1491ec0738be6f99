package android.telephony;

import java.util.Map;

public class SubscriptionInfo {
    private final Map<?, ?> facts;

    SubscriptionInfo(Map<?, ?> facts) {
        this.facts = facts;
    }

    public int getSubscriptionId() {
        return ((Number) facts.get("sub_id")).intValue();
    }

    public int getSimSlotIndex() {
        return ((Number) facts.get("slot")).intValue();
    }

    /** "" for an app that may not know it. */
    public String getIccId() {
        return (String) facts.get("iccid");
    }

    @Deprecated
    public String getNumber() {
        return (String) facts.get("number");
    }

    public CharSequence getDisplayName() {
        return (String) facts.get("name");
    }

    public CharSequence getCarrierName() {
        return (String) facts.get("carrier");
    }

    public String getCountryIso() {
        return (String) facts.get("country");
    }

    public String getMccString() {
        return (String) facts.get("mcc");
    }

    public String getMncString() {
        return (String) facts.get("mnc");
    }

    @Deprecated
    public int getMcc() {
        return Integer.parseInt(getMccString());
    }

    @Deprecated
    public int getMnc() {
        return Integer.parseInt(getMncString());
    }

    public boolean isEmbedded() {
        return false;
    }

    public int getDataRoaming() {
        return 0;
    }
}
