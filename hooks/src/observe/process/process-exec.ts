/** Runtime.exec() and ProcessBuilder.start(), at the one place both go through: ProcessImpl.start() */
import { defineHook, type Call } from "../../lib/hook.js";
import { Ref, type Value } from "../../lib/ref.js";

const words = (value: Value): string[] =>
  !(value instanceof Ref) ? [] : value.isString() ? [value.text()] : value.map(word => word.text());

function builderWords({ self }: Call): string[] {
  const command: { $h: NativePointer } = self!.as("java.lang.ProcessBuilder").command();
  return words(new Ref(command.$h, false));
}

export default defineHook({
  id: "process-exec", kind: "exec", dataType: "other",
  targets: [
    { class: "java.lang.Runtime", method: "exec", args: ({ args }) => words(args[0]), values: () => [], result: () => "obtained" },
    { class: "java.lang.ProcessBuilder", method: "start", args: builderWords, values: () => [], result: () => "obtained" },
    { class: "java.lang.ProcessImpl", method: "start", args: ({ args }) => words(args[0]), values: () => [], result: () => "obtained" },
  ],
});
