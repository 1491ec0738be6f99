/** WebView.loadUrl(), postUrl(), loadData(), loadDataWithBaseURL(), evaluateJavascript() and postWebMessage() */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { bytesArgument } from "../../lib/bytes.js";
import { describe } from "../../lib/ref.js";

export default defineHook({
  id: "web-view", kind: "context", dataType: "other",
  targets: [
    ...across(["android.webkit.WebView"], ["loadUrl", "loadData", "loadDataWithBaseURL", "evaluateJavascript", "postWebMessage", "setWebContentsDebuggingEnabled"], CONTEXT),
    { class: "android.webkit.WebView", method: "postUrl", ...CONTEXT, args: (call: Call) => [describe(call.args[0]), ...bytesArgument(call)] },
  ],
});
