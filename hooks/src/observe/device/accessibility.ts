/** AccessibilityEvent and AccessibilityNodeInfo getters, performAction() and performGlobalAction(): what other apps show, read and driven */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

// An app reads its own nodes too, and nothing here says whose they are: so it is told, and counts as no read.
export default defineHook({
  id: "accessibility", kind: "context", dataType: "other",
  targets: [
    ...across(["android.view.accessibility.AccessibilityNodeInfo"], ["getText", "getContentDescription"], CONTEXT),
    // Declared by the event's superclass: one hook sees calls on either.
    ...across(["android.view.accessibility.AccessibilityRecord"], ["getText"], CONTEXT),
    ...across(["android.view.accessibility.AccessibilityNodeInfo"], ["getPackageName", "getClassName", "getViewIdResourceName", "performAction"], CONTEXT),
    ...across(["android.view.accessibility.AccessibilityEvent"], ["getEventType", "getAction", "setAction", "getPackageName", "eventTypeToString"], CONTEXT),
    ...across(["android.accessibilityservice.AccessibilityService"], ["performGlobalAction", "getRootInActiveWindow"], CONTEXT),
  ],
});
