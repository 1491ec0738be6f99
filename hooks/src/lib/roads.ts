// TCP connections to this device itself, where the proxy listens: who opened each, until its first bytes tell where it leads.
// And connections past the proxy: how much was sent on each.
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

interface Past {
  readonly address: string;
  readonly from: string;
  writes: number;
  bytes: number;
  told: number;
}

/** One byte a descriptor: FIRST while its first bytes are waited for, ALL while its bytes are counted. The filter in C reads it. */
export const DESCRIPTORS = 65536;
export const FIRST = 1;
const ALL = 2;
const past = new Map<number, Past>();
/** Each of so many first writes is told, then one a step of so many bytes or at each doubling of their number. */
const TOLD_WRITES = 16;
const TOLD_BYTES = 65536;
let marks: NativePointer | null = null;
const open = new Map<number, Road>();
const SOL_SOCKET = 1;
const SO_TYPE = 3;
const SOCK_DGRAM = 2;
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
  past.delete(descriptor);
  marksOfDescriptors().add(descriptor).writeU8(FIRST);
}

/** A connection to another device was opened: what is sent on it counts from here. */
export function leads(descriptor: number, address: string): void {
  if (descriptor < 0 || descriptor >= DESCRIPTORS) return;
  open.delete(descriptor);
  if (past.size >= MAX_OPEN) past.delete(past.keys().next().value!);
  past.set(descriptor, { address, from: localPort(descriptor), writes: 0, bytes: 0, told: 0 });
  marksOfDescriptors().add(descriptor).writeU8(ALL);
}

/** [address, port, "sent 300 bytes" so far] on a connection past the proxy, when that is worth a record. */
export function sent(descriptor: number, length: number): string[] | null {
  const road = past.get(descriptor);
  if (road === undefined) return null;
  if (localPort(descriptor) !== road.from) {
    // The number is another file's by now.
    past.delete(descriptor);
    marksOfDescriptors().add(descriptor).writeU8(0);
    return null;
  }
  road.writes += 1;
  road.bytes += length;
  const doubled = (road.writes & (road.writes - 1)) === 0;
  if (road.writes > TOLD_WRITES && !doubled && road.bytes - road.told < TOLD_BYTES) return null;
  road.told = road.bytes;
  return [road.address, road.from, `sent ${road.bytes} bytes`];
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

/** Whether the socket sends datagrams. */
export function isDatagram(descriptor: number): boolean {
  const value = Memory.alloc(4);
  const size = Memory.alloc(4);
  size.writeU32(4);
  const ask = new NativeFunction(Module.getGlobalExportByName("getsockopt"), "int", ["int", "int", "int", "pointer", "pointer"]);
  return ask(descriptor, SOL_SOCKET, SO_TYPE, value, size) === 0 && value.readU32() === SOCK_DGRAM;
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
