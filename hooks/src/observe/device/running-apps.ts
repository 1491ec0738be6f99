/** ActivityManager.getRunningAppProcesses(), getRunningTasks(), getRecentTasks() and getRunningServices() */
import { across, defineHook } from "../../lib/hook.js";
import { listed } from "../../lib/judge.js";

export default defineHook({
  id: "running-apps", dataType: "running_apps",
  targets: [
    ...across(["android.app.ActivityManager"], ["getRunningAppProcesses", "getRunningTasks", "getRecentTasks", "getRunningServices"], { result: listed }),
  ],
});
