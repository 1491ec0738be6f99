/** libc posix_spawn(), posix_spawnp(), system() and popen(): a program that native code starts */
import { defineHook } from "../../lib/hook.js";

// Not execve(): it is called in a process that was just forked, where another thread's lock on JavaScript is never given back.
const target = (name: string, takes: number, at: number) => ({
  library: "libc.so", function: name, takes, about: ({ args }: { readonly args: readonly NativePointer[] }) => ({ args: [args[at]!.readCString() ?? ""] }),
});

export default defineHook({
  id: "native-exec", kind: "native", dataType: "other", targets: [],
  functions: [target("posix_spawn", 2, 1), target("posix_spawnp", 2, 1), target("system", 1, 0), target("popen", 1, 0)],
});
