package android.telephony.cdma;

import android.telephony.CellLocation;

/** No twin is on a CDMA network, so an app only ever sees one that it made itself. */
@Deprecated
public class CdmaCellLocation extends CellLocation {
    private int baseStationId = -1;
    private int latitude = Integer.MAX_VALUE;
    private int longitude = Integer.MAX_VALUE;
    private int systemId = -1;
    private int networkId = -1;

    public CdmaCellLocation() {}

    public int getBaseStationId() {
        return baseStationId;
    }

    public int getBaseStationLatitude() {
        return latitude;
    }

    public int getBaseStationLongitude() {
        return longitude;
    }

    public int getSystemId() {
        return systemId;
    }

    public int getNetworkId() {
        return networkId;
    }

    public void setCellLocationData(
            int baseStationId, int baseStationLatitude, int baseStationLongitude, int systemId, int networkId) {
        this.baseStationId = baseStationId;
        this.latitude = baseStationLatitude;
        this.longitude = baseStationLongitude;
        this.systemId = systemId;
        this.networkId = networkId;
    }
}
