/** libc connect() and getaddrinfo(): where native code goes, by whom, from which port and with how much, and the names it looks up */
import { defineHook, type NativeCall, type NativeFacts, type NativeTarget } from "../../lib/hook.js";
import { destined, isDatagram, leads, localPort, opened, sent } from "../../lib/roads.js";
import { isLocal, remoteAddress } from "../../lib/sockets.js";

const connect = ({ args }: NativeCall): NativeFacts | null => {
  const address = remoteAddress(args[1]!);
  if (address === null) return null;
  const descriptor = args[0]!.toInt32();
  if (!isLocal(address)) {
    const after = () => {
      leads(descriptor, address);
      return { result: "empty" as const, values: [], args: [localPort(descriptor), ...(isDatagram(descriptor) ? ["udp"] : [])] };
    };
    return { args: [address], after };
  }
  // The proxy of the harness is on the device itself: what is asked of it tells where the connection leads.
  return { args: [], after: (_, call) => (opened(descriptor, address, call), null) };
};

/** The first bytes on a connection to the proxy, or any on one that goes past it. */
const asked = (descriptor: NativePointer, bytes: NativePointer, length: number, whole = length): NativeFacts | null => {
  const told = sent(descriptor.toInt32(), whole);
  if (told !== null) return { args: told };
  const found = destined(descriptor.toInt32(), bytes, length);
  if (found === null) return null;
  const { road, to } = found;
  return { args: [road.address, road.from, to], completes: { ...road, function: "connect" } };
};

const write = (name: string): NativeTarget => ({
  library: "libc.so", function: name, takes: 3, firstBytes: true, inside: true, about: ({ args }) => asked(args[0]!, args[1]!, args[2]!.toUInt32()),
});

const MAX_PIECES = 1024;

const pieces = (descriptor: NativePointer, vector: NativePointer, count: number): NativeFacts | null => {
  const size = (piece: number): number => vector.add((2 * piece + 1) * Process.pointerSize).readU32();
  if (count === 0) return null;
  const length = Array.from({ length: Math.min(count, MAX_PIECES) }, (_, i) => size(i)).reduce((sum, one) => sum + one, 0);
  return asked(descriptor, vector.readPointer(), size(0), length);
};

export default defineHook({
  id: "native-connect", kind: "native", dataType: "other", targets: [],
  functions: [
    { library: "libc.so", function: "connect", takes: 2, inside: true, about: connect },
    write("write"), write("send"), write("sendto"),
    { ...write("writev"), about: ({ args }) => pieces(args[0]!, args[1]!, args[2]!.toUInt32()) },
    {
      ...write("sendmsg"),
      about: ({ args }) => {
        const vector = args[1]!.add(2 * Process.pointerSize);
        return pieces(args[0]!, vector.readPointer(), vector.add(Process.pointerSize).readU32());
      },
    },
    { library: "libc.so", function: "getaddrinfo", takes: 1, about: ({ args }) => (args[0]!.isNull() ? null : { args: [args[0]!.readCString() ?? ""] }) },
  ],
});
