// Puts the hooks in place and says for every target what became of it.
import Java from "frida-java-bridge";
import type { TargetStatus } from "../../build/message-types.js";
import { keep } from "./alive.js";
import { environment, type Env, type Wrapper } from "./bridge.js";
import { initialisePlatformClass, isJvm, isMissingClass, use } from "./classes.js";
import { openClock } from "./clock.js";
import type { Hook } from "./hook.js";
import { replacement, type Agent, type Watch } from "./observe.js";
import { enterDirectly } from "./direct.js";
import { openJni } from "./jni.js";
import { checkBatches, modifiers, openJvm, replace } from "./jvm.js";
import { objectMethods, passRaw, Ref } from "./ref.js";
import { openStack } from "./stack.js";

export type TargetReport = TargetStatus;

// The bridge's constants for kinds of methods.
const STATIC_METHOD = 2;
/** java.lang.reflect.Modifier.ABSTRACT */
const ABSTRACT = 0x400;

/** Prepare what observers use. On a thread that is attached to the VM. */
export function prepare(): void {
  nameExceptionsWithoutRunningThem();
  openJni();
  openJvm();
  openClock();
  openStack();
  objectMethods();
}

/** Hook every target whose class is there; one replacement per method, however many hooks share it. */
export function install(hooks: readonly Hook[], agent: Agent): TargetReport[] {
  const reports: TargetReport[] = [];
  for (const [className, watches] of byClass(hooks)) {
    let wrapper: Wrapper;
    try {
      wrapper = use(className);
      initialisePlatformClass(className);
    } catch (error) {
      const status = isMissingClass(error) ? "absent" : "failed";
      reports.push(...watches.map(watch => reportOf(watch, status, status === "absent" ? "no such class" : String(error))));
      continue;
    }
    reports.push(...installClass(wrapper, className, watches, agent));
  }
  return reports;
}

/**
 * On the JVM, put the JavaScript thread's state right after hooks were set: the bridge leaves it in the VM, and the
 * next safepoint would wait for it for ever. Resolves when the hooks are really in place.
 */
export function settle(): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      if (isJvm) Java.performNow(() => environment().exceptionOccurred());
      try {
        checkBatches();
        resolve();
      } catch (error) {
        reject(error);
      }
    }, 0);
  });
}

/** Hooks of one class that is there. */
export function installClass(wrapper: Wrapper, className: string, watches: readonly Watch[], agent: Agent): TargetReport[] {
  const reports: TargetReport[] = [];
  const wanted = new Map<Wrapper, Watch[]>();
  for (const watch of watches) {
    try {
      const overloads = overloadsOf(wrapper, watch);
      const concrete = watch.target.method === "$init" ? overloads : overloads.filter(overload => !isAbstract(wrapper, overload));
      for (const overload of concrete) wanted.set(overload, [...(wanted.get(overload) ?? []), watch]);
      reports.push(reportOf(watch, ...statusOf(watch, overloads.length, concrete.length)));
    } catch (error) {
      reports.push(reportOf(watch, "failed", String(error)));
    }
  }
  for (const [overload, sharing] of wanted) {
    try {
      const api = `${className}.${sharing[0]!.target.method.replace("$init", "<init>")}`;
      const isStatic = passRaw(overload).type === STATIC_METHOD;
      const implementation = replacement(agent, overload, api, isStatic, sharing);
      replace(overload, implementation);
      keep(overload, implementation, sharing);
      if (isJvm && sharing.every(({ target }) => target.alter === undefined)) enterDirectly(agent, overload, api, isStatic, sharing);
    } catch (error) {
      for (const watch of sharing) reports.push(reportOf(watch, "failed", String(error)));
    }
  }
  return reports;
}

function statusOf({ target }: Watch, there: number, concrete: number): [TargetReport["status"], string] {
  if (there === 0) return ["absent", "no such method"];
  if (concrete !== 0) return ["installed", ""];
  return target.mayBeAbstract === true ? ["absent", "abstract here"] : ["failed", "the method is abstract: a hook on it never fires"];
}

function isAbstract(wrapper: Wrapper, overload: Wrapper): boolean {
  const known = modifiers(overload.handle);
  if (known !== null) return (known & ABSTRACT) !== 0;
  const env = environment();
  const borrowed = wrapper.$borrowClassHandle(env);
  const method: NativePointer = env.toReflectedMethod(borrowed.value, overload.handle, overload.type === STATIC_METHOD ? 1 : 0);
  try {
    return (new Ref(method, false).as("java.lang.reflect.Method").getModifiers() & ABSTRACT) !== 0;
  } finally {
    env.deleteLocalRef(method);
    borrowed.unref(env);
  }
}

function overloadsOf(wrapper: Wrapper, { target }: Watch): Wrapper[] {
  const dispatcher = wrapper[target.method];
  if (dispatcher === undefined || dispatcher.overloads === undefined) return [];
  const all: Wrapper[] = dispatcher.overloads;
  const signature = target.overload?.join(",");
  return all.filter(overload => signature === undefined || overload.argumentTypes.map((type: Wrapper) => type.className).join(",") === signature);
}

export function byClass(hooks: readonly Hook[]): Map<string, Watch[]> {
  const found = new Map<string, Watch[]>();
  for (const hook of hooks) {
    for (const target of hook.targets) found.set(target.class, [...(found.get(target.class) ?? []), { hook, target }]);
  }
  return found;
}

function reportOf({ hook, target }: Watch, status: TargetReport["status"], reason: string): TargetReport {
  return { hook: hook.id, target: `${target.class}.${target.method}`, status, reason: reason.slice(0, 500) };
}

/** The bridge calls toString() on every exception that passes: app code that would not have run. Its class is enough. */
function nameExceptionsWithoutRunningThem(): void {
  const prototype = Object.getPrototypeOf(environment());
  prototype.throwIfExceptionPending = function (this: Env): void {
    const throwable: NativePointer = this.exceptionOccurred();
    if (throwable.isNull()) return;
    this.exceptionClear();
    const handle: NativePointer = this.newGlobalRef(throwable);
    this.deleteLocalRef(throwable);
    const error = new Error(this.getObjectClassName(handle)) as Error & { $h: NativePointer };
    error.$h = handle;
    Script.bindWeak(error, (this as Env).vm.makeHandleDestructor(handle));
    throw error;
  };
}
