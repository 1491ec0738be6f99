/** Runtime.exit(), Runtime.halt() and Process.killProcess() of the own process: what is held is sent before it ends */
import { defineHook, type Call } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

const own = ({ args, process }: Call): boolean => text(args[0]) === String(process.pid);

export default defineHook({
  id: "process-end", kind: "end", dataType: "other",
  targets: [
    { class: "java.lang.Runtime", method: "exit", why: "exit" },
    { class: "java.lang.Runtime", method: "halt", why: "kill" },
    { class: "android.os.Process", method: "killProcess", when: own, why: "kill" },
  ],
});
