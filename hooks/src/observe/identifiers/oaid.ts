/** The OAID from the makers' services: IdProviderImpl (Xiaomi), Samsung, OPPO, Huawei, the providers of vivo and Meizu, and the MSA library */
import { across, defineHook, type Call } from "../../lib/hook.js";
import { identifierInfo } from "../../lib/judge.js";
import { authorityOf, rows } from "../../lib/provider.js";
import { text } from "../../lib/ref.js";

const SAMSUNG = "com.samsung.android.deviceidservice.IDeviceIdService$Stub$Proxy";
const PROVIDERS = ["com.vivo.vms.IdProvider", "com.meizu.flyme.openidsdk"];
const idProvider = ({ args }: Call): boolean => PROVIDERS.includes(authorityOf(text(args[0]) ?? ""));

export default defineHook({
  id: "oaid", dataType: "oaid",
  targets: [
    ...across(["com.android.id.impl.IdProviderImpl"], ["getOAID", "getVAID", "getAAID", "getUDID"]),
    ...across([SAMSUNG, `repeackage.${SAMSUNG}`], ["getOAID", "getVAID", "getAAID"]),
    ...across(["com.heytap.openid.sdk.OpenIDSDK"], ["getOAID"]),
    { class: "com.huawei.hms.ads.identifier.AdvertisingIdClient", method: "getAdvertisingIdInfo", values: identifierInfo("com.huawei.hms.ads.identifier.AdvertisingIdClient$Info") },
    { class: "com.huawei.hms.ads.identifier.AdvertisingIdClient$Info", method: "getId" },
    { class: "android.content.ContentResolver", method: "query", when: idProvider, args: ({ args }) => [text(args[0]) ?? ""], values: () => [], result: (returned, call) => rows(returned, call, "oaid") },
    // The library answers later, through a listener of the app: this is the attempt.
    { class: "com.bun.miitmdid.core.MdidSdkHelper", method: "InitSdk", result: () => "empty" },
  ],
});
