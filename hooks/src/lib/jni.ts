// The few JNI functions that every event needs, called directly: the bridge's own path to them costs several times more.
import { environment } from "./bridge.js";

// Positions in the JNI function table.
const THROW = 13;
const EXCEPTION_OCCURRED = 15;
const EXCEPTION_CLEAR = 17;
const DELETE_LOCAL_REF = 23;
const IS_SAME_OBJECT = 24;
const IS_INSTANCE_OF = 32;
const CALL_STATIC_OBJECT_METHOD = 114;
const CALL_STATIC_LONG_METHOD = 132;
const GET_STRING_LENGTH = 164;
const GET_STRING_REGION = 220;
const NEW_WEAK_GLOBAL_REF = 226;
const DELETE_WEAK_GLOBAL_REF = 227;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyCall = (...args: any[]) => any;

let table: NativePointer;
export let deleteLocalRef: AnyCall;
export let isInstanceOf: AnyCall;
export let callStaticObject: AnyCall;
export let callStaticLong: AnyCall;
export let throwAgain: AnyCall;
let exceptionOccurred: AnyCall;
let exceptionClear: AnyCall;
let sameObject: AnyCall;
let newWeak: AnyCall;
let deleteWeak: AnyCall;
let getStringLength: AnyCall;
let getStringRegion: AnyCall;
let stringClass: NativePointer;

/** Resolve them; once, on a thread that is attached to the VM. */
export function openJni(): void {
  const env = environment();
  table = env.handle.readPointer();
  deleteLocalRef = at(DELETE_LOCAL_REF, "void", ["pointer", "pointer"]);
  exceptionOccurred = at(EXCEPTION_OCCURRED, "pointer", ["pointer"]);
  exceptionClear = at(EXCEPTION_CLEAR, "void", ["pointer"]);
  throwAgain = at(THROW, "int", ["pointer", "pointer"]);
  sameObject = at(IS_SAME_OBJECT, "uint8", ["pointer", "pointer", "pointer"]);
  newWeak = at(NEW_WEAK_GLOBAL_REF, "pointer", ["pointer", "pointer"]);
  deleteWeak = at(DELETE_WEAK_GLOBAL_REF, "void", ["pointer", "pointer"]);
  isInstanceOf = at(IS_INSTANCE_OF, "uint8", ["pointer", "pointer", "pointer"]);
  callStaticObject = at(CALL_STATIC_OBJECT_METHOD, "pointer", ["pointer", "pointer", "pointer", "int"]);
  callStaticLong = at(CALL_STATIC_LONG_METHOD, "int64", ["pointer", "pointer", "pointer"]);
  getStringLength = at(GET_STRING_LENGTH, "int", ["pointer", "pointer"]);
  getStringRegion = at(GET_STRING_REGION, "void", ["pointer", "pointer", "int", "int", "pointer"]);
  stringClass = env.javaLangString().handle;
}

/** The exception that is on its way, as a local reference; from here on it is ours to throw again. */
export function takeException(env: NativePointer): NativePointer {
  const thrown: NativePointer = exceptionOccurred(env);
  exceptionClear(env);
  return thrown;
}

export interface WeakReference {
  readonly handle: NativePointer;
  forget(): void;
}

/** A reference that keeps nothing alive. */
export function weakReference(handle: NativePointer): WeakReference {
  const weak: NativePointer = newWeak(environment().handle, handle);
  return { handle: weak, forget: () => deleteWeak(environment().handle, weak) };
}

export function isSameObject(one: NativePointer, other: NativePointer): boolean {
  return sameObject(environment().handle, one, other) !== 0;
}

export function isString(handle: NativePointer): boolean {
  return isInstanceOf(environment().handle, handle, stringClass) !== 0;
}

// A buffer is used by one call at a time: other threads run JavaScript while a JNI function runs.
const free: NativePointer[] = [];
const BUFFER_CHARS = 16384;

/** The first characters of a Java string, however long it is; a NUL does not end it. */
export function stringText(handle: NativePointer, limit: number): string {
  const env = environment().handle;
  const length = Math.min(getStringLength(env, handle), limit, BUFFER_CHARS);
  if (length === 0) return "";
  const buffer = free.pop() ?? Memory.alloc(BUFFER_CHARS * 2);
  try {
    getStringRegion(env, handle, 0, length, buffer);
    return decoded(buffer, length);
  } finally {
    free.push(buffer);
  }
}

/** The quick way, unless the text has a NUL or half a character in it, which the quick way ends at or refuses. */
function decoded(buffer: NativePointer, length: number): string {
  try {
    const text = buffer.readUtf16String(length);
    if (text !== null && text.length === length) return text;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  return String.fromCharCode(...new Uint16Array(buffer.readByteArray(length * 2)!));
}

// 'propagate': the JVM uses faults of its own, which must not be taken for crashes. Cooperative scheduling is the default
// and must stay: holding the JavaScript lock while JNI waits for a safepoint can deadlock.
function at(slot: number, returns: NativeFunctionReturnType, args: NativeFunctionArgumentType[]): AnyCall {
  const address = table.add(slot * Process.pointerSize).readPointer();
  return new NativeFunction(address, returns, args, { exceptions: "propagate" }) as unknown as AnyCall;
}
