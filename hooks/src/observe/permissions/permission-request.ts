/** Activity.requestPermissions(permissions, code) and Fragment.requestPermissions(permissions, code) */
import { defineHook, type Call } from "../../lib/hook.js";
import { Ref } from "../../lib/ref.js";

const names = ({ args }: Call): string[] => (args[0] instanceof Ref ? args[0].map(name => name.text()) : []);

export default defineHook({
  id: "permission-request", kind: "permission", dataType: "other",
  targets: [
    { class: "android.app.Activity", method: "requestPermissions", args: names, values: (_, call) => names(call), result: () => "obtained" },
    { class: "android.app.Fragment", method: "requestPermissions", args: names, values: (_, call) => names(call), result: () => "obtained" },
  ],
});
