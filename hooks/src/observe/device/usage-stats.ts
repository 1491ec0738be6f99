/** UsageStatsManager.queryUsageStats(), queryEvents() and its kin: which apps are used, and when */
import { across, defineHook, type ResultClass } from "../../lib/hook.js";
import { listed } from "../../lib/judge.js";
import { Ref, type Value } from "../../lib/ref.js";

const MANAGER = "android.app.usage.UsageStatsManager";

function events(returned: Value): ResultClass {
  return returned instanceof Ref && returned.as("android.app.usage.UsageEvents").hasNextEvent() ? "obtained" : "empty";
}

function mapped(returned: Value): ResultClass {
  return returned instanceof Ref && returned.as("java.util.Map").size() > 0 ? "obtained" : "empty";
}

export default defineHook({
  id: "usage-stats", dataType: "running_apps",
  targets: [
    ...across([MANAGER], ["queryUsageStats", "queryConfigurations", "queryEventStats"], { values: () => [], result: listed }),
    ...across([MANAGER], ["queryEvents"], { values: () => [], result: events }),
    ...across([MANAGER], ["queryAndAggregateUsageStats"], { values: () => [], result: mapped }),
  ],
});
