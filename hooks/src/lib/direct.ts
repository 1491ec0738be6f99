// The way into a hooked method on the JVM. At every call the bridge's own way makes wrappers, global references and local
// frames, which takes ten times as long as what is observed. Here everything goes through as it came. On ART, where nobody
// could measure it, the bridge's way is taken.
import { link, unlink, type Wrapper } from "./bridge.js";
import { takeException, throwAgain } from "./jni.js";
import { afterCall, THROWN } from "./jvm.js";
import { isObserving, observed, type Agent, type Watch } from "./observe.js";
import { Ref, type Value } from "./ref.js";

const NO_ARGUMENTS: readonly Value[] = [];

type Raw = NativePointer | number | Int64;

/** Kept for the life of the process: the JVM calls them. */
const kept: NativeCallback<"void", []>[] = [];

/**
 * Put in the place of the bridge's own entry, between setting an overload's replacement and the bridge's batch. The
 * overload is one that passes references raw.
 */
export function enterDirectly(agent: Agent, overload: Wrapper, api: string, isStatic: boolean, watches: readonly Watch[]): void {
  const [, , , , returns, types, call] = overload._p;
  const { _m: mangler, _c: pending } = overload._r;
  if (typeof call !== "function" || typeof mangler?.resolveTarget !== "function") throw new Error("the bridge is not the version this was written for");
  let original: NativePointer | null = null;
  const { begin, end } = observed(agent, api, watches);

  const entry = (env: NativePointer, receiver: NativePointer, ...raw: Raw[]): Raw => {
    const tid = Process.getCurrentThreadId();
    // Known only once the bridge has put the method in its place.
    original ??= mangler.resolveTarget() as NativePointer;
    if (agent.stopped) return call(env, receiver, original, ...raw);
    if (isObserving(tid)) {
      // The bridge's own list of calls, by which alive.ts sees that one came through.
      pending.add(tid);
      pending.delete(tid);
      return call(env, receiver, original, ...raw);
    }
    link(tid, env);
    try {
      const args: readonly Value[] = raw.length === 0 ? NO_ARGUMENTS : raw.map((value, i) => types[i].fromJni(value, null, false));
      const begun = begin(tid, isStatic ? null : new Ref(receiver, false), args, env);
      // An exception of the original is left as it is: the JVM throws it when we return.
      if (begun === null) return call(env, receiver, original, ...raw);
      const returned: Raw = call(env, receiver, original, ...raw);
      const after = afterCall(env);
      if (after !== THROWN) {
        end(tid, begun, returns.fromJni(returned, null, false), null, after);
        return returned;
      }
      const thrown = takeException(env);
      end(tid, begun, null, { $h: thrown });
      throwAgain(env, thrown);
      return returned;
    } finally {
      unlink(tid);
    }
  };

  const callback = new NativeCallback(entry as never, returns.type, ["pointer", "pointer", ...types.map((type: Wrapper) => type.type)] as never);
  kept.push(callback as never);
  mangler.impl = callback;
}
