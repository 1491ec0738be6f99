// The second layer: functions of libc and other native libraries, for code that goes around the Java API.
import { isJvm } from "./classes.js";
import { deviceMs, estimatedDeviceMs } from "./clock.js";
import type { Hook, NativeFacts, NativeTarget, ResultClass } from "./hook.js";
import type { TargetReport } from "./install.js";
import { cutText, MAX_ITEMS } from "./limits.js";
import { isObserving, isRunning, observing, type Agent } from "./observe.js";
import { hasJavaFrames, stack } from "./stack.js";

interface Begun {
  readonly t: number;
  readonly wall: number;
  readonly facts: NativeFacts;
}

/** Code of the runtime runs where JNI is not allowed; libc's own calls, and ours, are nobody's reads. */
const RUNTIME = isJvm ? "libjvm.so" : "libart.so";
const NOT_ASKED = /^(libc\.so|libc-|ld-|ld\.so|linker|frida|libnss|libresolv|libpthread|memfd:frida)/;

/** A thread that asks the runtime anything while it shuts down stands still for ever, and may hold what the end waits for. */
let ending = false;

/** The process is about to end: from here on native functions only run. */
export function silenceNative(): void {
  ending = true;
}

/** Hook every function that the process has; one that a library names twice is hooked once. */
export function installNative(hooks: readonly Hook[], agent: Agent): TargetReport[] {
  const reports: TargetReport[] = [];
  const runtime = Process.findModuleByName(RUNTIME);
  const taken = new Set<string>();
  for (const hook of hooks) {
    for (const target of hook.functions ?? []) {
      const address = Module.findGlobalExportByName(target.function);
      reports.push({ hook: hook.id, target: `${target.library}.${target.function}`, ...attach(hook, target, address, runtime, agent, taken) });
    }
  }
  return reports;
}

function attach(hook: Hook, target: NativeTarget, address: NativePointer | null, runtime: Module | null, agent: Agent, taken: Set<string>): Pick<TargetReport, "status" | "reason"> {
  if (address === null) return { status: "absent", reason: "no library of the process exports it" };
  if (taken.has(`${hook.id} ${address}`)) return { status: "installed", reason: "another name of a function that is watched" };
  taken.add(`${hook.id} ${address}`);
  try {
    Interceptor.attach(address, callbacks(hook, target, runtime, agent));
    return { status: "installed", reason: "" };
  } catch (error) {
    return { status: "failed", reason: String(error).slice(0, 500) };
  }
}

function callbacks(hook: Hook, target: NativeTarget, runtime: Module | null, agent: Agent): InvocationListenerCallbacks | NativeInvocationListenerCallbacks {
  const begun = new Map<number, Begun>();
  const enter = (args: readonly NativePointer[], from: NativePointer): void => {
    if (ending || agent.stopped || within(from, runtime)) return;
    const tid = Process.getCurrentThreadId();
    // What a hooked Java method calls on its way down is the same read.
    if (isObserving(tid) || isRunning(tid)) return;
    try {
      const facts = target.about({ args, process: agent.process });
      if (facts !== null) begun.set(tid, { t: now(tid), wall: Date.now(), facts });
    } catch (error) {
      agent.failed(hook.id, nameOf(target), error);
    }
  };
  const leave = (returned: NativePointer, from: NativePointer): void => {
    if (begun.size === 0) return;
    const tid = Process.getCurrentThreadId();
    const call = begun.get(tid);
    if (call === undefined) return;
    begun.delete(tid);
    if (ending) return;
    try {
      const caller = Process.findModuleByAddress(from)?.name ?? null;
      if (caller === null || !NOT_ASKED.test(caller)) record(hook, target, call, returned, tid, caller, agent);
    } catch (error) {
      agent.failed(hook.id, nameOf(target), error);
    }
  };
  if (target.pathAt !== undefined) return guarded(target.pathAt, enter, leave);
  return {
    onEnter(args) {
      enter(Array.from({ length: target.takes }, (_, i) => args[i]!), this.returnAddress);
    },
    onLeave(returned) {
      leave(returned, this.returnAddress);
    },
  };
}

const GUARD = `
#include <gum/guminterceptor.h>
#include <string.h>
extern void entered (const char * path, void * from);
extern void left (void * returned, void * from);
typedef struct { int wanted; } Seen;
static int wanted (const char * path) {
  if (path == NULL || path[0] != '/') return 0;
  if (strncmp (path, "/sys/", 5) == 0) return 1;
  return strncmp (path, "/proc/", 6) == 0 && strncmp (path, "/proc/self/", 11) != 0;
}
void onEnter (GumInvocationContext * ic) {
  Seen * seen = GUM_IC_GET_INVOCATION_DATA (ic, Seen);
  const char * path = gum_invocation_context_get_nth_argument (ic, PATH_AT);
  seen->wanted = wanted (path);
  if (seen->wanted) entered (path, gum_invocation_context_get_return_address (ic));
}
void onLeave (GumInvocationContext * ic) {
  Seen * seen = GUM_IC_GET_INVOCATION_DATA (ic, Seen);
  if (seen->wanted) left (gum_invocation_context_get_return_value (ic), gum_invocation_context_get_return_address (ic));
}
`;

/** Kept for the life of the process: the code that was put into the functions is theirs. */
const kept: unknown[] = [];

function guarded(pathAt: number, enter: (args: readonly NativePointer[], from: NativePointer) => void, leave: (returned: NativePointer, from: NativePointer) => void): NativeInvocationListenerCallbacks {
  const entered = new NativeCallback((path: NativePointer, from: NativePointer) => enter(pathAt === 0 ? [path] : [NULL, path], from), "void", ["pointer", "pointer"]);
  const left = new NativeCallback((returned: NativePointer, from: NativePointer) => leave(returned, from), "void", ["pointer", "pointer"]);
  const guard = new CModule(GUARD.replace("PATH_AT", String(pathAt)), { entered, left });
  kept.push(entered, left, guard);
  return { onEnter: guard.onEnter!, onLeave: guard.onLeave! };
}

/** A thread that is not the runtime's cannot ask the twin's clock. */
function now(tid: number): number {
  return observing(tid, () => (hasJavaFrames() ? deviceMs() : estimatedDeviceMs()));
}

function record(hook: Hook, target: NativeTarget, { t, wall, facts }: Begun, returned: NativePointer, tid: number, caller: string | null, agent: Agent): void {
  const { result, values } = facts.after?.(returned) ?? { result: "empty" as ResultClass, values: [] };
  const frames = observing(tid, () => (hasJavaFrames() ? stack() : []));
  agent.queue.push({
    t, took_ms: Date.now() - wall + 1, tid, kind: "native", hook: hook.id, data_type: facts.dataType ?? hook.dataType, api: nameOf(target),
    args: facts.args.slice(0, MAX_ITEMS).map(cutText), values: values.map(cutText), result, exception: null, stack: frames, caller,
  });
}

function within(address: NativePointer, runtime: Module | null): boolean {
  return runtime !== null && address.compare(runtime.base) >= 0 && address.compare(runtime.base.add(runtime.size)) < 0;
}

function nameOf({ library, function: name }: NativeTarget): string {
  return `${library}.${name}`;
}
