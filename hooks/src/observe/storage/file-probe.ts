/** File.exists() and its kin on another app's folder: a way to learn what is installed */
import { across, defineHook, type Call, type Target } from "../../lib/hook.js";
import { takeText } from "../../lib/ref.js";

const FOLDERS = /^(?:\/data\/data|\/data\/user\/\d+|(?:\/sdcard|\/storage\/emulated\/\d+)\/Android\/data)\/([\w.]+)/;

function probed({ self, process }: Call): string | null {
  const name = FOLDERS.exec(takeText(self!.as("java.io.File").getPath()))?.[1];
  return name === undefined || name === process.package || !name.includes(".") ? null : name;
}

const target: Omit<Target, "class" | "method"> = {
  when: call => probed(call) !== null, args: call => [probed(call) ?? ""], values: () => [],
  result: returned => (returned === true || returned === 1 ? "obtained" : "empty"),
};

export default defineHook({
  id: "file-probe", dataType: "installed_apps",
  targets: across(["java.io.File"], ["exists", "isDirectory", "canRead"], target),
});
