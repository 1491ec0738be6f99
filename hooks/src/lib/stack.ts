// The Java stack of the calling thread, innermost frame first, as "class.method:line".
import Java from "frida-java-bridge";
import { environment } from "./bridge.js";
import { isJvm, staticMethod, type StaticMethod } from "./classes.js";
import { callStaticObject, deleteLocalRef, stringText } from "./jni.js";
import { stackNumber } from "./jvm.js";
import { MAX_FRAMES } from "./limits.js";

const MAX_STACK_TEXT = 16384;

let trace: StaticMethod | null = null;
/** Frames by their text: an app reads from the same places again and again. */
const seen = new Map<string, string[]>();
const MAX_SEEN = 256;
const byNumber = new Map<number, string[]>();
const MAX_NUMBERED = 2048;

/** Resolve what is needed; once, at install. */
export function openStack(): void {
  if (isJvm) trace = staticMethod("twin.Trace", "viaThrowable", "int");
}

/** Whether the calling thread belongs to the runtime at all. */
export function hasJavaFrames(): boolean {
  return Java.vm.tryGetEnv() !== null;
}

/** `number`: what `stackNumber()` gave on this very stack, when it was asked already. */
export function stack(number?: number): string[] {
  if (trace !== null) return numbered(trace, number ?? stackNumber());
  const { frames } = Java.backtrace({ limit: MAX_FRAMES });
  return frames.map(frame => `${frame.className}.${frame.methodName}:${frame.lineNumber}`);
}

/** The same stack again is known by its number, and need not be spelt out by the JVM. */
function numbered(how: StaticMethod, number: number): string[] {
  let frames = byNumber.get(number);
  if (frames === undefined) {
    frames = traceFrames(how);
    if (byNumber.size >= MAX_NUMBERED) byNumber.clear();
    if (number !== 0) byNumber.set(number, frames);
  }
  return frames;
}

function traceFrames({ holder, id }: StaticMethod): string[] {
  const env = environment().handle;
  const text: NativePointer = callStaticObject(env, holder, id, MAX_FRAMES);
  if (text.isNull()) throw new Error("no stack was given");
  try {
    return framesOf(stringText(text, MAX_STACK_TEXT));
  } finally {
    deleteLocalRef(env, text);
  }
}

function framesOf(lines: string): string[] {
  let frames = seen.get(lines);
  if (frames === undefined) {
    frames = lines.split("\n");
    // The last line is empty, or was cut.
    frames.pop();
    if (seen.size >= MAX_SEEN) seen.clear();
    seen.set(lines, frames);
  }
  return frames;
}
