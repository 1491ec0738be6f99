// ContentResolver.query() by authority.
import type { Call, ResultClass, Target } from "./hook.js";
import { Ref, text, type Value } from "./ref.js";

/** Queries of these authorities, on the concrete ContentResolver, every overload. */
export function providerQuery(...authorities: string[]): Target {
  return {
    class: "android.content.ContentResolver",
    method: "query",
    when: call => authorities.includes(authorityOf(uriOf(call))),
    args: call => [uriOf(call)],
    values: () => [],
    result: rows,
  };
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
