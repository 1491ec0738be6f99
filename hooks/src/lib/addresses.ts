// The device's own IP addresses, from the kernel: an app that looks at a server's address learns nothing about its user.
const AF_INET = 2;
const AF_INET6 = 10;
const LOOPBACK = 0x8;
const KEEP_MS = 10_000;
const MAX_INTERFACES = 256;

let own: ReadonlySet<string> = new Set();
let readAt = -Infinity;

/** Whether the address (of IPv4 or IPv6, without a zone) is one of this device's, loopback aside. */
export function isOwnAddress(address: string): boolean {
  const bytes = bytesOf(address);
  if (bytes === null) return false;
  if (Date.now() - readAt > KEEP_MS) {
    own = addresses();
    readAt = Date.now();
  }
  return own.has(bytes);
}

function addresses(): Set<string> {
  const found = new Set<string>();
  const get = Module.findGlobalExportByName("getifaddrs");
  const free = Module.findGlobalExportByName("freeifaddrs");
  if (get === null || free === null) return found;
  const list = Memory.alloc(Process.pointerSize);
  if (new NativeFunction(get, "int", ["pointer"])(list) !== 0) return found;
  const head = list.readPointer();
  const at = Process.pointerSize;
  let one = head;
  for (let i = 0; i < MAX_INTERFACES && !one.isNull(); i++) {
    const address = one.add(3 * at).readPointer();
    const bytes = (one.add(2 * at).readU32() & LOOPBACK) !== 0 || address.isNull() ? null : socketBytes(address);
    if (bytes !== null) found.add(bytes);
    one = one.readPointer();
  }
  new NativeFunction(free, "void", ["pointer"])(head);
  return found;
}

function socketBytes(address: NativePointer): string | null {
  switch (address.readU16()) {
    case AF_INET: return hexOf(address.add(4).readByteArray(4)!);
    case AF_INET6: return hexOf(address.add(8).readByteArray(16)!);
    default: return null;
  }
}

function hexOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, "0")).join("");
}

/** The address in hex; null for what is none. */
function bytesOf(address: string): string | null {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return address.split(".").map(part => Number(part).toString(16).padStart(2, "0")).join("");
  if (!address.includes(":")) return null;
  const [before, after] = address.split("::") as [string, string | undefined];
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(Math.max(0, zeros)).fill("0"), ...tail].map(part => part.padStart(4, "0")).join("");
}
