// Socket addresses and netlink requests as C passes them.
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
export const AF_NETLINK = 16;

/** "203.0.113.9:443", or null for an address that leaves no device. */
export function remoteAddress(address: NativePointer): string | null {
  if (address.isNull()) return null;
  switch (address.readU16()) {
    case AF_INET: return `${bytes(address.add(4), 4).join(".")}:${portOf(address)}`;
    case AF_INET6: return `${inet6(bytes(address.add(8), 16))}:${portOf(address)}`;
    default: return null;
  }
}

export function isLocal(address: string): boolean {
  return /^(127\.|\[::1\]|0\.0\.0\.0)/.test(address);
}

export function familyOf(address: NativePointer): number {
  return address.isNull() ? AF_UNIX : address.readU16();
}

function inet6(all: number[]): string {
  const mapped = all.slice(0, 10).every(byte => byte === 0) && all[10] === 255 && all[11] === 255;
  if (mapped) return all.slice(12).join(".");
  const loopback = all.slice(0, 15).every(byte => byte === 0) && all[15] === 1;
  if (loopback) return "[::1]";
  return `[${Array.from({ length: 8 }, (_, i) => ((all[2 * i]! << 8) | all[2 * i + 1]!).toString(16)).join(":")}]`;
}

/** The port of a socket address of IPv4 or IPv6; 0 for any other. */
export function portAt(address: NativePointer): number {
  const family = address.readU16();
  return family === AF_INET || family === AF_INET6 ? portOf(address) : 0;
}

function portOf(address: NativePointer): number {
  return (address.add(2).readU8() << 8) | address.add(3).readU8();
}

function bytes(at: NativePointer, count: number): number[] {
  return Array.from(new Uint8Array(at.readByteArray(count)!));
}
