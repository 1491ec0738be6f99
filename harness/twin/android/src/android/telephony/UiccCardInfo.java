package android.telephony;

import java.util.Map;

public final class UiccCardInfo {
    private final Map<?, ?> facts;

    UiccCardInfo(Map<?, ?> facts) {
        this.facts = facts;
    }

    public String getIccId() {
        return (String) facts.get("iccid");
    }

    public int getSlotIndex() {
        return ((Number) facts.get("slot")).intValue();
    }

    public boolean isEuicc() {
        return false;
    }

    public boolean isRemovable() {
        return true;
    }
}
