/** AlarmManager.set…(), JobScheduler.schedule(), registerReceiver(), WorkManager.enqueue(): the app arranges to be run again */
import { across, CONTEXT, defineHook, type Call } from "../../lib/hook.js";
import { Ref, takeText } from "../../lib/ref.js";

const FILTER = "android.content.IntentFilter";

function actions({ args }: Call): string[] {
  for (const argument of args) {
    if (!(argument instanceof Ref) || !argument.isA(FILTER)) continue;
    const filter = argument.as(FILTER);
    return Array.from({ length: Math.min(filter.countActions(), 20) }, (_, i) => takeText(filter.getAction(i)));
  }
  return [];
}

export default defineHook({
  id: "self-start", kind: "context", dataType: "other",
  targets: [
    ...across(["android.app.AlarmManager"], ["set", "setExact", "setRepeating", "setInexactRepeating", "setWindow", "setAndAllowWhileIdle", "setExactAndAllowWhileIdle", "setAlarmClock"], CONTEXT),
    // On a phone the class that apps get is JobSchedulerImpl; JobScheduler itself is abstract there.
    ...across(["android.app.job.JobScheduler", "android.app.JobSchedulerImpl"], ["schedule", "enqueue"], { ...CONTEXT, mayBeAbstract: true }),
    ...across(["android.app.ContextImpl"], ["registerReceiver"], { ...CONTEXT, when: call => actions(call).length > 0, args: actions, notFrom: [] }),
    ...across(["androidx.work.impl.WorkManagerImpl"], ["enqueue", "enqueueUniqueWork", "enqueueUniquePeriodicWork"], { ...CONTEXT, mayBeAbstract: true }),
  ],
});
