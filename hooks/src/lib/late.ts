// Classes that come later: from a dex file or jar that the app opens itself, through a loader of its own.
import Java from "frida-java-bridge";
import type { Wrapper } from "./bridge.js";
import { isJvm, isMissingClass, use } from "./classes.js";
import type { Hook } from "./hook.js";
import { replace } from "./jvm.js";
import { byClass, installClass, type TargetReport } from "./install.js";
import { isObserving, observing, type Agent, type Watch } from "./observe.js";
import { passRaw, Ref, takeText, type Value } from "./ref.js";

/** The platform's classes are there from the start, and no loader of an app may bring its own. */
const PLATFORM_CLASS = /^(android|com\.android\.internal|dalvik|java|javax|libcore)\./;

interface Later {
  readonly wanted: ReadonlyMap<string, readonly Watch[]>;
  readonly agent: Agent;
  readonly told: (reports: TargetReport[]) => void;
}

/**
 * From here on a class that a hook watches is hooked when a loader of the app brings it, before anyone can call it.
 * `told` gets what became of its targets. Its static initialiser is left to the app.
 */
export function watchLoaders(hooks: readonly Hook[], agent: Agent, told: (reports: TargetReport[]) => void): void {
  const wanted = new Map([...byClass(hooks)].filter(([name]) => !PLATFORM_CLASS.test(name)));
  const later = { wanted, agent, told };
  if (isJvm) watchDefinitions(later);
  else watchOpenings(later);
}

/** Every class of every loader is defined here, and nobody has it before this method returns. */
function watchDefinitions(later: Later): void {
  const loaderClass = use("java.lang.ClassLoader");
  // Raw: an array of classes is not found by its name from inside a hook.
  const declaredMethods = passRaw(use("java.lang.Class").getDeclaredMethods.overload());
  const domain = "java.security.ProtectionDomain";
  for (const types of [["[B", "int", "int", domain], ["java.nio.ByteBuffer", domain]]) {
    after(loaderClass.defineClass.overload("java.lang.String", ...types), later, (loader, [name], made) => {
      if (!(made instanceof Ref)) return;
      const className = name instanceof Ref ? name.text() : takeText(made.as("java.lang.Class").getName());
      const watches = later.wanted.get(className);
      if (watches === undefined) return;
      // Links the class: the bridge must not meet one that is not.
      (declaredMethods.call(made.as("java.lang.Class")) as Ref).$dispose();
      // The bridge puts the hooks in place on this very thread, when it leaves JavaScript: before the class is handed out.
      later.told(installClass(loadedBy(loader, className), className, watches, later.agent));
    });
  }
}

/** ART resolves classes without asking Java, so a loader is searched once, as soon as it has its files. */
function watchOpenings(later: Later): void {
  const loaderClass = use("dalvik.system.BaseDexClassLoader");
  const more: Wrapper[] = loaderClass.addDexPath?.overloads ?? [];
  for (const overload of [...loaderClass.$init.overloads, ...more]) {
    after(overload, later, loader => {
      const reports: TargetReport[] = [];
      for (const [className, watches] of later.wanted) {
        try {
          const found = loadedBy(loader, className);
          if (found.class.getClassLoader().$isSameObject(loader)) reports.push(...installClass(found, className, watches, later.agent));
        } catch (error) {
          if (!isMissingClass(error)) later.agent.failed("", className, error);
        }
      }
      if (reports.length !== 0) later.told(reports);
    });
  }
}

function loadedBy(loader: Wrapper, className: string): Wrapper {
  return Java.ClassFactory.get(Java.retain(loader)).use(className);
}

/** The original as it is, then ours, whose failure is told and changes nothing. */
function after(overload: Wrapper, { agent }: Later, run: (loader: Wrapper, args: readonly Value[], returned: Value) => void): void {
  replace(passRaw(overload), function (this: Wrapper, ...args: Value[]): Value {
    const returned: Value = overload.apply(this, args);
    const tid = Process.getCurrentThreadId();
    if (agent.stopped || isObserving(tid)) return returned;
    try {
      observing(tid, () => run(this, args, returned));
    } catch (error) {
      agent.failed("", "java.lang.ClassLoader", error);
    }
    return returned;
  });
}
