// What HotSpot is asked beyond JNI: its tool interface, and hooks put in place by one pass over all classes.
import Java from "frida-java-bridge";
import type { Wrapper } from "./bridge.js";
import { isJvm } from "./classes.js";

const JVMTI_VERSION = 0x30010000;
// Positions in the JVMTI function table.
const GET_METHOD_MODIFIERS = 65;
const GET_STACK_TRACE = 103;
/** Position in the JNI function table. */
const EXCEPTION_CHECK = 228;
/** In place of a stack's number: a Java exception is on its way. */
export const THROWN = 0xffffffff;

/** Stacks that are told apart; when there are more, all are forgotten. */
const MAX_STACKS = 2048;
/** Deeper stacks have no number. */
const MAX_DEPTH = 256;

// What a CModule writes to must be given to it: its own data is read-only.
const STACKS = `
#include <glib.h>
#include <string.h>

typedef struct { void * method; gint64 place; } Frame;
typedef struct { guint64 hash; guint number; guint depth; Frame * frames; } Known;
typedef guchar (* ExceptionCheck) (void * env);
typedef int (* GetStackTrace) (void * jvmti, void * thread, int from, int most, Frame * frames, int * depth);

extern GMutex lock;
extern Known known[];
extern guint held;
extern guint last;

void init (void) { g_mutex_init (&lock); }
void finalize (void) { g_mutex_clear (&lock); }

static void forget (void) {
  guint i;
  for (i = 0; i != SLOTS; i++) g_free (known[i].frames);
  memset (known, 0, SLOTS * sizeof (Known));
  held = 0;
}

static gboolean is_same (const Known * slot, guint64 hash, const Frame * frames, guint depth) {
  guint i;
  if (slot->hash != hash || slot->depth != depth) return FALSE;
  for (i = 0; i != depth; i++) {
    if (slot->frames[i].method != frames[i].method || slot->frames[i].place != frames[i].place) return FALSE;
  }
  return TRUE;
}

static guint number_of (Frame * frames, guint depth) {
  guint64 hash = depth;
  guint i;
  Known * slot;
  for (i = 0; i != depth; i++) {
    hash = (hash ^ (guint64) GPOINTER_TO_SIZE (frames[i].method)) * 0x9e3779b97f4a7c15ULL;
    hash = (hash ^ (hash >> 29) ^ (guint64) frames[i].place) * 0xbf58476d1ce4e5b9ULL;
  }
  hash ^= hash >> 32;
  for (i = (guint) (hash % SLOTS); ; i = (i + 1) % SLOTS) {
    slot = &known[i];
    if (slot->number == 0) break;
    if (is_same (slot, hash, frames, depth)) return slot->number;
  }
  if (held == MOST) {
    forget ();
    slot = &known[hash % SLOTS];
  }
  slot->frames = g_malloc (depth * sizeof (Frame) + 1);
  memcpy (slot->frames, frames, depth * sizeof (Frame));
  slot->hash = hash;
  slot->depth = depth;
  slot->number = ++last;
  held++;
  return slot->number;
}

guint stack_number (void * jvmti) {
  Frame frames[DEPTH];
  int depth = 0;
  guint number;
  GetStackTrace get = (*(GetStackTrace **) jvmti)[GET_STACK_TRACE];
  if (get (jvmti, NULL, 0, DEPTH, frames, &depth) != 0 || depth == DEPTH) return 0;
  g_mutex_lock (&lock);
  number = number_of (frames, (guint) depth);
  g_mutex_unlock (&lock);
  return number;
}

guint after_call (void * env, void * jvmti) {
  ExceptionCheck is_thrown = (*(ExceptionCheck **) env)[EXCEPTION_CHECK];
  return is_thrown (env) ? THROWN : stack_number (jvmti);
}
`;
const SIZE_OF_KNOWN = 24;

let jvmti: NativePointer = NULL;
let stackNumberOf: ((jvmti: NativePointer) => number) | null = null;
let afterCallOf: ((env: NativePointer, jvmti: NativePointer) => number) | null = null;
let modifiersOf: ((jvmti: NativePointer, method: NativePointer, modifiers: NativePointer) => number) | null = null;
/** Kept for the life of the process. */
const kept: unknown[] = [];

/** Resolve what is needed; once, at install, on a thread that is attached to the VM. Nothing on ART. */
export function openJvm(): void {
  if (!isJvm) return;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const handle: NativePointer | null = (Java.vm as any).tryGetEnvHandle(JVMTI_VERSION);
  if (handle === null) throw new Error("this JVM has no tool interface");
  jvmti = handle;
  const known = Memory.alloc(2 * MAX_STACKS * SIZE_OF_KNOWN);
  const [lock, held, last] = [Memory.alloc(Process.pointerSize), Memory.alloc(4), Memory.alloc(4)];
  const constants = { SLOTS: 2 * MAX_STACKS, MOST: MAX_STACKS, DEPTH: MAX_DEPTH, GET_STACK_TRACE, EXCEPTION_CHECK, THROWN: `${THROWN}u` };
  const source = Object.entries(constants).reduce((text, [name, value]) => `#define ${name} ${value}\n${text}`, STACKS);
  const module = new CModule(source, { known, lock, held, last });
  kept.push(known, lock, held, last, module);
  // 'propagate' and cooperative, like all calls into the VM: see jni.ts.
  stackNumberOf = new NativeFunction(module.stack_number!, "uint32", ["pointer"], { exceptions: "propagate" });
  afterCallOf = new NativeFunction(module.after_call!, "uint32", ["pointer", "pointer"], { exceptions: "propagate" });
  const table = handle.readPointer();
  const getModifiers = table.add(GET_METHOD_MODIFIERS * Process.pointerSize).readPointer();
  modifiersOf = new NativeFunction(getModifiers, "int", ["pointer", "pointer", "pointer"], { exceptions: "propagate" });
  oncePerBatch();
}

/**
 * A number for the calling thread's stack: equal numbers mean the same methods at the same places. 0: none is known.
 * It costs a tenth of what the stack's text costs.
 */
export function stackNumber(): number {
  return stackNumberOf === null ? 0 : stackNumberOf(jvmti);
}

/** What is asked after every original, in one go: THROWN, or the number of the calling thread's stack. On the JVM only. */
export function afterCall(env: NativePointer): number {
  return afterCallOf!(env, jvmti);
}

/** A method's modifiers as java.lang.reflect.Modifier has them; null on ART, where nobody can be asked that cheaply. */
export function modifiers(method: NativePointer): number | null {
  if (modifiersOf === null) return null;
  const found = Memory.alloc(4);
  const error = modifiersOf(jvmti, method, found);
  if (error !== 0) throw new Error(`the JVM does not tell a method's modifiers: error ${error}`);
  return found.readS32();
}

// The bridge replaces the methods of a batch one by one in a single operation of the VM, and goes over all compiled code
// and all loaded classes after each; HotSpot's own redefinition does that once, when all are replaced.
type Step = (...args: unknown[]) => unknown;
const FIRST = "VM_RedefineClasses::flush_dependent_code";
const LAST = ["ClassLoaderDataGraph::classes_do", "ResolvedMethodTable::adjust_method_entries", "ClassLoaderDataGraph::clean_deallocate_lists"];

/** Methods given to the bridge since its last batch began. */
const given = new Set<string>();
let due = 0;
let done = 0;
let isLast = true;

/** Set a replacement. On the JVM it is in place when the bridge's next batch has run. */
export function replace(overload: Wrapper, implementation: (this: Wrapper, ...args: never[]) => unknown): void {
  if (!isJvm) {
    overload.implementation = implementation;
    return;
  }
  // Runs right before the bridge's own batch, which takes everything that was given until then.
  if (given.size === 0) Script.nextTick(() => { due += given.size; given.clear(); });
  const method = overload.handle.toString();
  given.add(method);
  try {
    overload.implementation = implementation;
  } catch (error) {
    given.delete(method);
    throw error;
  }
}

/** Throws when a batch did not end as it must: then calls may go past hooks. For when no batch can be under way. */
export function checkBatches(): void {
  if (given.size !== 0 || due !== 0) throw new Error(`${given.size + due} hooks were not put in place`);
}

let openAtLastLook = 0;

/** Throws, once, when a batch did not end since the last look: it takes milliseconds, and a look comes every second. */
export function lookForOpenBatch(): void {
  const open = given.size + due;
  const wasOpen = openAtLastLook;
  openAtLastLook = open;
  if (open !== 0 && open === wasOpen) {
    given.clear();
    due = done = 0;
    throw new Error(`${open} hooks were not put in place`);
  }
}

function oncePerBatch(): void {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const api: Record<string, Step | undefined> = (Java as any).api;
  const first = api[FIRST];
  const last = LAST.map(name => api[name]);
  if (first === undefined || last.includes(undefined)) throw new Error("the bridge is not the version this was written for");
  // The operations of the VM come one after the other, so what one method's first step finds holds for its other steps.
  api[FIRST] = (...args) => {
    isLast = ++done >= due;
    if (!isLast) return;
    done = due = 0;
    first(...args);
  };
  LAST.forEach((name, i) => {
    api[name] = (...args) => (isLast ? last[i]!(...args) : undefined);
  });
}
