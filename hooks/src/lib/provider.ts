// Content providers, by authority.
import { watchCursor } from "./cursors.js";
import { across, type Call, type DataType, type ResultClass, type Target } from "./hook.js";
import { Ref, takeText, text, type Value } from "./ref.js";

const OPENERS = ["openFile", "openInputStream", "openFileDescriptor", "openAssetFileDescriptor", "openTypedAssetFileDescriptor"];

/** Queries and opened files of these authorities, every overload. */
export function providerReads(dataType: DataType, ...authorities: string[]): Target[] {
  const about = {
    when: (call: Call) => authorities.includes(authorityOf(uriOf(call))),
    args: (call: Call) => [uriOf(call)],
    values: () => [],
  };
  return [
    ...across(["android.content.ContentResolver", "android.content.ContentProviderClient"], ["query"], { ...about, result: (returned, call) => rows(returned, call, dataType) }),
    ...across(["android.content.ContentResolver"], OPENERS, { ...about, result: returned => (returned === null ? "empty" : "obtained") }),
  ];
}

/** A Uri is final or hidden in the platform, so toString() runs no code of the app. */
export function uriOf({ args }: Call): string {
  return text(args[0]) ?? "";
}

/** "10@contacts" is user 10's; the authority ends at the first slash or question mark. */
export function authorityOf(uri: string): string {
  const match = /^content:\/\/(?:[^/?@]*@)?([^/?]*)/i.exec(uri);
  return match === null ? "" : match[1]!;
}

// ContentResolver.query() itself has called getCount() before it gave the cursor to the app: asking again moves nothing.
export function rows(returned: Value, call: Call, dataType: DataType): ResultClass {
  if (!(returned instanceof Ref)) return "empty";
  watchCursor(returned, dataType, uriOf(call));
  return returned.as("android.database.Cursor").getCount() > 0 ? "obtained" : "empty";
}

/** For ContentResolver.call() with the method: the name that is asked for. */
export function calledName({ args }: Call, method: string): string | null {
  const at = args.findIndex((argument, index) => index > 0 && argument instanceof Ref && argument.isString() && argument.text() === method);
  return at === -1 ? null : text(args[at + 1]);
}

/** What a settings call gives. */
export function bundleValue(returned: Value): (string | null)[] {
  return returned instanceof Ref ? [takeText(returned.as("android.os.Bundle").getString("value"))] : [];
}
