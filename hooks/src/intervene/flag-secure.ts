/** Windows that forbid screenshots: they allow them */
import { use } from "../lib/classes.js";
import { defineHook } from "../lib/hook.js";
import { Ref, type Value } from "../lib/ref.js";
import type { Alter } from "../lib/alter.js";

/** android.view.WindowManager.LayoutParams.FLAG_SECURE */
const SECURE = 0x2000;
const PARAMETERS = "android.view.WindowManager$LayoutParams";

const flags: Alter = ({ args, proceed, tell }) => {
  const [wanted, mask] = [Number(args[0]), args[1] as Value];
  if ((wanted & Number(mask) & SECURE) === 0) return proceed();
  tell("a window wanted to be kept off screenshots");
  return proceed([wanted & ~SECURE, mask]);
};

/** Views that are put on the screen with layout parameters of their own. */
const parameters: Alter = ({ args, proceed, tell }) => {
  const given = args[1];
  if (given instanceof Ref && given.isA(PARAMETERS)) {
    const field = given.as(PARAMETERS).flags;
    if ((field.value & SECURE) !== 0) {
      tell("a window wanted to be kept off screenshots");
      field.value = field.value & ~SECURE;
    }
  }
  return proceed();
};

export default defineHook({
  id: "flag-secure", kind: "context", dataType: "other",
  prepare: () => use(PARAMETERS),
  targets: [
    { class: "android.view.Window", method: "setFlags", alter: flags },
    { class: "android.view.Window", method: "setAttributes", alter: call => parameters({ ...call, args: [null, ...call.args], proceed: () => call.proceed() }) },
    { class: "android.view.WindowManagerGlobal", method: "addView", alter: parameters },
    { class: "android.view.WindowManagerGlobal", method: "updateViewLayout", alter: parameters },
    { class: "android.view.SurfaceView", method: "setSecure", alter: ({ args, proceed, tell }) => {
      if (args[0] !== true && args[0] !== 1) return proceed();
      tell("a surface wanted to be kept off screenshots");
      return proceed([false]);
    } },
  ],
});
