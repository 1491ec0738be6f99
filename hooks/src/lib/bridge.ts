// What the agent uses of the bridge beyond its declared types.
import Java from "frida-java-bridge";

// Wrappers are made at run time from the Java class, and the JNI environment is the bridge's own: both typed as any there.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Wrapper = any;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Env = any;

/** The JNI environment of the calling thread. */
export function environment(): Env {
  return Java.vm.getEnv();
}
