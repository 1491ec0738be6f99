// Bytes that go into and come out of a transformation, bounded, as "hex:…".
import type { Call } from "./hook.js";
import { hex, Ref, text, type Value } from "./ref.js";

/** Enough for ids, keys and small bodies; of more, the beginning is told. */
const MAX_BYTES = 1024;

/** The first byte[] among the arguments, from its offset for its length when these follow it. */
export function bytesArgument({ args }: Call, prefix = "hex:"): string[] {
  const at = args.findIndex(argument => argument instanceof Ref && argument.isByteArray());
  if (at === -1) return [];
  const offset = typeof args[at + 1] === "number" && typeof args[at + 2] === "number" ? Number(args[at + 1]) : 0;
  const length = typeof args[at + 2] === "number" ? Number(args[at + 2]) : MAX_BYTES;
  return [prefix + hex((args[at] as Ref).bytes(Math.min(length, MAX_BYTES), offset))];
}

/** Returned bytes in hex, returned text as it is. */
export function bytesReturned(returned: Value): string[] {
  if (!(returned instanceof Ref)) return [];
  if (returned.isByteArray()) return [hex(returned.bytes(MAX_BYTES))];
  return returned.isString() ? [text(returned)!] : [];
}

const SECRET = "javax.crypto.spec.SecretKeySpec";

/** A key that the app holds in the clear; of others (a key store's) only the class. */
export function keyArgument({ args }: Call): string[] {
  for (const argument of args) {
    if (!(argument instanceof Ref)) continue;
    if (argument.className !== SECRET) return [`key:<${argument.className}>`];
    const encoded: { $h: NativePointer } | null = argument.as(SECRET).getEncoded();
    return encoded === null ? [] : [`key:${hex(new Ref(encoded.$h, false).bytes(MAX_BYTES))}`];
  }
  return [];
}
