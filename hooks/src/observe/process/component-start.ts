/** ContextImpl.startService() and its kin for the app's own services: by whom; ActivityThread.handleServiceArgs() and handleReceiver(): what the system starts in the process, also again by itself */
import { use } from "../../lib/classes.js";
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { Ref, takeText } from "../../lib/ref.js";
import type { Wrapper } from "../../lib/bridge.js";

const INTENT = "android.content.Intent";
const THREAD = "android.app.ActivityThread";
const [CREATE, ARGUMENTS, RECEIVER] = [`${THREAD}$CreateServiceData`, `${THREAD}$ServiceArgsData`, `${THREAD}$ReceiverData`] as const;

/** The own service that an intent names; null for the services of others, which are told as intents that leave. */
function ownService({ args, process }: Call): string | null {
  for (const argument of args) {
    if (!(argument instanceof Ref) || !argument.isA(INTENT)) continue;
    const component = argument.as(INTENT).getComponent();
    return component !== null && takeText(component.getPackageName()) === process.package ? takeText(component.getClassName()) : null;
  }
  return null;
}

/** The action alone: reading what else an intent holds could run the app's code. */
function actionOf(intent: Wrapper | null): string[] {
  const action = intent === null ? "" : takeText(intent.getAction());
  return action === "" ? [] : [`action:${action}`];
}

const data = ({ args }: Call, className: string): Wrapper => (args[0] as Ref).as(className);
const named = (info: Wrapper | null): string => `component:${info === null ? "" : takeText(info.name.value)}`;

export default defineHook({
  id: "component-start", kind: "context", dataType: "other",
  prepare: () => [INTENT, CREATE, ARGUMENTS, RECEIVER].forEach(useIfThere),
  targets: [
    ...across(["android.app.ContextImpl"], ["startService", "startForegroundService", "bindService"], {
      ...CONTEXT, notFrom: [], when: call => ownService(call) !== null, args: call => [`component:${ownService(call)!}`],
    }),
    { class: THREAD, method: "handleCreateService", ...CONTEXT, notFrom: [], args: call => [named(data(call, CREATE).info.value)] },
    {
      // Without an intent it is the system that starts it again, as START_STICKY asked.
      class: THREAD, method: "handleServiceArgs", ...CONTEXT, notFrom: [],
      when: call => data(call, ARGUMENTS).args.value === null && data(call, ARGUMENTS).taskRemoved.value !== true,
      args: () => ["restarted by the system (START_STICKY)"],
    },
    {
      class: THREAD, method: "handleReceiver", ...CONTEXT, notFrom: [],
      args: call => [named(data(call, RECEIVER).info.value), ...actionOf(data(call, RECEIVER).intent.value)],
    },
  ],
});

function useIfThere(name: string): void {
  try {
    use(name);
  } catch {
    // A device without it has no method that takes it either.
    return;
  }
}
