/** DexClassLoader and its kin, DexFile.loadDex(), System.load(), Runtime.load(): code that was not in the app as it was installed */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

// The app's own loaders and libraries are opened by the platform; what the app itself opens comes from its own code.
export default defineHook({
  id: "code-loading", kind: "context", dataType: "other",
  targets: [
    ...across(["dalvik.system.DexClassLoader", "dalvik.system.PathClassLoader", "dalvik.system.InMemoryDexClassLoader", "dalvik.system.DexFile"], ["$init"], CONTEXT),
    ...across(["dalvik.system.DexFile"], ["loadDex", "loadClass"], CONTEXT),
    ...across(["java.lang.Runtime"], ["load0", "loadLibrary0"], { ...CONTEXT, notFrom: [...CONTEXT.notFrom, "java."], args: ({ args }) => [text(args.at(-1)) ?? ""] }),
  ],
});
