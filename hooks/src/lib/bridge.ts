// What the agent uses of the bridge beyond its declared types.
import Java from "frida-java-bridge";

// Wrappers are made at run time from the Java class, and the JNI environment is the bridge's own: both typed as any there.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Wrapper = any;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Env = any;

const vm: Wrapper = Java.vm;

/** The JNI environment of the calling thread. */
export function environment(): Env {
  return Java.vm.getEnv();
}

let environmentPrototype: object | null = null;

/** From here to `unlink()` the thread's environment need not be asked for; a hooked method has got it anyway. */
export function link(tid: number, handle: NativePointer): void {
  environmentPrototype ??= Object.getPrototypeOf(vm.getEnv()) as object;
  const made: Env = Object.create(environmentPrototype);
  made.handle = handle;
  made.vm = vm;
  vm.link(tid, made);
}

export function unlink(tid: number): void {
  vm.unlink(tid);
}
