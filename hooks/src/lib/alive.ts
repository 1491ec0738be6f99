// Whether hooks still live. ART gives a method other code when its class is initialised, and nothing tells: such a hook is
// silently dead. The state of every hooked method is compared with what was put there, and a dead one is hooked once more.
import Java from "frida-java-bridge";
import type { TargetStatus } from "../../build/message-types.js";
import { environment, type Wrapper } from "./bridge.js";
import { isJvm, use } from "./classes.js";
import { observing, type Watch } from "./observe.js";

type Implementation = (...args: never[]) => unknown;

interface Kept {
  readonly overload: Wrapper;
  readonly implementation: Implementation;
  readonly watches: readonly Watch[];
  again: boolean;
  dead: boolean;
}

const kept: Kept[] = [];

/** The overload was hooked: from here on it is looked after. */
export function keep(overload: Wrapper, implementation: Implementation, watches: readonly Watch[]): void {
  kept.push({ overload, implementation, watches, again: false, dead: false });
}

/**
 * What has changed since the last look: "dead", then "revived" when hooking it once more helped. Calls in between may be
 * missing. `settle` puts the JVM right after a hook was set; what it brings to light is `told` later.
 */
export function look(settle: () => Promise<void>, told: (reports: TargetStatus[]) => void): void {
  const found = kept.filter(one => !one.dead && causeOfDeath(one.overload) !== null);
  if (found.length === 0) return;
  const reports = found.flatMap(one => statuses(one, "dead", causeOfDeath(one.overload)!));
  for (const one of found) one.dead = true;
  told(reports);
  const once = found.filter(one => !one.again);
  if (once.length === 0) return;
  Java.performNow(() => once.forEach(hookAgain));
  if (!isJvm) tellRevived(once, told);
  else void settle().then(() => tellRevived(once, told));
}

function hookAgain(one: Kept): void {
  one.again = true;
  try {
    one.overload.implementation = one.implementation;
  } catch {
    // It stays dead, and that is told already.
    return;
  }
}

function tellRevived(once: readonly Kept[], told: (reports: TargetStatus[]) => void): void {
  const back = once.filter(({ overload }) => causeOfDeath(overload) === null);
  if (back.length === 0) return;
  for (const one of back) one.dead = false;
  told(back.flatMap(one => statuses(one, "revived", "it was dead and was hooked once more: calls in between may be missing")));
}

function statuses({ watches }: Kept, status: TargetStatus["status"], reason: string): TargetStatus[] {
  return watches.map(({ hook, target }) => ({ hook: hook.id, target: `${target.class}.${target.method}`, status, reason }));
}

/** Null while the hook lives. The fields are the bridge's own; a version that has others fails the build's tests. */
function causeOfDeath(overload: Wrapper): string | null {
  const replacement = overload._r;
  if (replacement === undefined || replacement === null) return "its replacement was taken out";
  return isJvm ? deathOnJvm(replacement._m) : deathOnArt(replacement._m);
}

/** The method table and the method's id must lead to the method that was put there. */
function deathOnJvm({ newMethod: made, methodId }: Wrapper): string | null {
  // Not put there yet: the bridge does it when it leaves JavaScript.
  if (made === null) return null;
  const entry: NativePointer = made.methodsArray.add(made.methodIndex * Process.pointerSize);
  const lives = methodId.readPointer().equals(made.method) && entry.readPointer().equals(made.method);
  return lives ? null : "the class has another method in its place";
}

/** Calls must enter at code that the bridge has changed: the runtime's common entry points, or the very code that was there. */
function deathOnArt({ hookedMethodId, replacementMethodId, interceptor }: Wrapper): string | null {
  const code: NativePointer = hookedMethodId.add(entryOffset(replacementMethodId)).readPointer();
  if (interceptor !== null && code.equals(interceptor.quickCode)) return null;
  return entryPoints().some(entry => code.equals(entry)) ? null : "it got other code after it was hooked, as when its class is initialised";
}

let offset: number | null = null;

/** Where a method keeps its entry point: where the replacement has the one that the bridge gave it. */
function entryOffset(replacement: NativePointer): number {
  if (offset !== null) return offset;
  const { quickGenericJniTrampoline } = runtime().artClassLinker;
  for (let at = Process.pointerSize; at <= 8 * Process.pointerSize; at += 4) {
    if (replacement.add(at).readPointer().equals(quickGenericJniTrampoline)) return (offset = at);
  }
  throw new Error("a replaced method has no entry point that is known");
}

function entryPoints(): NativePointer[] {
  const { artClassLinker, artQuickGenericJniTrampoline, artQuickToInterpreterBridge, artQuickResolutionTrampoline } = runtime();
  const { quickGenericJniTrampoline, quickToInterpreterBridgeTrampoline, quickResolutionTrampoline, quickImtConflictTrampoline } = artClassLinker;
  return [
    artQuickGenericJniTrampoline, artQuickToInterpreterBridge, artQuickResolutionTrampoline,
    quickGenericJniTrampoline, quickToInterpreterBridgeTrampoline, quickResolutionTrampoline, quickImtConflictTrampoline,
  ];
}

function runtime(): Wrapper {
  return (Java as unknown as { readonly api: Wrapper }).api;
}

const CALLED = { class: "java.io.File", method: "exists" } as const;

/**
 * One hooked method is really called, as Java would call it, and must come through its replacement: that a call harms
 * nobody is true of few, so one stands for all.
 */
export function callOne(): TargetStatus[] {
  const one = kept.find(({ watches }) => watches.some(({ target }) => target.class === CALLED.class && target.method === CALLED.method));
  const pending: Set<number> | undefined = one?.overload._r?._c;
  if (one === undefined || pending === undefined) return [];
  let came = false;
  const add = Set.prototype.add;
  pending.add = function (this: Set<number>, tid: number) {
    came = true;
    return add.call(this, tid);
  };
  try {
    const file = use(CALLED.class).$new("/");
    const env = environment();
    observing(Process.getCurrentThreadId(), () => env.vaMethod("uint8", [])(env.handle, file.$h, one.overload.handle));
  } finally {
    pending.add = add;
  }
  if (came) return [];
  one.dead = true;
  return statuses(one, "dead", "a call of it did not come through its hook");
}
