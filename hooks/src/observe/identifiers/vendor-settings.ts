/** Settings.Global, System and Secure.getString() and GET_global calls of the names under which vendors keep ids */
import { across, defineHook, type Call, type DataType } from "../../lib/hook.js";
import { bundleValue, calledName } from "../../lib/provider.js";
import { text } from "../../lib/ref.js";

const NAMES: ReadonlyMap<string, DataType> = new Map([
  ["ad_aaid", "advertising_id"], ["pps_oaid", "oaid"], ["bluetooth_address", "bluetooth_address"], ["mi_health_id", "other"],
  ["gcbooster_uuid", "other"], ["key_mqs_uuid", "other"], ["device_name", "other"], ["bluetooth_name", "other"],
]);

const nameOf = ({ args }: Call): string => text(args[1]) ?? "";
const typeOf = (name: string): DataType => NAMES.get(name) ?? "other";
const direct = { when: (call: Call) => NAMES.has(nameOf(call)), args: (call: Call) => [nameOf(call)], dataType: (call: Call) => typeOf(nameOf(call)) };
const asked = (call: Call): string => calledName(call, "GET_global") ?? calledName(call, "GET_secure") ?? calledName(call, "GET_system") ?? "";

export default defineHook({
  id: "vendor-settings", dataType: "other",
  targets: [
    ...across(["android.provider.Settings$Global", "android.provider.Settings$System"], ["getString"], direct),
    ...across(["android.provider.Settings$Secure"], ["getString"], { ...direct, when: call => NAMES.has(nameOf(call)) && nameOf(call) !== "bluetooth_address" }),
    { class: "android.provider.Settings$NameValueCache", method: "getStringForUser", ...direct },
    { class: "android.content.ContentResolver", method: "call", when: call => NAMES.has(asked(call)), args: call => [asked(call)], dataType: call => typeOf(asked(call)), values: bundleValue },
  ],
});
