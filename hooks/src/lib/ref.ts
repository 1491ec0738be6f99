// Java objects as observers see them: a handle that is passed on untouched, and read only when asked.
//
// The bridge turns Java strings into JavaScript strings and back; the way back is UTF-8 where JNI wants modified UTF-8,
// so an emoji or a NUL in an argument would reach the app changed, and every string would be another object. Hooked
// methods therefore get `rawType`: references go through as they came.
import { environment, type Env, type Wrapper } from "./bridge.js";
import { use } from "./classes.js";
import { isString, stringText } from "./jni.js";
import { cutText, MAX_ITEMS, MAX_TEXT } from "./limits.js";

export type Value = null | undefined | boolean | number | string | Int64 | Ref;

export class Ref {
  /** `declared`: the Java type where it came from, which may be one of its supertypes. */
  constructor(readonly $h: NativePointer, private readonly owned: boolean, private readonly declared = "java.lang.Object") {}

  /** Called by the bridge when the hooked method has returned. */
  $dispose(): void {
    if (this.owned) environment().deleteGlobalRef(this.$h);
  }

  get className(): string {
    return environment().getObjectClassName(this.$h);
  }

  /** A string's characters, or what toString() gives; cut to the limit. Only for platform objects: it runs their code. */
  text(): string {
    if (this.isString()) return cutText(stringText(this.$h, MAX_TEXT));
    return takeText(objectMethods().toString.call(this.as("java.lang.Object")));
  }

  isString(): boolean {
    return this.declared === "java.lang.String" || isString(this.$h);
  }

  isA(className: string): boolean {
    const wrapper = use(className);
    const env = environment();
    const borrowed = wrapper.$borrowClassHandle(env);
    try {
      return env.isInstanceOf(this.$h, borrowed.value);
    } finally {
      borrowed.unref(env);
    }
  }

  /** Something with elements: an array or a collection. */
  isList(): boolean {
    return this.className.startsWith("[") || this.isA("java.util.Collection");
  }

  isByteArray(): boolean {
    return this.className === "[B";
  }

  /** A wrapper to call methods and read fields with; valid as long as this Ref is. */
  as(className: string): Wrapper {
    const wrapper = use(className);
    return wrapper.$f.cast(this.$h, wrapper, false);
  }

  /** How many elements an array or collection has. */
  count(): number {
    if (this.className.startsWith("[")) return environment().getArrayLength(this.$h);
    return this.as("java.util.Collection").size();
  }

  /** `read` of each element of an array or collection, in its order, at most `limit` of them. */
  map<T>(read: (item: Ref) => T, limit = MAX_ITEMS): T[] {
    if (this.className.startsWith("[")) return this.elements(read, limit);
    const array = objectMethods().toArray.call(this.as("java.util.Collection")) as Ref;
    try {
      return array.elements(read, limit);
    } finally {
      array.$dispose();
    }
  }

  /** Bytes of a byte[], from the offset on, at most `limit`. */
  bytes(limit = MAX_TEXT, offset = 0): number[] {
    const env = environment();
    const length = Math.min(limit, env.getArrayLength(this.$h) - offset);
    if (length <= 0 || offset < 0) return [];
    // An own buffer per call: other threads run JavaScript during the JNI call.
    const buffer = Memory.alloc(length);
    env.getByteArrayRegion(this.$h, offset, length, buffer);
    return Array.from(new Uint8Array(buffer.readByteArray(length)!));
  }

  private elements<T>(read: (item: Ref) => T, limit: number): T[] {
    const env = environment();
    const found: T[] = [];
    const length = Math.min(limit, env.getArrayLength(this.$h));
    for (let i = 0; i !== length; i++) {
      const handle: NativePointer = env.getObjectArrayElement(this.$h, i);
      if (handle.isNull()) continue;
      try {
        found.push(read(new Ref(handle, false)));
      } finally {
        env.deleteLocalRef(handle);
      }
    }
    return found;
  }
}

/** Text of a value as far as it has one; null for null and for void. */
export function text(value: Value): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Ref) return value.text();
  return cutText(value.toString());
}

/** A short text of an argument that runs none of the app's code: objects are told by their class. */
export function describe(value: Value): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Ref) return value.isString() ? value.text() : `<${value.className}>`;
  return cutText(value.toString());
}

/** Text of what a wrapper's method gave; a reference is given back. (A wrapper gives a Ref when that method is hooked.) */
export function takeText(value: Value): string {
  if (!(value instanceof Ref)) return text(value) ?? "";
  try {
    return value.text();
  } finally {
    value.$dispose();
  }
}

export function hex(bytes: readonly number[], separator = ""): string {
  return bytes.map(byte => byte.toString(16).padStart(2, "0")).join(separator);
}

interface BridgeType {
  readonly className: string;
  readonly type: string;
}

/** The bridge's type with its conversions replaced, for references; primitives stay as they are. */
function rawType(type: BridgeType): BridgeType {
  // What the bridge returns while an exception is on its way is `false`, which its own callback does not take.
  if (type.type === "uint8") return { ...type, defaultValue: 0 } as BridgeType;
  if (type.type !== "pointer") return type;
  return {
    ...type,
    isCompatible: () => true,
    fromJni: (handle: NativePointer, env: Env, owned: boolean) =>
      handle.isNull() ? null : owned ? new Ref(env.newGlobalRef(handle), true, type.className) : new Ref(handle, false, type.className),
    toJni: (value: Ref | null) => (value === null || value === undefined ? NULL : value.$h),
  } as BridgeType;
}

/** Make one overload of the bridge pass references on as they are. Idempotent. */
export function passRaw(overload: Wrapper): Wrapper {
  const parts = overload._p;
  if (!Array.isArray(parts) || parts.length !== 8 || !Array.isArray(parts[5])) throw new Error("the bridge is not the version this was written for");
  if (overload.$raw !== true) {
    parts[4] = rawType(parts[4]);
    parts[5] = parts[5].map(rawType);
    overload.$raw = true;
  }
  return overload;
}

interface ObjectMethods {
  readonly toString: Wrapper;
  readonly toArray: Wrapper;
}
let methods: ObjectMethods | null = null;

/** Resolved once, at install: a class cannot be looked up safely from inside a hook on the JVM. */
export function objectMethods(): ObjectMethods {
  methods ??= {
    toString: passRaw(use("java.lang.Object").toString.overload()),
    toArray: passRaw(use("java.util.Collection").toArray.overload()),
  };
  return methods;
}
