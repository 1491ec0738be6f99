/** Files, programs, packages and properties that tell a rooted phone: not there, for the Java API */
import { across, defineHook } from "../lib/hook.js";
import { use } from "../lib/classes.js";
import { Ref, takeText, text, type Value } from "../lib/ref.js";
import type { Alter } from "../lib/alter.js";
import { environment, type Wrapper } from "../lib/bridge.js";

const FILE = /(?:^|\/)(?:su|busybox|magisk(?:hide|policy|init)?|daemonsu|supersu|superuser\.apk|xposedbridge\.jar|frida-server|re\.frida\.server)$|^\/(?:sbin\/\.magisk|data\/adb\/(?:magisk|modules|ksu|ap)|cache\/\.disable_magisk)(?:\/|$)/i;
const PROGRAM = /^(?:\S*\/)?(?:su|busybox|magisk)$/;
const PACKAGES = new Set([
  "com.topjohnwu.magisk", "io.github.vvb2060.magisk", "io.github.huskydg.magisk", "me.weishu.kernelsu", "me.bmax.apatch", "eu.chainfire.supersu",
  "com.koushikdutta.superuser", "com.noshufou.android.su", "com.thirdparty.superuser", "com.kingroot.kinguser", "com.kingo.root",
  "de.robv.android.xposed.installer", "org.lsposed.manager",
]);
/** What a phone says that is not rooted. */
const PROPERTIES = new Map([["ro.debuggable", "0"], ["ro.secure", "1"], ["ro.build.type", "user"], ["ro.build.tags", "release-keys"], ["service.adb.root", "0"]]);

let notStarted: Wrapper = null;
let notFound: Wrapper = null;

function prepare(): void {
  notStarted = use("java.io.IOException");
  notFound = use("android.content.pm.PackageManager$NameNotFoundException");
}

const file: Alter = ({ self, proceed, tell }) => {
  const path = takeText(self!.as("java.io.File").getPath());
  if (!FILE.test(path)) return proceed();
  tell(`hid the file ${path}`);
  return false;
};

const length: Alter = call => (file(call) === false ? new Int64(0) : call.proceed());

/** The words of the command: `su`, or a program that looks for it. */
const start: Alter = ({ self, proceed, tell }) => {
  const words = commandOf(self!);
  const [program = "", ...rest] = words;
  const looks = /(?:^|\/)(?:which|type|command|sh)$/.test(program) && rest.some(word => word.split(/\s+/).some(one => PROGRAM.test(one)));
  if (!PROGRAM.test(program) && !looks) return proceed();
  tell(`did not start ${words.join(" ")}`);
  throw notStarted.$new(`Cannot run program "${program}": error=2, No such file or directory`);
};

function commandOf(builder: Ref): string[] {
  const words: Wrapper = builder.as("java.lang.ProcessBuilder").command();
  const list = words instanceof Ref ? words : new Ref(words.$h, false);
  return list.map(word => word.text());
}

const aboutPackage: Alter = ({ args, proceed, tell }) => {
  const name = args[0] instanceof Ref && args[0].isString() ? text(args[0])! : "";
  if (!PACKAGES.has(name)) return proceed();
  tell(`hid the package ${name}`);
  throw notFound.$new(name);
};

const property: Alter = ({ args, proceed, tell }) => {
  const given = proceed();
  const harmless = args[0] instanceof Ref ? PROPERTIES.get(text(args[0])!) : undefined;
  if (harmless === undefined || !(given instanceof Ref) || given.text() === "" || given.text() === harmless) return given;
  tell(`said ${text(args[0] as Value)} is ${harmless}`);
  return new Ref(environment().newStringUtf(harmless), false, "java.lang.String");
};

export default defineHook({
  id: "root-hide", kind: "context", dataType: "other", prepare,
  targets: [
    ...across(["java.io.File"], ["exists", "isFile", "isDirectory", "canRead", "canWrite", "canExecute"], { alter: file }),
    { class: "java.io.File", method: "length", alter: length },
    { class: "java.lang.ProcessBuilder", method: "start", overload: [], alter: start },
    ...across(["android.app.ApplicationPackageManager"], ["getPackageInfo", "getApplicationInfo", "getPackageUid", "getInstallerPackageName"], { alter: aboutPackage }),
    { class: "android.os.SystemProperties", method: "get", alter: property },
  ],
});
