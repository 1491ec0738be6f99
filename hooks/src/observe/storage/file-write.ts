/** FileOutputStream.write() and RandomAccessFile.write() of something in which a value that was read stands, and MMKV.encode() */
import { across, defineHook, type Call } from "../../lib/hook.js";
import { hasKnown, knownIn } from "../../lib/known.js";
import { Ref, takeText, text } from "../../lib/ref.js";

const MAX_BYTES = 4096;

function pathOf({ self }: Call, className: string): string {
  const path = self!.as(className).path?.value;
  return path === undefined || path === null ? "" : takeText(path);
}

/** The bytes as Latin-1, which keeps what is ASCII as it is. */
function written({ args }: Call): string[] {
  const bytes = args[0];
  if (!(bytes instanceof Ref) || !bytes.isByteArray()) return [];
  const offset = args.length > 1 ? Number(args[1]) : 0;
  const length = args.length > 2 ? Number(args[2]) : MAX_BYTES;
  const part = bytes.bytes(Math.min(MAX_BYTES, offset + length)).slice(offset);
  return knownIn(part.map(byte => String.fromCharCode(byte)).join(""));
}

const toFile = (name: string) => across([name], ["write"], {
  when: call => hasKnown() && pathOf(call, name) !== "" && written(call).length > 0,
  args: call => ["file", pathOf(call, name), ""],
  values: (_, call) => written(call),
});

const MMKV = "com.tencent.mmkv.MMKV";

export default defineHook({
  id: "file-write", kind: "write", dataType: "other",
  targets: [
    ...toFile("java.io.FileOutputStream"),
    ...toFile("java.io.RandomAccessFile"),
    ...across([MMKV], ["encode", "putString"], { when: ({ args }) => args[1] instanceof Ref && args[1].isString(), args: ({ args }) => ["preferences", "mmkv", text(args[0]) ?? ""], values: (_, { args }) => [text(args[1])] }),
  ],
});
