/** CookieManager.getCookie() and setCookie() */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

// android.webkit.CookieManager is abstract on phones; what apps get there is the WebView's CookieManagerAdapter.
export default defineHook({
  id: "cookies", kind: "context", dataType: "other",
  targets: across(["android.webkit.CookieManager", "com.android.webview.chromium.CookieManagerAdapter"], ["getCookie", "setCookie"], {
    ...CONTEXT, mayBeAbstract: true,
  }),
});
