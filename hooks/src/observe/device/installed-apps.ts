/** ApplicationPackageManager.getInstalledPackages(), getInstalledApplications(), queryIntentActivities(); getPackageInfo() of other apps */
import { across, defineHook, type Call, type ResultClass } from "../../lib/hook.js";
import { listed } from "../../lib/judge.js";
import { Ref, takeText, text, type Value } from "../../lib/ref.js";

// PackageManager itself is abstract, and a hook on an abstract method never fires.
const MANAGER = "android.app.ApplicationPackageManager";

const packageNames = (itemClass: string) => (returned: Value): string[] =>
  returned instanceof Ref ? returned.map(item => takeText(item.as(itemClass).packageName.value)) : [];

function anotherApp({ args, process }: Call): boolean {
  const asked = args[0];
  const name = asked instanceof Ref && !asked.isString() ? takeText(asked.as("android.content.pm.VersionedPackage").getPackageName()) : text(asked);
  return name !== process.package;
}

const found = (returned: Value): ResultClass => (returned instanceof Ref ? "obtained" : "empty");

export default defineHook({
  id: "installed-apps", dataType: "installed_apps",
  targets: [
    ...across([MANAGER], ["getInstalledPackages", "getInstalledPackagesAsUser"], { values: packageNames("android.content.pm.PackageInfo") }),
    ...across([MANAGER], ["getInstalledApplications", "getInstalledApplicationsAsUser"], { values: packageNames("android.content.pm.ApplicationInfo") }),
    ...across([MANAGER], ["queryIntentActivities", "queryIntentActivitiesAsUser", "queryIntentServices", "queryBroadcastReceivers"], { result: listed }),
    ...across([MANAGER], ["getPackageInfo", "getPackageInfoAsUser", "getApplicationInfo"], { when: anotherApp, result: found }),
  ],
});
