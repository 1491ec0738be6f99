/** ContentResolver.query(), and opened files, of the media store */
import { defineHook } from "../../lib/hook.js";
import { providerReads } from "../../lib/provider.js";

export default defineHook({
  id: "media", dataType: "media",
  targets: providerReads("media", "media"),
});
