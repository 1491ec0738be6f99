/** SharedPreferencesImpl.EditorImpl.putString(), putStringSet(), putInt(), putLong(), putFloat() and putBoolean() */
import { across, defineHook, type Call } from "../../lib/hook.js";
import { Ref, takeText, text } from "../../lib/ref.js";

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
    },
    {
      class: EDITOR, method: "putStringSet",
      args: call => ["preferences", storeName(call), text(call.args[0]) ?? ""],
      values: (_, { args }) => (args[1] instanceof Ref ? args[1].map(value => value.text()) : []),
    },
    ...across([EDITOR], ["putInt", "putLong", "putFloat", "putBoolean"], {
      args: call => ["preferences", storeName(call), text(call.args[0]) ?? ""],
      values: (_, { args }) => [text(args[1])],
    }),
  ],
});
