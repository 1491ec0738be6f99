/** ContentResolver.query() of the calendar provider */
import { defineHook } from "../../lib/hook.js";
import { providerQuery } from "../../lib/provider.js";

export default defineHook({
  id: "calendar", dataType: "calendar",
  targets: [providerQuery("com.android.calendar")],
});
