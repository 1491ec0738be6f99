/** Runtime.exec() and ProcessBuilder.start(), at the one place both go through: ProcessImpl.start() */
import { defineHook, type Call, type DataType, type Target } from "../../lib/hook.js";
import { Ref, type Value } from "../../lib/ref.js";

const words = (value: Value): string[] =>
  !(value instanceof Ref) ? [] : value.isString() ? [value.text()] : value.map(word => word.text());

function builderWords({ self }: Call): string[] {
  const command: { $h: NativePointer } = self!.as("java.lang.ProcessBuilder").command();
  return words(new Ref(command.$h, false));
}

/** Commands by which an app reads what the API would ask a permission for. Their answer is not seen: an attempt. */
const READERS: readonly (readonly [RegExp, DataType])[] = [
  [/\b(pm|cmd package) list packages?\b/, "installed_apps"],
  [/\bgetprop\s+(ro|ro\.boot)\.serialno\b/, "serial"],
  [/\b(settings get secure|content:\/\/settings\/secure.*)\s*.*android_id\b/, "android_id"],
  [/\bip\s+(neigh|neighbou?r|link|addr)|\/sys\/class\/net\/\w+\/address|\bifconfig\b|\/proc\/net\/arp/, "mac_address"],
  [/\b(ps|top)\b\s*(-A|-e|$)/, "running_apps"],
];

const readBy = (commandLine: string): DataType => READERS.find(([pattern]) => pattern.test(commandLine))?.[1] ?? "other";

function targetOf(className: string, method: string, command: (call: Call) => string[]): Target {
  const dataType = (call: Call): DataType => readBy(command(call).join(" "));
  return {
    class: className, method, args: command, dataType, values: () => [],
    result: (_, call) => (dataType(call) === "other" ? "obtained" : "empty"),
  };
}

export default defineHook({
  id: "process-exec", kind: "exec", dataType: "other",
  targets: [
    targetOf("java.lang.Runtime", "exec", ({ args }) => words(args[0])),
    targetOf("java.lang.ProcessBuilder", "start", builderWords),
    targetOf("java.lang.ProcessImpl", "start", ({ args }) => words(args[0])),
  ],
});
