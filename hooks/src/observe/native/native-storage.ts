/** libc statfs() and statvfs(): sizes of storage, which help to tell devices apart */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "native-storage", kind: "native", dataType: "other", targets: [],
  functions: ["statfs", "statfs64", "statvfs", "statvfs64"].map(name => ({
    library: "libc.so", function: name, takes: 1, about: ({ args }) => ({ args: [args[0]!.readCString() ?? ""] }),
  })),
});
