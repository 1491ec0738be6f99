/** ActivityManager.getRunningAppProcesses(), getRunningTasks(), getRecentTasks(), getRunningServices() and getRunningServiceControlPanel() */
import { CONTEXT, defineHook, type Call, type Target } from "../../lib/hook.js";
import { Ref, takeText, type Value } from "../../lib/ref.js";
import type { Wrapper } from "../../lib/bridge.js";

const MANAGER = "android.app.ActivityManager";

/**
 * `nameOf`: the process or package an item is of. Since Android 5 an app is shown itself only, and many apps ask just to
 * learn the name of their own process: what is told, and counts, is other apps.
 */
function lister(method: string, itemClass: string, nameOf: (item: Wrapper) => Value): Target {
  const others = (returned: Value, { process }: Call): string[] => {
    if (!(returned instanceof Ref)) return [];
    const names = returned.map(item => takeText(nameOf(item.as(`${MANAGER}$${itemClass}`))));
    return names.filter(name => name !== process.package && !name.startsWith(`${process.package}:`));
  };
  return { class: MANAGER, method, values: others };
}

const packageOf = (component: Wrapper): Value => (component === null ? null : component.getPackageName());

export default defineHook({
  id: "running-apps", dataType: "running_apps",
  targets: [
    lister("getRunningAppProcesses", "RunningAppProcessInfo", item => item.processName.value),
    lister("getRunningTasks", "RunningTaskInfo", item => packageOf(item.baseActivity.value)),
    lister("getRecentTasks", "RecentTaskInfo", item => packageOf(item.baseActivity.value)),
    { class: MANAGER, method: "getRunningServiceControlPanel", ...CONTEXT },
    lister("getRunningServices", "RunningServiceInfo", item => packageOf(item.service.value)),
  ],
});
