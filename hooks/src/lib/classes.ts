// Class look-up that is safe on ART and on the JVM, and runs nobody's static initialiser too early.
import Java from "frida-java-bridge";
import type { Wrapper } from "./bridge.js";
import { passRaw, type Ref } from "./ref.js";

export const isJvm = Process.findModuleByName("libjvm.so") !== null;

const known = new Map<string, Wrapper>();
let systemLoader: Wrapper = null;
let forName: Wrapper = null;
let declaredFields: Wrapper = null;

/** The wrapper of a class; throws when there is no such class. */
export function use(name: string): Wrapper {
  let found = known.get(name);
  if (found === undefined) {
    found = isJvm ? useLinked(name) : Java.use(name);
    known.set(name, found);
  }
  return found;
}

/** On ART, a platform class that was loaded but never initialised loses its hooks; initialising it changes no app. */
export function initialisePlatformClass(name: string): void {
  if (isJvm) return;
  const Class = Java.use("java.lang.Class");
  const loader = use(name).class.getClassLoader();
  if (loader === null || loader.$className === "java.lang.BootClassLoader") Class.forName(name, true, loader);
}

/** On the JVM, NoClassDefFoundError is about another class that this one needs: it is there and cannot be hooked. */
export function isMissingClass(error: unknown): boolean {
  const told = String(error);
  return told.includes("ClassNotFoundException") || (!isJvm && told.includes("NoClassDefFoundError"));
}

// FindClass, which Java.use() takes on the JVM, runs <clinit>, and an unlinked class crashes the bridge:
// forName without initialisation loads, getDeclaredFields links.
function useLinked(name: string): Wrapper {
  const Class = Java.use("java.lang.Class");
  systemLoader ??= Java.use("java.lang.ClassLoader").getSystemClassLoader();
  forName ??= Class.forName.overload("java.lang.String", "boolean", "java.lang.ClassLoader");
  // Raw: nobody looks at the fields, and a wrapper for each takes longer than all the rest.
  declaredFields ??= passRaw(Class.getDeclaredFields.overload());
  (declaredFields.call(forName.call(Class, name, false, systemLoader)) as Ref).$dispose();
  return Java.ClassFactory.get(systemLoader).use(name);
}

export interface StaticMethod {
  /** jclass, a global reference that is never given back. */
  readonly holder: NativePointer;
  readonly id: NativePointer;
}

/** What a direct JNI call of a static method needs. */
export function staticMethod(className: string, method: string, ...types: string[]): StaticMethod {
  const wrapper = use(className);
  return { holder: Java.retain(wrapper.class).$h, id: wrapper[method].overload(...types).handle };
}
