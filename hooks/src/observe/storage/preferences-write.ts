/** SharedPreferences.Editor.putString(key, value): SharedPreferencesImpl.EditorImpl */
import { defineHook, type Call } from "../../lib/hook.js";
import { takeText, text } from "../../lib/ref.js";

const EDITOR = "android.app.SharedPreferencesImpl$EditorImpl";

/** The file's name without .xml; empty where Android keeps it elsewhere. */
function storeName({ self }: Call): string {
  const file = self!.as(EDITOR).this$0?.value.mFile?.value;
  return file === undefined || file === null ? "" : takeText(file.getName()).replace(/\.xml$/, "");
}

export default defineHook({
  id: "preferences-write", kind: "write", dataType: "other",
  targets: [
    {
      class: EDITOR, method: "putString",
      args: call => ["preferences", storeName(call), text(call.args[0]) ?? ""],
      values: (_, { args }) => [text(args[1])],
      result: () => "obtained",
    },
  ],
});
