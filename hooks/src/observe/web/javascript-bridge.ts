/** WebView.addJavascriptInterface(): what pages may call in the app */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "javascript-bridge", kind: "context", dataType: "other",
  targets: across(["android.webkit.WebView"], ["addJavascriptInterface", "removeJavascriptInterface"], CONTEXT),
});
