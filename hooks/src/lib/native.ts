// The second layer: functions of libc and other native libraries, for code that goes around the Java API.
import { isJvm } from "./classes.js";
import { deviceMs, estimatedDeviceMs } from "./clock.js";
import { pathGuard, writeGuard } from "./guards.js";
import type { Hook, NativeFacts, NativeOutcome, NativeTarget } from "./hook.js";
import type { TargetReport } from "./install.js";
import { cutText, MAX_ITEMS } from "./limits.js";
import { isObserving, isRunning, observing, type Agent } from "./observe.js";
import { hasJavaFrames, stack } from "./stack.js";

const NOT_KNOWN: NativeOutcome = { result: "empty", values: [] };

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

interface Watcher {
  readonly takes: number;
  readonly enter: (args: readonly NativePointer[], from: NativePointer) => void;
  readonly leave: (returned: NativePointer, from: NativePointer) => void;
}

/** Hook every function that the process has; one that a library names twice is hooked once. */
export function installNative(hooks: readonly Hook[], agent: Agent): TargetReport[] {
  const reports: TargetReport[] = [];
  const runtime = Process.findModuleByName(RUNTIME);
  const taken = new Set<string>();
  const shared = new Map<string, Watcher[]>();
  for (const hook of hooks) {
    for (const target of hook.functions ?? []) {
      const address = Module.findGlobalExportByName(target.function);
      reports.push({ hook: hook.id, target: `${target.library}.${target.function}`, ...attach(hook, target, address, runtime, agent, taken, shared) });
    }
  }
  return reports;
}

function attach(hook: Hook, target: NativeTarget, address: NativePointer | null, runtime: Module | null, agent: Agent, taken: Set<string>, shared: Map<string, Watcher[]>): Pick<TargetReport, "status" | "reason"> {
  if (address === null) return { status: "absent", reason: "no library of the process exports it" };
  if (taken.has(`${hook.id} ${address}`)) return { status: "installed", reason: "another name of a function that is watched" };
  taken.add(`${hook.id} ${address}`);
  try {
    const one = watcher(hook, target, runtime, agent);
    if (target.pathAt !== undefined) Interceptor.attach(address, pathGuard(target.pathAt, one.enter, one.leave));
    else if (target.firstBytes === true) Interceptor.attach(address, writeGuard(one.enter, one.leave));
    else share(String(address), address, one, shared);
    return { status: "installed", reason: "" };
  } catch (error) {
    return { status: "failed", reason: String(error).slice(0, 500) };
  }
}

/** With a third listener on a function Frida 17 told no script of the call's end (measured): all without a filter are one. */
function share(key: string, address: NativePointer, one: Watcher, shared: Map<string, Watcher[]>): void {
  const others = shared.get(key);
  if (others !== undefined) {
    others.push(one);
    return;
  }
  const all = [one];
  Interceptor.attach(address, {
    onEnter(args) {
      for (const { takes, enter } of all) enter(Array.from({ length: takes }, (_, i) => args[i]!), this.returnAddress);
    },
    onLeave(returned) {
      for (const { leave } of all) leave(returned, this.returnAddress);
    },
  });
  shared.set(key, all);
}

function watcher(hook: Hook, target: NativeTarget, runtime: Module | null, agent: Agent): Watcher {
  const begun = new Map<number, Begun>();
  const enter = (args: readonly NativePointer[], from: NativePointer): void => {
    if (ending || agent.stopped || within(from, runtime)) return;
    const tid = Process.getCurrentThreadId();
    // What a hooked Java method calls on its way down is the same read.
    if (isObserving(tid) || (isRunning(tid) && target.inside !== true)) return;
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
  return { takes: target.takes, enter, leave };
}

/** A thread that is not the runtime's cannot ask the twin's clock. */
function now(tid: number): number {
  return observing(tid, () => (hasJavaFrames() ? deviceMs() : estimatedDeviceMs()));
}

function record(hook: Hook, target: NativeTarget, { t, wall, facts }: Begun, returned: NativePointer, tid: number, caller: string | null, agent: Agent): void {
  const outcome = facts.after === undefined ? NOT_KNOWN : facts.after(returned, { t, wall, tid });
  if (outcome === null) return;
  const { completes } = facts;
  const frames = completes?.stack ?? observing(tid, () => (hasJavaFrames() ? stack() : []));
  const args = [...facts.args, ...(outcome.args ?? [])];
  const api = completes === undefined ? nameOf(target) : `${target.library}.${completes.function}`;
  agent.queue.push({
    site: { kind: "native", hook: hook.id, data_type: facts.dataType ?? hook.dataType, api, result: outcome.result, exception: null, caller },
    t: completes?.t ?? t, took_ms: Date.now() - (completes?.wall ?? wall) + 1, tid: completes?.tid ?? tid,
    args: args.slice(0, MAX_ITEMS).map(cutText), values: outcome.values.map(cutText), stack: frames,
  });
}

function within(address: NativePointer, runtime: Module | null): boolean {
  return runtime !== null && address.compare(runtime.base) >= 0 && address.compare(runtime.base.add(runtime.size)) < 0;
}

function nameOf({ library, function: name }: NativeTarget): string {
  return `${library}.${name}`;
}
