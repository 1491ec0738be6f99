/** Cursor.getString(), getLong() and getBlob() on a cursor that a watched query gave: what the app itself takes from it */
import { across, defineHook, type Call } from "../../lib/hook.js";
import { told, watchedCursor } from "../../lib/cursors.js";
import { hex, Ref, text, type Value } from "../../lib/ref.js";

// What the provider's cursor is on a phone, and on the twin.
const CURSORS = ["android.database.CursorWrapper", "android.database.MatrixCursor"];

const about = {
  when: (call: Call) => watchedCursor(call.self!) !== null,
  dataType: (call: Call) => watchedCursor(call.self!)!.dataType,
  args: (call: Call) => [watchedCursor(call.self!)!.uri, `column:${text(call.args[0])}`],
};

const plain = (returned: Value): string | null => (returned instanceof Ref && returned.isByteArray() ? hex(returned.bytes()) : text(returned));

export default defineHook({
  id: "cursor-values", dataType: "other",
  targets: [
    ...across(CURSORS, ["getString", "getLong", "getBlob"], { ...about, values: (returned, { self }) => told(self!, plain(returned)) }),
  ],
});
