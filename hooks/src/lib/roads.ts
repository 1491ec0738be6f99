// TCP connections to this device itself, where the proxy listens: who opened each, until its first bytes tell where it leads.
import { isObserving, observing } from "./observe.js";
import { hasJavaFrames, stack } from "./stack.js";
import { portAt } from "./sockets.js";

/** A call that goes on in another: what is recorded of both. */
export interface Opening {
  readonly t: number;
  readonly wall: number;
  readonly tid: number;
}

interface Road extends Opening {
  readonly address: string;
  readonly from: string;
  readonly stack: readonly string[];
}

/** One byte a descriptor: 1 while its first bytes are waited for. The filter in C reads and clears it. */
export const DESCRIPTORS = 65536;
let marks: NativePointer | null = null;
const open = new Map<number, Road>();
const MAX_OPEN = 256;
/** Of a request's first line: method, name and a path that is not needed. */
const MAX_LINE = 400;
const CONNECT = /^CONNECT (\[[0-9a-fA-F:.]{2,45}\]|[^\s/:@]{1,253}):(\d{1,5}) HTTP\//;
const ABSOLUTE = /^[A-Z]{3,10} (?:http|ws):\/\/(\[[0-9a-fA-F:.]{2,45}\]|[^\s/:?#@]{1,253})(?::(\d{1,5}))?[/?# ]/;

export function marksOfDescriptors(): NativePointer {
  return (marks ??= Memory.alloc(DESCRIPTORS));
}

/** A connection to this device was opened on the calling thread. */
export function opened(descriptor: number, address: string, call: Opening): void {
  if (descriptor < 0 || descriptor >= DESCRIPTORS) return;
  open.delete(descriptor);
  if (open.size >= MAX_OPEN) open.delete(open.keys().next().value!);
  open.set(descriptor, { ...call, address, from: localPort(descriptor), stack: frames(call.tid) });
  marksOfDescriptors().add(descriptor).writeU8(1);
}

/** Who opened the connection, and "to:host:port" when the first bytes ask a proxy for it; null for any other. */
export function destined(descriptor: number, bytes: NativePointer, length: number): { readonly road: Road; readonly to: string } | null {
  const road = open.get(descriptor);
  open.delete(descriptor);
  if (road === undefined || bytes.isNull() || length <= 0) return null;
  const line = firstLine(bytes, Math.min(length, MAX_LINE));
  const match = CONNECT.exec(line) ?? ABSOLUTE.exec(line);
  return match === null ? null : { road, to: `to:${match[1]!}:${match[2] ?? "80"}` };
}

/** "from:51234", the port on this device; "from:0" for a socket that has none. */
export function localPort(descriptor: number): string {
  const address = Memory.alloc(128);
  const size = Memory.alloc(4);
  size.writeU32(128);
  const ask = new NativeFunction(Module.getGlobalExportByName("getsockname"), "int", ["int", "pointer", "pointer"]);
  return `from:${ask(descriptor, address, size) === 0 ? portAt(address) : 0}`;
}

function firstLine(bytes: NativePointer, length: number): string {
  const read = new Uint8Array(bytes.readByteArray(length)!);
  return String.fromCharCode(...read);
}

function frames(tid: number): readonly string[] {
  const ask = (): string[] => (hasJavaFrames() ? stack() : []);
  return isObserving(tid) ? ask() : observing(tid, ask);
}
