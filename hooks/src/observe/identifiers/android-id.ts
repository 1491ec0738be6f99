/** Settings.Secure.getString(resolver, "android_id"), its choke point in NameValueCache, and the provider's roads around it */
import { defineHook, type Call } from "../../lib/hook.js";
import { bundleValue, calledName } from "../../lib/provider.js";
import { text } from "../../lib/ref.js";

const named = ({ args }: Call): boolean => text(args[1]) === "android_id";
const name = (): string[] => ["android_id"];

const providerCall = (call: Call): boolean => calledName(call, "GET_secure") === "android_id";

export default defineHook({
  id: "android-id", dataType: "android_id",
  targets: [
    { class: "android.provider.Settings$Secure", method: "getString", when: named, args: name },
    { class: "android.provider.Settings$Secure", method: "getStringForUser", when: named, args: name },
    { class: "android.provider.Settings$System", method: "getString", when: named, args: name },
    { class: "android.provider.Settings$NameValueCache", method: "getStringForUser", when: named, args: name },
    { class: "android.content.ContentResolver", method: "call", when: providerCall, args: () => ["GET_secure", "android_id"], values: bundleValue },
  ],
});
