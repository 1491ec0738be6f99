/** AdvertisingIdClient.getAdvertisingIdInfo(context) and AdvertisingIdClient.Info.getId() of Google Play services */
import { defineHook } from "../../lib/hook.js";
import { identifierInfo } from "../../lib/judge.js";

const CLIENT = "com.google.android.gms.ads.identifier.AdvertisingIdClient";

export default defineHook({
  id: "advertising-id", dataType: "advertising_id",
  targets: [
    { class: CLIENT, method: "getAdvertisingIdInfo", values: identifierInfo(`${CLIENT}$Info`) },
    { class: `${CLIENT}$Info`, method: "getId" },
  ],
});
