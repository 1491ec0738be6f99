package android.telephony;

import java.util.Map;

public abstract class CellIdentity {
    final Map<?, ?> facts;

    CellIdentity(Map<?, ?> facts) {
        this.facts = facts;
    }

    final int number(String key) {
        return ((Number) facts.get(key)).intValue();
    }

    public CharSequence getOperatorAlphaLong() {
        return (String) facts.get("operator");
    }

    public CharSequence getOperatorAlphaShort() {
        return (String) facts.get("operator");
    }
}
