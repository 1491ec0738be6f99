/** ContentResolver.query() of the contacts provider */
import { defineHook } from "../../lib/hook.js";
import { providerQuery } from "../../lib/provider.js";

export default defineHook({
  id: "contacts", dataType: "contacts",
  targets: [providerQuery("com.android.contacts", "contacts", "icc")],
});
