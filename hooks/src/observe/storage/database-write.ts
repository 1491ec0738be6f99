/** SQLiteDatabase.insertWithOnConflict(), updateWithOnConflict() and execSQL(); SQLCipher's likewise */
import { across, defineHook, type Call } from "../../lib/hook.js";
import { knownIn } from "../../lib/known.js";
import { Ref, takeText, text } from "../../lib/ref.js";

const DATABASES = ["android.database.sqlite.SQLiteDatabase", "net.sqlcipher.database.SQLiteDatabase"];
const VALUES = "android.content.ContentValues";
const MAX_COLUMNS = 32;

interface Row { readonly columns: string[]; readonly values: string[] }

function rowOf({ args }: Call): Row {
  for (const argument of args) {
    if (!(argument instanceof Ref) || argument.className !== VALUES) continue;
    const row = argument.as(VALUES);
    const names: { $h: NativePointer } = row.keySet();
    const columns = new Ref(names.$h, false).map(name => name.text(), MAX_COLUMNS);
    return { columns, values: columns.map(column => takeText(row.getAsString(column))) };
  }
  return { columns: [], values: [] };
}

/** The file's name; what tells databases of an app apart. */
function nameOf({ self }: Call, className: string): string {
  return takeText(self!.as(className).getPath()).split("/").pop() ?? "";
}

const sqlKnown = (call: Call): string[] => knownIn(text(call.args[0]) ?? "");

export default defineHook({
  id: "database-write", kind: "write", dataType: "other",
  targets: DATABASES.flatMap(name => [
    ...across([name], ["insertWithOnConflict", "updateWithOnConflict"], {
      args: call => ["database", `${nameOf(call, name)}/${text(call.args[0])}`, ...rowOf(call).columns],
      values: (_, call) => rowOf(call).values,
    }),
    // Statements carry their values in the text: told when a value that was read stands in it.
    ...across([name], ["execSQL"], { when: call => sqlKnown(call).length > 0, args: call => ["database", nameOf(call, name), (text(call.args[0]) ?? "").slice(0, 500)], values: (_, call) => sqlKnown(call) }),
  ]),
});
