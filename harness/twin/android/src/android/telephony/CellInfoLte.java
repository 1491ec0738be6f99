package android.telephony;

import java.util.Map;

public final class CellInfoLte extends CellInfo {
    private final CellIdentityLte identity;
    private final CellSignalStrengthLte strength;

    CellInfoLte(Map<?, ?> facts) {
        super(Boolean.TRUE.equals(facts.get("registered")));
        identity = new CellIdentityLte(facts);
        strength = new CellSignalStrengthLte(((Number) facts.get("dbm")).intValue());
    }

    @Override
    public CellIdentityLte getCellIdentity() {
        return identity;
    }

    @Override
    public CellSignalStrengthLte getCellSignalStrength() {
        return strength;
    }

    @Override
    public String toString() {
        return "CellInfoLte:{mRegistered=" + (isRegistered() ? "YES" : "NO") + " " + identity + "}";
    }
}
