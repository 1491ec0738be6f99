package android.telephony;

import java.util.List;

public class SignalStrength {
    private final List<CellSignalStrength> parts;

    SignalStrength(List<CellSignalStrength> parts) {
        this.parts = parts;
    }

    public List<CellSignalStrength> getCellSignalStrengths() {
        return parts;
    }

    public int getLevel() {
        return parts.isEmpty() ? 0 : parts.get(0).getLevel();
    }

    public boolean isGsm() {
        return true;
    }
}
