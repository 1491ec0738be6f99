package android.bluetooth.le;

/** Taken and not applied: every neighbour is reported. */
public final class ScanFilter {
    private ScanFilter() {}

    public static final class Builder {
        public Builder() {}

        public Builder setDeviceName(String deviceName) {
            return this;
        }

        public Builder setDeviceAddress(String deviceAddress) {
            return this;
        }

        public ScanFilter build() {
            return new ScanFilter();
        }
    }
}
