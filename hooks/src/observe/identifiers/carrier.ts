/** TelephonyManager.getNetworkOperator(), getSimOperator() and the other facts of network and SIM that name nobody */
import { across, defineHook, PLATFORM } from "../../lib/hook.js";

const TELEPHONY = "android.telephony.TelephonyManager";

export default defineHook({
  id: "carrier", dataType: "carrier",
  targets: [
    ...across([TELEPHONY], ["getNetworkOperator", "getNetworkOperatorName", "getNetworkCountryIso", "getSimOperator", "getSimOperatorName", "getSimCountryIso", "getDeviceSoftwareVersion", "getNai"], { notFrom: PLATFORM }),
    ...across([TELEPHONY], ["getServiceState", "getDataNetworkType", "getSimState", "getCarrierConfig"], { values: () => [], result: returned => (returned === null ? "empty" : "obtained"), notFrom: PLATFORM }),
  ],
});
