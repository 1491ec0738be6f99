/** SensorManager.registerListener(), every overload, and getSensorList() */
import { CONTEXT, defineHook } from "../../lib/hook.js";
import { Ref, type Value } from "../../lib/ref.js";

const SENSOR = "android.hardware.Sensor";

function sensorType(args: readonly Value[]): string[] {
  const sensor = args[1];
  return sensor instanceof Ref && sensor.className === SENSOR ? [`type:${sensor.as(SENSOR).getType()}`] : [];
}

export default defineHook({
  id: "sensors", dataType: "sensors",
  targets: [
    { class: "android.hardware.SensorManager", method: "getSensorList", ...CONTEXT },
    { class: "android.hardware.SensorManager", method: "registerListener", args: ({ args }) => sensorType(args) },
  ],
});
