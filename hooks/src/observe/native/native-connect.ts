/** libc connect() and getaddrinfo(): where native code goes, by whom and from which port, and the names it looks up */
import { defineHook, type NativeCall, type NativeFacts, type NativeTarget } from "../../lib/hook.js";
import { destined, localPort, opened } from "../../lib/roads.js";
import { isLocal, remoteAddress } from "../../lib/sockets.js";

const connect = ({ args }: NativeCall): NativeFacts | null => {
  const address = remoteAddress(args[1]!);
  if (address === null) return null;
  const descriptor = args[0]!.toInt32();
  if (!isLocal(address)) return { args: [address], after: () => ({ result: "empty", values: [], args: [localPort(descriptor)] }) };
  // The proxy of the harness is on the device itself: what is asked of it tells where the connection leads.
  return { args: [], after: (_, call) => (opened(descriptor, address, call), null) };
};

const asked = (descriptor: NativePointer, bytes: NativePointer, length: number): NativeFacts | null => {
  const found = destined(descriptor.toInt32(), bytes, length);
  if (found === null) return null;
  const { road, to } = found;
  return { args: [road.address, road.from, to], completes: { ...road, function: "connect" } };
};

const write = (name: string): NativeTarget => ({
  library: "libc.so", function: name, takes: 3, firstBytes: true, inside: true, about: ({ args }) => asked(args[0]!, args[1]!, args[2]!.toUInt32()),
});

export default defineHook({
  id: "native-connect", kind: "native", dataType: "other", targets: [],
  functions: [
    { library: "libc.so", function: "connect", takes: 2, inside: true, about: connect },
    write("write"), write("send"), write("sendto"),
    {
      ...write("writev"),
      // The first of the pieces.
      about: ({ args }) => asked(args[0]!, args[1]!.readPointer(), args[1]!.add(Process.pointerSize).readU32()),
    },
    { library: "libc.so", function: "getaddrinfo", takes: 1, about: ({ args }) => (args[0]!.isNull() ? null : { args: [args[0]!.readCString() ?? ""] }) },
  ],
});
