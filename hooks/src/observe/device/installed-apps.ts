/** ApplicationPackageManager.getInstalledPackages(), getInstalledApplications(), queryIntentActivities(); getPackageInfo() and its kin of other apps; setComponentEnabledSetting() */
import { across, CONTEXT, defineHook, type Call, type ResultClass } from "../../lib/hook.js";
import type { Wrapper } from "../../lib/bridge.js";
import { Ref, takeText, text, type Value } from "../../lib/ref.js";

// PackageManager itself is abstract, and a hook on an abstract method never fires.
const MANAGER = "android.app.ApplicationPackageManager";

/** Names of other apps; the platform's own package ("android") is none. */
const packageNames = (itemClass: string) => (returned: Value, { process }: Call): string[] =>
  returned instanceof Ref
    ? returned.map(item => takeText(item.as(itemClass).packageName.value)).filter(name => name !== process.package && name.includes("."))
    : [];

function anotherApp({ args, process }: Call): boolean {
  const asked = args[0];
  const name = asked instanceof Ref && !asked.isString() ? takeText(asked.as("android.content.pm.VersionedPackage").getPackageName()) : text(asked);
  return name !== process.package;
}

// An intent that only the app itself answers tells it nothing about others.
const othersAnswer = (returned: Value, { process }: Call): ResultClass =>
  returned instanceof Ref && returned.map(item => answererOf(item.as("android.content.pm.ResolveInfo"))).some(name => name !== process.package) ? "obtained" : "empty";

const anotherAnswers = (returned: Value, { process }: Call): ResultClass =>
  returned instanceof Ref && answererOf(returned.as("android.content.pm.ResolveInfo")) !== process.package ? "obtained" : "empty";

function answererOf(info: Wrapper): string {
  const component = info.activityInfo.value ?? info.serviceInfo.value ?? info.providerInfo.value;
  return component === null ? "" : takeText(component.packageName.value);
}

const found = (returned: Value): ResultClass => (returned instanceof Ref ? "obtained" : "empty");

export default defineHook({
  id: "installed-apps", dataType: "installed_apps",
  targets: [
    ...across([MANAGER], ["getInstalledPackages", "getInstalledPackagesAsUser"], { values: packageNames("android.content.pm.PackageInfo") }),
    ...across([MANAGER], ["getInstalledApplications", "getInstalledApplicationsAsUser"], { values: packageNames("android.content.pm.ApplicationInfo") }),
    ...across([MANAGER], ["queryIntentActivities", "queryIntentActivitiesAsUser", "queryIntentServices", "queryBroadcastReceivers", "queryIntentContentProviders", "queryIntentActivityOptions"], { values: () => [], result: othersAnswer }),
    ...across([MANAGER], ["getPackageInfo", "getPackageInfoAsUser", "getApplicationInfo", "getLaunchIntentForPackage", "getInstallerPackageName", "getInstallSourceInfo", "getPackageUid"], { when: anotherApp, result: found }),
    // Which app is behind a user id, and which answers an intent.
    ...across([MANAGER], ["getPackagesForUid", "getNameForUid"], { when: ({ args, process }) => Number(text(args[0])) !== process.uid, result: found }),
    ...across([MANAGER], ["resolveActivity", "resolveService"], { values: () => [], result: anotherAnswers }),
    // Modules of the platform: the same on every device of a build.
    ...across([MANAGER], ["getInstalledModules", "setComponentEnabledSetting"], CONTEXT),
  ],
});
