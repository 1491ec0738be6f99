/** NotificationManager.notify(), and StatusBarNotification.getPackageName() and getKey(): notifications of other apps */
import { across, CONTEXT, defineHook, PLATFORM, type Call } from "../../lib/hook.js";
import { text, type Value } from "../../lib/ref.js";

const others = (returned: Value, { process }: Call): (string | null)[] | null => {
  const name = text(returned) ?? "";
  return name.includes(process.package) ? null : [name];
};

export default defineHook({
  id: "notifications", kind: "context", dataType: "other",
  targets: [
    ...across(["android.app.NotificationManager"], ["notify"], CONTEXT),
    ...across(["android.service.notification.StatusBarNotification"], ["getPackageName", "getKey"], { kind: "read", dataType: "running_apps", values: others, notFrom: PLATFORM }),
  ],
});
