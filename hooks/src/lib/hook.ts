// What a hook file declares. Plain data and small functions; nothing here touches Java.
import type { DataType } from "../../build/data-types.js";
import type { Alter } from "./alter.js";
import type { Opening } from "./roads.js";
import type { Ref, Value } from "./ref.js";

export type { DataType };

/** `read` reads (or asks for) data; `native` is a call of a C function; `end` is the process about to end, which is flushed and never an event. */
export type Kind = "native" | "read" | "permission" | "write" | "exec" | "context" | "end";
export type ResultClass = "obtained" | "empty" | "dummy" | "denied";

export interface Call {
  /** null for a static method. Borrowed: valid only until the hooked method returns, like every `Ref` of a call. */
  readonly self: Ref | null;
  readonly args: readonly Value[];
  readonly process: { readonly pid: number; readonly uid: number; readonly package: string };
}

export interface Target {
  readonly class: string;
  /** "$init" for the constructors. */
  readonly method: string;
  /** Java types of the one overload to hook; absent means all of them. */
  readonly overload?: readonly string[];
  /** When this target reads another kind of data than its hook, or which depends on the call. */
  readonly dataType?: DataType | ((call: Call) => DataType);
  /** False: this call is none of the hook's business. Absent means every call is. */
  readonly when?: (call: Call) => boolean;
  /** Calls made by classes of these prefixes are not recorded: the platform's own, which no app asked for. */
  readonly notFrom?: readonly string[];
  /** Another kind of event than the hook's. */
  readonly kind?: Kind;
  /** Abstract on some devices or in some versions of its library, where it counts as absent: something else is watched there. */
  readonly mayBeAbstract?: true;
  /** Strings for the record; absent means a short text of each argument. */
  readonly args?: (call: Call) => string[];
  /** What the app got to know, as text; absent means the returned string (or bytes in hex). Null: nothing worth a record. */
  readonly values?: (returned: Value, call: Call) => (string | null)[] | null;
  /** Absent means: judged from the values, or from the returned value when no values can be told. */
  readonly result?: (returned: Value, call: Call) => ResultClass;
  /** For kind `end`: how the process ends. */
  readonly why?: "exit" | "kill";
  /** Of an intervener: how the call goes instead. Such a target records nothing but what it changed. */
  readonly alter?: Alter;
}

export interface NativeCall {
  readonly args: readonly NativePointer[];
  readonly process: Call["process"];
}

/** What a native call is about; null when it is none of the hook's business. */
export interface NativeFacts {
  readonly args: string[];
  readonly dataType?: DataType;
  /** Absent means: asked for, and what came of it is not known. Null: nothing worth a record. */
  readonly after?: (returned: NativePointer, call: Opening) => NativeOutcome | null;
  /** An earlier call that this one completes; the record is of that one, with its stack. */
  readonly completes?: Opening & { readonly function: string; readonly stack: readonly string[] };
}

export interface NativeOutcome {
  readonly result: ResultClass;
  readonly values: string[];
  /** What could only be told afterwards: it follows the arguments. */
  readonly args?: string[];
}

/** A function that a native library exports. Both runtimes' own calls of it are left out. */
export interface NativeTarget {
  readonly library: string;
  readonly function: string;
  /** How many arguments `about` wants. */
  readonly takes: number;
  /**
   * Where a path stands among the arguments. Then only paths under /proc and /sys reach `about`, sorted out in C: a
   * process that was just forked opens files before it becomes another program, and must not wait for JavaScript there.
   */
  readonly pathAt?: 0 | 1;
  /** Only the first bytes on a connection to this device reach `about`, with descriptor, bytes and length; sorted out in C. */
  readonly firstBytes?: true;
  /** Recorded also while a hooked Java method runs on the thread. */
  readonly inside?: true;
  readonly about: (call: NativeCall) => NativeFacts | null;
}

export interface Hook {
  /** Kebab-case, equal to the file's stem. */
  readonly id: string;
  readonly kind?: Kind;
  readonly dataType: DataType;
  readonly targets: readonly Target[];
  readonly functions?: readonly NativeTarget[];
  /** Run once before anything is hooked: classes cannot be looked up inside a hook. */
  readonly prepare?: () => void;
}

export function defineHook(hook: Hook): Hook {
  return hook;
}

/** The same method list on several classes, for hidden and vendor variants of one API. */
export function across(classes: readonly string[], methods: readonly string[], rest: Omit<Target, "class" | "method"> = {}): Target[] {
  return classes.flatMap(name => methods.map(method => ({ class: name, method, ...rest })));
}

/** The platform as a caller, on a phone and on the twin; its java packages are left out: they act for whoever called them. */
export const PLATFORM: readonly string[] = ["android.", "com.android.", "libcore.", "dalvik.", "sun.", "com.sun.", "jdk.", "twin."];

/** What is useful around reads and gives no data itself. */
export const CONTEXT = { kind: "context", dataType: "other", values: (): string[] => [], notFrom: PLATFORM } as const;
