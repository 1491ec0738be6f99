/** GsmCellLocation.getCid() and getLac(), CdmaCellLocation.getBaseStationId() and getNetworkId() */
import { across, defineHook, PLATFORM } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

// -1 is what Android gives when it does not know.
const number = { values: (returned: Parameters<typeof text>[0]) => [text(returned)].filter(value => value !== "-1"), notFrom: PLATFORM };

export default defineHook({
  id: "cell-location", dataType: "cell",
  targets: [
    ...across(["android.telephony.gsm.GsmCellLocation"], ["getCid", "getLac"], number),
    ...across(["android.telephony.cdma.CdmaCellLocation"], ["getBaseStationId", "getNetworkId"], number),
  ],
});
