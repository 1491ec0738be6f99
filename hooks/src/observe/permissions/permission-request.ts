/** Activity.requestPermissions(), Fragment.requestPermissions(), and PackageManager.buildRequestPermissionsIntent() of the ActivityResult launchers */
import { across, defineHook, type Call } from "../../lib/hook.js";
import { Ref, takeText } from "../../lib/ref.js";

const names = ({ args }: Call): string[] => (args[0] instanceof Ref ? args[0].map(name => name.text()) : []);

const LAUNCHER = "androidx.activity.result.contract.action.REQUEST_PERMISSIONS";
const EXTRA = "androidx.activity.result.contract.extra.PERMISSIONS";
const INTENT = "android.content.Intent";

/** What an ActivityResult launcher asks for, when its intent really is started. */
function launched({ args }: Call): string[] {
  const given = args.find((argument): argument is Ref => argument instanceof Ref && argument.className === INTENT);
  if (given === undefined) return [];
  const intent = given.as(INTENT);
  if (takeText(intent.getAction()) !== LAUNCHER) return [];
  const permissions: { $h: NativePointer } | null = intent.getStringArrayExtra(EXTRA);
  return permissions === null ? [] : new Ref(permissions.$h, false).map(name => name.text());
}

export default defineHook({
  id: "permission-request", kind: "permission", dataType: "other",
  targets: [
    { class: "android.app.Activity", method: "requestPermissions", args: names, values: (_, call) => names(call), result: () => "obtained" },
    { class: "android.app.Fragment", method: "requestPermissions", args: names, values: (_, call) => names(call), result: () => "obtained" },
    // androidx starts the dialog with an intent that names the permissions itself; the platform with this one.
    { class: "android.content.pm.PackageManager", method: "buildRequestPermissionsIntent", args: names, values: (_, call) => names(call), result: () => "obtained" },
    ...across(["android.app.Activity"], ["startActivityForResult"], { when: call => launched(call).length > 0, args: launched, values: (_, call) => launched(call), result: () => "obtained" }),
  ],
});
