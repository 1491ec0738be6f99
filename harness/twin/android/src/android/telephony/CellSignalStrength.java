package android.telephony;

public abstract class CellSignalStrength {
    CellSignalStrength() {}

    public abstract int getDbm();

    public abstract int getLevel();

    public abstract int getAsuLevel();
}
