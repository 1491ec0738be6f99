package android.telephony;

public final class CellSignalStrengthLte extends CellSignalStrength {
    private final int dbm;

    CellSignalStrengthLte(int dbm) {
        this.dbm = dbm;
    }

    @Override
    public int getDbm() {
        return dbm;
    }

    @Override
    public int getLevel() {
        return dbm > -95 ? 4 : dbm > -105 ? 3 : 2;
    }

    @Override
    public int getAsuLevel() {
        return dbm + 140;
    }

    public int getRsrp() {
        return dbm;
    }
}
