/** ContentResolver.query(), and opened files, of the contacts provider */
import { defineHook } from "../../lib/hook.js";
import { providerReads } from "../../lib/provider.js";

export default defineHook({
  id: "contacts", dataType: "contacts",
  targets: providerReads("contacts", "com.android.contacts", "contacts", "icc"),
});
