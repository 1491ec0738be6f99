/** ContentResolver.query(), and opened files, of the calendar provider */
import { defineHook } from "../../lib/hook.js";
import { providerReads } from "../../lib/provider.js";

export default defineHook({
  id: "calendar", dataType: "calendar",
  targets: providerReads("calendar", "com.android.calendar"),
});
