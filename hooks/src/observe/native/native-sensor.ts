/** libandroid ASensorEventQueue_enableSensor() and registerSensor() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "native-sensor", kind: "native", dataType: "sensors", targets: [],
  functions: ["ASensorEventQueue_enableSensor", "ASensorEventQueue_registerSensor"].map(name => ({
    library: "libandroid.so", function: name, takes: 0,
    about: () => ({ args: [], after: (returned: NativePointer) => ({ result: returned.toInt32() === 0 ? "obtained" as const : "denied" as const, values: [] }) }),
  })),
});
