package android.telephony.gsm;

import android.telephony.CellLocation;

@Deprecated
public class GsmCellLocation extends CellLocation {
    private int lac = -1;
    private int cid = -1;

    public GsmCellLocation() {}

    public int getLac() {
        return lac;
    }

    public int getCid() {
        return cid;
    }

    public int getPsc() {
        return -1;
    }

    public void setStateInvalid() {
        setLacAndCid(-1, -1);
    }

    public void setLacAndCid(int lac, int cid) {
        this.lac = lac;
        this.cid = cid;
    }

    @Override
    public String toString() {
        return "[" + lac + "," + cid + ",-1]";
    }
}
