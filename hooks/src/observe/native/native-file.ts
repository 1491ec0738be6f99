/** libc open() and openat() of files that identify: MAC addresses, neighbours, serial numbers, other processes */
import { defineHook, type DataType, type NativeCall, type NativeFacts } from "../../lib/hook.js";

const FILES: readonly (readonly [RegExp, DataType])[] = [
  [/^\/sys\/class\/net\/[^/]+\/address$/, "mac_address"],
  [/^\/proc\/net\/arp$/, "mac_address"],
  [/^\/proc\/net\/(if_inet6|fib_trie|route)$/, "ip_address"],
  [/^\/sys\/(devices\/soc0\/serial_number|class\/android_usb\/android0\/iSerial|block\/mmcblk0\/device\/(cid|serial))$/, "serial"],
  [/^\/proc\/sys\/kernel\/random\/boot_id$/, "other"],
];
const OTHER_PROCESS = /^\/proc\/(\d+)\/(cmdline|status|stat|comm)$/;

function typeOf(path: string, pid: number): DataType | null {
  const process = OTHER_PROCESS.exec(path);
  if (process !== null) return Number(process[1]) === pid ? null : "running_apps";
  return FILES.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

const opened = (at: 0 | 1) => ({ args, process }: NativeCall): NativeFacts | null => {
  const path = args[at]!.readCString() ?? "";
  const dataType = path.startsWith("/proc/") || path.startsWith("/sys/") ? typeOf(path, process.pid) : null;
  if (dataType === null) return null;
  return { args: [path], dataType, after: returned => ({ result: returned.toInt32() < 0 ? "denied" : "obtained", values: [] }) };
};

export default defineHook({
  id: "native-file", kind: "native", dataType: "other", targets: [],
  functions: [
    { library: "libc.so", function: "open", takes: 1, pathAt: 0, about: opened(0) },
    { library: "libc.so", function: "open64", takes: 1, pathAt: 0, about: opened(0) },
    { library: "libc.so", function: "__open_2", takes: 1, pathAt: 0, about: opened(0) },
    { library: "libc.so", function: "openat", takes: 2, pathAt: 1, about: opened(1) },
    { library: "libc.so", function: "openat64", takes: 2, pathAt: 1, about: opened(1) },
  ],
});
