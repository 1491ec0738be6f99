// Results that several hooks judge alike.
import type { ResultClass } from "./hook.js";
import { Ref, takeText, type Value } from "./ref.js";

/** Obtained when something came back and, for a list, when it is not empty. What is in it is not told as text. */
export function listed(returned: Value): ResultClass {
  if (!(returned instanceof Ref)) return "empty";
  return returned.isList() && returned.count() === 0 ? "empty" : "obtained";
}

/** The id inside an AdvertisingIdClient.Info, of whichever maker. */
export function identifierInfo(infoClass: string): (returned: Value) => string[] {
  return returned => (returned instanceof Ref ? [takeText(returned.as(infoClass).getId())] : []);
}
