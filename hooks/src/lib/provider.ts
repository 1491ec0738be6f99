// Content providers, by authority.
import { across, type Call, type ResultClass, type Target } from "./hook.js";
import { Ref, text, type Value } from "./ref.js";

const OPENERS = ["openInputStream", "openFileDescriptor", "openAssetFileDescriptor", "openTypedAssetFileDescriptor"];

/** Queries and opened files of these authorities, every overload. */
export function providerReads(...authorities: string[]): Target[] {
  const about = {
    when: (call: Call) => authorities.includes(authorityOf(uriOf(call))),
    args: (call: Call) => [uriOf(call)],
    values: () => [],
  };
  return [
    ...across(["android.content.ContentResolver", "android.content.ContentProviderClient"], ["query"], { ...about, result: rows }),
    ...across(["android.content.ContentResolver"], OPENERS, { ...about, result: returned => (returned === null ? "empty" : "obtained") }),
  ];
}

/** A Uri is final or hidden in the platform, so toString() runs no code of the app. */
function uriOf({ args }: Call): string {
  return text(args[0]) ?? "";
}

/** "10@contacts" is user 10's; the authority ends at the first slash or question mark. */
export function authorityOf(uri: string): string {
  const match = /^content:\/\/(?:[^/?@]*@)?([^/?]*)/i.exec(uri);
  return match === null ? "" : match[1]!;
}

// ContentResolver.query() itself has called getCount() before it gave the cursor to the app: asking again moves nothing.
function rows(returned: Value): ResultClass {
  if (!(returned instanceof Ref)) return "empty";
  return returned.as("android.database.Cursor").getCount() > 0 ? "obtained" : "empty";
}
