package android.telephony;

@Deprecated
public abstract class CellLocation {
    public static CellLocation getEmpty() {
        return new android.telephony.gsm.GsmCellLocation();
    }

    public static void requestLocationUpdate() {}
}
