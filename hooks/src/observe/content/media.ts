/** ContentResolver.query() of the media store */
import { defineHook } from "../../lib/hook.js";
import { providerQuery } from "../../lib/provider.js";

export default defineHook({
  id: "media", dataType: "media",
  targets: [providerQuery("media")],
});
