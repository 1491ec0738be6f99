/** AccessibilityManager.getEnabledAccessibilityServiceList() and its kin: which helper apps are installed */
import { across, defineHook } from "../../lib/hook.js";
import { listed } from "../../lib/judge.js";

export default defineHook({
  id: "accessibility-services", dataType: "installed_apps",
  targets: across(["android.view.accessibility.AccessibilityManager"], ["getEnabledAccessibilityServiceList", "getInstalledAccessibilityServiceList"], { values: () => [], result: listed, notFrom: ["android.", "androidx.", "com.android."] }),
});
