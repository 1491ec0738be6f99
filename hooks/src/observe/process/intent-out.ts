/** ContextImpl.startActivity(), sendBroadcast(), startService() and Activity.startActivityForResult() with an intent that may leave the app */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { Ref, takeText } from "../../lib/ref.js";

const INTENT = "android.content.Intent";

function intentOf({ args }: Call): Ref | null {
  for (const argument of args) if (argument instanceof Ref && argument.isA(INTENT)) return argument;
  return null;
}

/** An explicit intent to the app's own parts stays inside. */
function leaves(call: Call): boolean {
  const intent = intentOf(call)?.as(INTENT);
  if (intent === undefined) return false;
  const component = intent.getComponent();
  const target = component !== null ? takeText(component.getPackageName()) : takeText(intent.getPackage());
  return target !== call.process.package;
}

/** Action, package and address. The extras are not read: unparcelling them here could run the app's code. */
function told(call: Call): string[] {
  const intent = intentOf(call)!.as(INTENT);
  const words = [takeText(intent.getAction()), takeText(intent.getPackage()), takeText(intent.getDataString())];
  return ["action:", "package:", "data:"].map((name, i) => name + words[i]).filter(word => !word.endsWith(":"));
}

const out = { ...CONTEXT, when: leaves, args: told, notFrom: [] };

export default defineHook({
  id: "intent-out", kind: "context", dataType: "other",
  targets: [
    ...across(["android.app.ContextImpl"], ["startActivity", "sendBroadcast", "sendOrderedBroadcast", "sendStickyBroadcast", "startService", "startForegroundService", "bindService"], out),
    ...across(["android.app.Activity"], ["startActivityForResult"], out),
  ],
});
