/** AppSetIdManager.getAppSetId(), AppSetId.getId() and Google's AppSetIdInfo.getId() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "app-set-id", dataType: "advertising_id",
  targets: [
    // The id comes later, to a callback of the app: this is the attempt, the getters are the reads.
    { class: "android.adservices.appsetid.AppSetIdManager", method: "getAppSetId", result: () => "empty" },
    { class: "android.adservices.appsetid.AppSetId", method: "getId" },
    { class: "com.google.android.gms.appset.AppSetIdInfo", method: "getId" },
  ],
});
