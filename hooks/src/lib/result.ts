// Was something obtained? Judged from text alone.
import type { ResultClass } from "./hook.js";

/** What Android hands out instead of a value: zeros, the constant MAC, the placeholder SSID, the emulator's ANDROID_ID. */
const DUMMIES = new Set(["02:00:00:00:00:00", "unknown", "<unknown ssid>", "9774d56d682e549c"]);
const ZEROS = /^[0:.\-]*0[0:.\-]*$/;
/** What a placeholder begins with: nearly every value is told by its first character. */
const FIRST = "0:.-u<9U";

export function isDummy(value: string): boolean {
  return FIRST.includes(value.charAt(0)) && (DUMMIES.has(value.toLowerCase()) || ZEROS.test(value));
}

/** A call that gives at least one real value obtained it, whatever else it gave. */
export function judgeValues(values: readonly string[]): ResultClass {
  let result: ResultClass = "empty";
  for (let i = 0; i !== values.length; i++) {
    const value = values[i]!;
    if (value === "") continue;
    if (!isDummy(value)) return "obtained";
    result = "dummy";
  }
  return result;
}

export function judgeException(className: string): ResultClass {
  return className === "java.lang.SecurityException" ? "denied" : "empty";
}
