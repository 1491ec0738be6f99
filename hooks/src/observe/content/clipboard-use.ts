/** ClipboardManager.setPrimaryClip(), setText(), hasPrimaryClip(), hasText() and getPrimaryClipDescription(): the clipboard without its text */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "clipboard-use", kind: "context", dataType: "other",
  targets: across(["android.content.ClipboardManager"], ["setPrimaryClip", "setText", "clearPrimaryClip", "hasPrimaryClip", "hasText", "getPrimaryClipDescription"], CONTEXT),
});
