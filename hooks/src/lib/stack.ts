// The Java stack of the calling thread, innermost frame first, as "class.method:line".
import Java from "frida-java-bridge";
import { isJvm, use, type Wrapper } from "./classes.js";
import { MAX_FRAMES } from "./limits.js";

let trace: Wrapper = null;

/** Resolve what is needed; once, at install. */
export function openStack(): void {
  if (isJvm) trace = use("twin.Trace");
}

export function stack(): string[] {
  if (isJvm) return trace.viaThrowable(MAX_FRAMES).split("\n").filter((frame: string) => frame !== "");
  const { frames } = Java.backtrace({ limit: MAX_FRAMES });
  return frames.map(frame => `${frame.className}.${frame.methodName}:${frame.lineNumber}`);
}
