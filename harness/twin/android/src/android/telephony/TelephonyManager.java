package android.telephony;

import android.os.PersistableBundle;
import android.content.Context;
import android.telephony.gsm.GsmCellLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import twin.Binder;

public class TelephonyManager {
    public static final int PHONE_TYPE_NONE = 0;
    public static final int PHONE_TYPE_GSM = 1;
    public static final int PHONE_TYPE_CDMA = 2;
    public static final int NETWORK_TYPE_UNKNOWN = 0;
    public static final int NETWORK_TYPE_GPRS = 1;
    public static final int NETWORK_TYPE_EDGE = 2;
    public static final int NETWORK_TYPE_UMTS = 3;
    public static final int NETWORK_TYPE_HSPA = 10;
    public static final int NETWORK_TYPE_LTE = 13;
    public static final int NETWORK_TYPE_NR = 20;
    public static final int SIM_STATE_UNKNOWN = 0;
    public static final int SIM_STATE_ABSENT = 1;
    public static final int SIM_STATE_READY = 5;
    public static final int CALL_STATE_IDLE = 0;
    public static final int CALL_STATE_RINGING = 1;
    public static final int CALL_STATE_OFFHOOK = 2;
    public static final int DATA_DISCONNECTED = 0;
    public static final int DATA_CONNECTED = 2;
    public static final String ACTION_PHONE_STATE_CHANGED = "android.intent.action.PHONE_STATE";
    public static final String EXTRA_STATE = "state";
    public static final String EXTRA_INCOMING_NUMBER = "incoming_number";

    private final int subId;

    TelephonyManager(Context context) {
        this(SubscriptionManager.DEFAULT_SUBSCRIPTION_ID);
    }

    private TelephonyManager(int subId) {
        this.subId = subId;
    }

    public TelephonyManager createForSubscriptionId(int subId) {
        return new TelephonyManager(subId);
    }

    private int slot() {
        return SubscriptionManager.getSlotIndex(subId);
    }

    @Deprecated
    public String getDeviceId() {
        return (String) Binder.call("telephony.imei", slot(), "getDeviceId");
    }

    @Deprecated
    public String getDeviceId(int slotIndex) {
        return (String) Binder.call("telephony.imei", slotIndex, "getDeviceId");
    }

    public String getImei() {
        return getImei(slot());
    }

    public String getImei(int slotIndex) {
        return (String) Binder.call("telephony.imei", slotIndex, "getImeiForSlot");
    }

    public String getMeid() {
        return getMeid(slot());
    }

    public String getMeid(int slotIndex) {
        return (String) Binder.call("telephony.meid", slotIndex);
    }

    public String getTypeAllocationCode() {
        String imei = getImei();
        return imei == null ? null : imei.substring(0, 8);
    }

    public String getSubscriberId() {
        return getSubscriberId(subId);
    }

    public String getSubscriberId(int subId) {
        return (String) Binder.call("telephony.subscriber_id", subId);
    }

    public String getSimSerialNumber() {
        return getSimSerialNumber(subId);
    }

    public String getSimSerialNumber(int subId) {
        return (String) Binder.call("telephony.sim_serial", subId);
    }

    @Deprecated
    public String getLine1Number() {
        return getLine1Number(subId);
    }

    public String getLine1Number(int subId) {
        return (String) Binder.call("telephony.line1_number", subId);
    }

    public String getVoiceMailNumber() {
        return (String) Binder.call("telephony.voice_mail_number", subId);
    }

    public String getDeviceSoftwareVersion() {
        return (String) Binder.call("telephony.software_version", slot());
    }

    @Deprecated
    public int getNetworkType() {
        return ((Number) Binder.call("telephony.network_type", "getNetworkTypeForSubscriber")).intValue();
    }

    public int getDataNetworkType() {
        return ((Number) Binder.call("telephony.network_type", "getDataNetworkTypeForSubscriber")).intValue();
    }

    public int getVoiceNetworkType() {
        return ((Number) Binder.call("telephony.network_type", "getVoiceNetworkTypeForSubscriber")).intValue();
    }

    @Deprecated
    public int getCallState() {
        return ((Number) Binder.call("telephony.call_state")).intValue();
    }

    public int getCallStateForSubscription() {
        return getCallState();
    }

    public int getDataState() {
        return DATA_CONNECTED;
    }

    public ServiceState getServiceState() {
        Map<?, ?> facts = (Map<?, ?>) Binder.call("telephony.service_state", subId);
        return facts == null ? null : new ServiceState(facts);
    }

    public String getNetworkOperator() {
        return operator(subId, "numeric");
    }

    public String getNetworkOperatorName() {
        return operator(subId, "name");
    }

    public String getNetworkCountryIso() {
        return operator(subId, "country");
    }

    public String getNetworkCountryIso(int slotIndex) {
        return operator(slotIndex + 1, "country");
    }

    public String getSimOperator() {
        return operator(subId, "numeric");
    }

    public String getSimOperatorName() {
        return operator(subId, "name");
    }

    public String getSimCountryIso() {
        return operator(subId, "country");
    }

    public CharSequence getSimCarrierIdName() {
        return operator(subId, "name");
    }

    public int getSimState() {
        return getSimState(slot());
    }

    public int getSimState(int slotIndex) {
        return facts(slotIndex + 1) == null ? SIM_STATE_ABSENT : SIM_STATE_READY;
    }

    public List<UiccCardInfo> getUiccCardsInfo() {
        List<UiccCardInfo> cards = new ArrayList<>();
        for (Object each : (List<?>) Binder.call("telephony.uicc_cards")) cards.add(new UiccCardInfo((Map<?, ?>) each));
        return cards;
    }

    public int getSubscriptionId() {
        return subId == SubscriptionManager.DEFAULT_SUBSCRIPTION_ID ? SubscriptionManager.getDefaultSubscriptionId() : subId;
    }

    public SignalStrength getSignalStrength() {
        return new SignalStrength(List.of(new CellSignalStrengthLte(-85)));
    }

    public boolean isDataEnabled() {
        return true;
    }

    public boolean hasIccCard() {
        return getSimState() == SIM_STATE_READY;
    }

    public boolean isNetworkRoaming() {
        return false;
    }

    public boolean isSmsCapable() {
        return true;
    }

    public boolean isVoiceCapable() {
        return true;
    }

    @Deprecated
    public int getPhoneCount() {
        return getActiveModemCount();
    }

    public int getActiveModemCount() {
        return ((Number) facts(subId).get("slots")).intValue();
    }

    public int getPhoneType() {
        Map<?, ?> facts = facts(subId);
        return facts == null ? PHONE_TYPE_NONE : ((Number) facts.get("phone_type")).intValue();
    }

    public List<CellInfo> getAllCellInfo() {
        return cells((List<?>) Binder.call("telephony.cells"));
    }

    @Deprecated
    public CellLocation getCellLocation() {
        return location((Map<?, ?>) Binder.call("telephony.cell_location"));
    }

    public void requestCellInfoUpdate(Executor executor, CellInfoCallback callback) {
        List<CellInfo> cells = getAllCellInfo();
        executor.execute(() -> callback.onCellInfo(cells));
    }

    public abstract static class CellInfoCallback {
        public static final int ERROR_TIMEOUT = 1;
        public static final int ERROR_MODEM_ERROR = 2;

        public abstract void onCellInfo(List<CellInfo> cellInfo);

        public void onError(int errorCode, Throwable detail) {}
    }

    @Deprecated
    public void listen(PhoneStateListener listener, int events) {
        if (events == PhoneStateListener.LISTEN_NONE) return;
        Map<?, ?> state = (Map<?, ?>) Binder.call("telephony.listen", events);
        Map<?, ?> call = (Map<?, ?>) state.get("call_state");
        if (call != null) {
            listener.handler.post(() -> listener.onCallStateChanged(
                    ((Number) call.get("state")).intValue(), (String) call.get("number")));
        }
        if ((events & PhoneStateListener.LISTEN_CELL_LOCATION) != 0) {
            CellLocation location = location((Map<?, ?>) state.get("cell_location"));
            listener.handler.post(() -> listener.onCellLocationChanged(location));
        }
        if ((events & PhoneStateListener.LISTEN_CELL_INFO) != 0) {
            List<CellInfo> cells = cells((List<?>) state.get("cells"));
            listener.handler.post(() -> listener.onCellInfoChanged(cells));
        }
    }

    public void registerTelephonyCallback(Executor executor, TelephonyCallback callback) {
        int events = (callback instanceof TelephonyCallback.CallStateListener ? PhoneStateListener.LISTEN_CALL_STATE : 0)
                | (callback instanceof TelephonyCallback.CellInfoListener ? PhoneStateListener.LISTEN_CELL_INFO : 0)
                | (callback instanceof TelephonyCallback.CellLocationListener ? PhoneStateListener.LISTEN_CELL_LOCATION : 0);
        if (events == 0) return;
        Map<?, ?> state = (Map<?, ?>) Binder.call("telephony.listen", events);
        executor.execute(() -> {
            if (callback instanceof TelephonyCallback.CallStateListener) {
                ((TelephonyCallback.CallStateListener) callback).onCallStateChanged(CALL_STATE_IDLE);
            }
            if (callback instanceof TelephonyCallback.CellInfoListener) {
                ((TelephonyCallback.CellInfoListener) callback).onCellInfoChanged(cells((List<?>) state.get("cells")));
            }
            if (callback instanceof TelephonyCallback.CellLocationListener) {
                ((TelephonyCallback.CellLocationListener) callback).onCellLocationChanged(
                        location((Map<?, ?>) state.get("cell_location")));
            }
        });
    }

    public void unregisterTelephonyCallback(TelephonyCallback callback) {}

    private static Map<?, ?> facts(int subId) {
        return (Map<?, ?>) Binder.call("telephony.operator", subId);
    }

    private static String operator(int subId, String key) {
        Map<?, ?> facts = facts(subId);
        return facts == null ? "" : (String) facts.get(key);
    }

    private static List<CellInfo> cells(List<?> list) {
        List<CellInfo> cells = new ArrayList<>();
        for (Object each : list) cells.add(new CellInfoLte((Map<?, ?>) each));
        return cells;
    }

    private static CellLocation location(Map<?, ?> facts) {
        GsmCellLocation location = new GsmCellLocation();
        location.setLacAndCid(((Number) facts.get("lac")).intValue(), ((Number) facts.get("cid")).intValue());
        return location;
    }

    /** What the carrier's settings are by default: none that an app may read on the twin. */
    public PersistableBundle getCarrierConfig() {
        return new PersistableBundle();
    }

    public String getNai() {
        throw new SecurityException("getNaiForSubscriber: neither this app nor its carrier may read the network access identifier");
    }
}
