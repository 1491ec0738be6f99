// Interveners: hooks that change what the app gets. Off unless the run asks for them, and every change is told.
import { deviceMs } from "./clock.js";
import type { Call } from "./hook.js";
import { cutText } from "./limits.js";
import { observing, type Agent, type Watch } from "./observe.js";
import { Ref, type Value } from "./ref.js";
import { stack } from "./stack.js";
import type { Wrapper } from "./bridge.js";

export interface Altered extends Call {
  /** The call as the app meant it, or with other arguments. Throws what the original throws. */
  proceed(args?: readonly Value[]): Value;
  /** Something was changed: what, in a few words, for the record. */
  tell(what: string): void;
}

/** How a call goes instead. It must call `proceed()` unless it answers for the original. */
export type Alter = (call: Altered) => Value;

/** The overload, as the altering watches make it; used like the overload itself. */
export function altered(agent: Agent, overload: Wrapper, api: string, isStatic: boolean, watches: readonly Watch[]): Wrapper {
  return watches.reduce((inner: Wrapper, watch) => ({ apply: (self: Wrapper, args: readonly Value[]) => run(agent, inner, api, isStatic, watch, self, args) }), overload);
}

function run(agent: Agent, inner: Wrapper, api: string, isStatic: boolean, { hook, target }: Watch, self: Wrapper, args: readonly Value[]): Value {
  const tid = Process.getCurrentThreadId();
  const outcome: { ran: boolean; returned: Value; thrown: unknown } = { ran: false, returned: undefined, thrown: null };
  const call: Altered = {
    self: isStatic ? null : new Ref(self.$h, false), args, process: agent.process,
    proceed: (given = args) => {
      outcome.ran = true;
      try {
        return (outcome.returned = inner.apply(self, given));
      } catch (error) {
        outcome.thrown = error;
        throw error;
      }
    },
    tell: what => observing(tid, () => {
      const site = { kind: "context", hook: hook.id, data_type: "other", api, result: "obtained", exception: null, caller: null } as const;
      agent.queue.push({ site, t: deviceMs(), took_ms: 1, tid, args: [cutText(what)], values: [], stack: stack() });
    }),
  };
  try {
    return target.alter!(call);
  } catch (error) {
    // Java's own exceptions are for the app; a mistake of ours leaves the call as it was.
    if ((error as { $h?: NativePointer } | null)?.$h !== undefined) throw error;
    agent.failed(hook.id, api, error);
    if (!outcome.ran) return inner.apply(self, args);
    if (outcome.thrown !== null) throw outcome.thrown;
    return outcome.returned;
  }
}
