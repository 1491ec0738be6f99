/** ContentResolver.insert(), update(), delete() and registerContentObserver() on data of others */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { authorityOf, uriOf } from "../../lib/provider.js";

const others = (call: Call): boolean => {
  const authority = authorityOf(uriOf(call));
  return authority !== "" && !authority.startsWith(call.process.package) && authority !== "settings";
};

export default defineHook({
  id: "provider-changes", kind: "context", dataType: "other",
  targets: across(["android.content.ContentResolver"], ["insert", "bulkInsert", "update", "delete", "registerContentObserver"], {
    ...CONTEXT, when: others, args: call => [uriOf(call)],
  }),
});
