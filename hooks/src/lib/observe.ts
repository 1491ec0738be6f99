// One hooked method: the original is called once, whatever the observers do.
import { altered } from "./alter.js";
import { deviceMs } from "./clock.js";
import type { Call, DataType, Hook, Kind, ResultClass, Target } from "./hook.js";
import { cutText, MAX_ITEMS, MAX_TEXT } from "./limits.js";
import type { Queue, Site } from "./queue.js";
import { describe, hex, Ref, text, type Value } from "./ref.js";
import { remember } from "./known.js";
import { judgeException, judgeValues } from "./result.js";
import { stack } from "./stack.js";
import { environment, type Wrapper } from "./bridge.js";

export interface Watch {
  readonly hook: Hook;
  readonly target: Target;
  /** What the last recorded call was told as: mostly the next one is told the same. */
  site?: Site;
}

export interface Agent {
  readonly queue: Queue;
  readonly process: Call["process"];
  /** Once true, hooked methods only call their original. Hooks are never taken out: that crashes a busy JVM. */
  stopped: boolean;
  ending(why: "exit" | "kill"): void;
  failed(hook: string, api: string, error: unknown): void;
}

/** Threads that run observer code: what they call is ours, not the app's. */
const observers = new Set<number>();
/** Per thread, the hooks whose original runs: what an API calls on its way down is the same read. */
const running = new Map<number, string[]>();

export function isObserving(tid: number): boolean {
  return observers.has(tid);
}

/** Whether a hooked Java method runs on the thread. */
export function isRunning(tid: number): boolean {
  return running.has(tid);
}

/** Run something of ours: the hooks it passes through on this thread stay quiet. */
export function observing<T>(tid: number, run: () => T): T {
  observers.add(tid);
  try {
    return run();
  } finally {
    observers.delete(tid);
  }
}

export interface Begun {
  readonly watch: Watch;
  readonly call: Call;
  readonly t: number;
  readonly wall: number;
}

/** The replacement of one overload. `sharing` are all hooks that want it; observers see what interveners leave. */
export function replacement(agent: Agent, original: Wrapper, api: string, isStatic: boolean, sharing: readonly Watch[]): (...args: Value[]) => unknown {
  const altering = sharing.filter(({ target }) => target.alter !== undefined);
  const overload: Wrapper = altered(agent, original, api, isStatic, altering);
  const { begin, end } = observed(agent, api, sharing.filter(({ target }) => target.alter === undefined));
  return function (this: Wrapper, ...args: Value[]): unknown {
    const tid = Process.getCurrentThreadId();
    if (agent.stopped || observers.has(tid)) return original.apply(this, args);
    const begun = begin(tid, isStatic ? null : new Ref(this.$h, false), args);
    if (begun === null) return overload.apply(this, args);

    let returned: unknown;
    let thrown: unknown = null;
    try {
      returned = overload.apply(this, args);
    } catch (error) {
      thrown = error ?? new Error("nothing was thrown");
    }
    end(tid, begun, returned as Value, thrown);
    if (thrown !== null) throw thrown;
    return returned;
  };
}

export interface Observers {
  /** Before the original runs; null when no hook is concerned. What was begun must end. `env`: the thread's, when known. */
  begin(tid: number, self: Ref | null, args: readonly Value[], env?: NativePointer): Begun[] | null;
  /**
   * After it; `thrown` carries the Java exception in `$h`, or null; `stackNumber` is that of the stack, when it is known.
   * Neither ever throws.
   */
  end(tid: number, begun: readonly Begun[], returned: Value, thrown: unknown, stackNumber?: number): void;
}

/** What the hooks of one overload do around its original. */
export function observed(agent: Agent, api: string, watches: readonly Watch[]): Observers {
  return {
    begin(tid, self, args, env) {
      if (watches.length === 0) return null;
      observers.add(tid);
      try {
        const begun = begin(agent, tid, api, watches, { self, args, process: agent.process }, env);
        if (begun.length === 0) return null;
        enter(tid, begun);
        return begun;
      } catch (error) {
        agent.failed("", api, error);
        return null;
      } finally {
        observers.delete(tid);
      }
    },
    end(tid, begun, returned, thrown, stackNumber) {
      leave(tid, begun);
      observers.add(tid);
      try {
        record(agent, tid, api, begun, returned, thrown, stackNumber);
      } catch (error) {
        agent.failed("", api, error);
      } finally {
        observers.delete(tid);
      }
    },
  };
}

function begin(agent: Agent, tid: number, api: string, watches: readonly Watch[], call: Call, env?: NativePointer): Begun[] {
  const begun: Begun[] = [];
  const active = running.get(tid);
  // Counted loops, here and below: a loop over an iterator costs more than what is done in it.
  for (let i = 0; i !== watches.length; i++) {
    const watch = watches[i]!;
    const { hook, target } = watch;
    try {
      if (active !== undefined && active.includes(hook.id)) continue;
      if (target.when !== undefined && !target.when(call)) continue;
      if (kindOf(target, hook) === "end") agent.ending(target.why ?? "exit");
      else begun.push({ watch, call, t: deviceMs(env), wall: Date.now() });
    } catch (error) {
      agent.failed(hook.id, api, error);
    }
  }
  return begun;
}

function record(agent: Agent, tid: number, api: string, begun: readonly Begun[], returned: Value, thrown: unknown, stackNumber?: number): void {
  const exception = thrown === null ? null : exceptionClass(thrown);
  let frames: string[] | null = null;
  for (let i = 0; i !== begun.length; i++) {
    const { watch, call, t, wall } = begun[i]!;
    const { hook, target } = watch;
    const kind = kindOf(target, hook);
    try {
      if (thrown !== null && exception === null) throw thrown;
      const args = argumentTexts(call, target);
      const values = exception === null ? valueTexts(returned, call, target, args) : { texts: [], known: true };
      if (values === null) continue;
      const result = exception === null ? judge(returned, call, watch, values) : judgeException(exception);
      frames ??= stack(stackNumber);
      if (target.notFrom !== undefined && calledFrom(frames, target.notFrom)) continue;
      if (result === "obtained" && kind === "read") remember(values.texts);
      const site = siteOf(watch, kind as Site["kind"], dataTypeOf(target, hook, call), api, result, exception);
      agent.queue.push({ site, t, took_ms: Date.now() - wall + 1, tid, args, values: values.texts, stack: frames });
    } catch (error) {
      agent.failed(hook.id, api, error);
    }
  }
}

function siteOf(watch: Watch, kind: Site["kind"], dataType: DataType, api: string, result: ResultClass, exception: string | null): Site {
  const last = watch.site;
  if (last !== undefined && last.result === result && last.data_type === dataType && last.exception === exception && last.api === api) return last;
  return (watch.site = { kind, hook: watch.hook.id, data_type: dataType, api, result, exception, caller: null });
}

function kindOf(target: Target, hook: Hook): Kind {
  return target.kind ?? hook.kind ?? "read";
}

/** Doors to the hooked method: the caller is who went through. Reflection acts for whoever uses it. */
const DOORS = /^(java\.lang\.(System|Runtime)\.load|java\.lang\.reflect\.|java\.lang\.invoke\.|(jdk\.internal|sun)\.reflect\.)/;

/** Judged by the frame after the hooked method's own, or after the doors it hides behind. */
function calledFrom(frames: readonly string[], prefixes: readonly string[]): boolean {
  const caller = frames.find((frame, i) => i > 0 && !DOORS.test(frame)) ?? "";
  return prefixes.some(prefix => caller.startsWith(prefix));
}

function dataTypeOf({ dataType }: Target, hook: Hook, call: Call): DataType {
  return (typeof dataType === "function" ? dataType(call) : dataType) ?? hook.dataType;
}

interface Values {
  readonly texts: string[];
  /** False when what was returned cannot be told as text (a cursor, a handle). */
  readonly known: boolean;
}

function argumentTexts(call: Call, target: Target): string[] {
  if (target.args === undefined && call.args.length === 0) return [];
  const texts = target.args === undefined ? call.args.map(describe) : target.args(call);
  return texts.slice(0, MAX_ITEMS).map(cutText);
}

function valueTexts(returned: Value, call: Call, target: Target, args: string[]): Values | null {
  const own = target.values === undefined ? ownText(returned) : target.values(returned, call);
  if (own === null) return target.values === undefined ? { texts: [], known: false } : null;
  const texts: string[] = [];
  let isCut = false;
  for (let i = 0; i !== own.length && texts.length !== MAX_ITEMS; i++) {
    const value = own[i];
    if (value === null || value === undefined || value === "") continue;
    isCut ||= value.length >= MAX_TEXT;
    texts.push(cutText(value));
  }
  if (texts.length !== 0 && returned instanceof Ref && returned.isList() && returned.count() > MAX_ITEMS) args.push(`cut:${returned.count()}`);
  if (isCut) args.push("cut:text");
  return { texts, known: true };
}

function ownText(returned: Value): string[] | null {
  if (returned === null) return [];
  if (!(returned instanceof Ref)) return null;
  if (returned.isString()) return [text(returned)!];
  return returned.isByteArray() ? [hex(returned.bytes())] : null;
}

function judge(returned: Value, call: Call, { hook, target }: Watch, values: Values): ResultClass {
  if (target.result !== undefined) return target.result(returned, call);
  if (kindOf(target, hook) !== "read") return "obtained";
  if (values.known) return judgeValues(values.texts);
  return returned === false ? "empty" : "obtained";
}

/** The Java class of what the original threw; null when it was not Java that threw. */
function exceptionClass(thrown: unknown): string | null {
  const handle = (thrown as { $h?: NativePointer }).$h;
  return handle === undefined ? null : environment().getObjectClassName(handle);
}

function enter(tid: number, begun: readonly Begun[]): void {
  const outer = running.get(tid);
  const ids = begun.length === 1 ? [begun[0]!.watch.hook.id] : begun.map(({ watch }) => watch.hook.id);
  running.set(tid, outer === undefined ? ids : [...outer, ...ids]);
}

function leave(tid: number, begun: readonly Begun[]): void {
  const active = running.get(tid);
  if (active === undefined || active.length <= begun.length) running.delete(tid);
  else running.set(tid, active.slice(0, active.length - begun.length));
}
