// The device's boot clock in milliseconds: the axis of every event.
import { environment } from "./bridge.js";
import { isJvm, staticMethod } from "./classes.js";
import { callStaticLong } from "./jni.js";

const CLOCK_BOOTTIME = 7;

let read: ((env?: NativePointer) => number) | null = null;
let lastDevice = 0;
let lastWall = 0;

/** Choose the clock; once, before any hook is set. */
export function openClock(): void {
  read = isJvm ? javaClock() : nativeClock();
}

/** Now, on the thread that asks, which must be attached to the VM; `env` is its JNI environment, when that is known. */
export function deviceMs(env?: NativePointer): number {
  if (read === null) throw new Error("the clock is not open");
  lastDevice = read(env);
  lastWall = Date.now();
  return lastDevice;
}

/** Now, without calling into the VM: the last reading carried on. Calling a VM that is about to exit would block for ever. */
export function estimatedDeviceMs(): number {
  return lastDevice + (Date.now() - lastWall);
}

// The twin's boot clock is its own (it may be skewed), so it is asked, not read from the host's kernel.
function javaClock(): (env?: NativePointer) => number {
  const { holder, id } = staticMethod("android.os.SystemClock", "elapsedRealtimeNanos");
  return env => callStaticLong(env ?? environment().handle, holder, id).toNumber() / 1e6;
}

function nativeClock(): () => number {
  const address = Module.getGlobalExportByName("clock_gettime");
  const clockGetTime = new NativeFunction(address, "int", ["int", "pointer"]);
  return () => {
    const time = Memory.alloc(16);
    if (clockGetTime(CLOCK_BOOTTIME, time) !== 0) throw new Error("clock_gettime failed");
    const seconds = Process.pointerSize === 8 ? time.readS64().toNumber() : time.readS32();
    const nanoseconds = Process.pointerSize === 8 ? time.add(8).readS64().toNumber() : time.add(4).readS32();
    return seconds * 1000 + nanoseconds / 1e6;
  };
}
