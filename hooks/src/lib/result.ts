// Was something obtained? Judged from text alone.
import type { ResultClass } from "./hook.js";

/** What Android hands out instead of a value: zeros, the constant MAC, the placeholder SSID, the emulator's ANDROID_ID. */
const DUMMIES = new Set(["02:00:00:00:00:00", "unknown", "<unknown ssid>", "9774d56d682e549c"]);
const ZEROS = /^[0:.\-]*0[0:.\-]*$/;

export function isDummy(value: string): boolean {
  return DUMMIES.has(value.toLowerCase()) || ZEROS.test(value);
}

/** A call that gives at least one real value obtained it, whatever else it gave. */
export function judgeValues(values: readonly string[]): ResultClass {
  const given = values.filter(value => value !== "");
  if (given.length === 0) return "empty";
  return given.every(isDummy) ? "dummy" : "obtained";
}

export function judgeException(className: string): ResultClass {
  return className === "java.lang.SecurityException" ? "denied" : "empty";
}
