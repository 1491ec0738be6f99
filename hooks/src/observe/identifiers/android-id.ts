/** Settings.Secure.getString(resolver, "android_id"), its choke point in NameValueCache, and the provider's roads around it */
import { defineHook, type Call } from "../../lib/hook.js";
import { Ref, takeText, text, type Value } from "../../lib/ref.js";

const named = ({ args }: Call): boolean => text(args[1]) === "android_id";
const name = (): string[] => ["android_id"];

function providerCall({ args }: Call): boolean {
  const at = args.findIndex((argument, index) => index > 0 && argument instanceof Ref && argument.isString() && argument.text() === "GET_secure");
  return at !== -1 && text(args[at + 1]) === "android_id";
}

function bundleValue(returned: Value): (string | null)[] {
  return returned instanceof Ref ? [takeText(returned.as("android.os.Bundle").getString("value"))] : [];
}

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
