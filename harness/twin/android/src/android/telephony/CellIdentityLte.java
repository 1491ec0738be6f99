package android.telephony;

import java.util.Map;

public final class CellIdentityLte extends CellIdentity {
    CellIdentityLte(Map<?, ?> facts) {
        super(facts);
    }

    public int getCi() {
        return number("ci");
    }

    public int getPci() {
        return number("pci");
    }

    public int getTac() {
        return number("tac");
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

    public String getMobileNetworkOperator() {
        return getMccString() + getMncString();
    }

    @Override
    public String toString() {
        return "CellIdentityLte:{ mCi=" + getCi() + " mPci=" + getPci() + " mTac=" + getTac() + " mMcc=" + getMccString()
                + " mMnc=" + getMncString() + " }";
    }
}
