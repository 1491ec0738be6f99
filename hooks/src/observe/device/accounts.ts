/** AccountManager.getAccounts() and getAccountsByType() */
import { across, defineHook } from "../../lib/hook.js";
import { Ref, takeText, type Value } from "../../lib/ref.js";

const names = (returned: Value): string[] =>
  returned instanceof Ref ? returned.map(account => takeText(account.as("android.accounts.Account").name.value)) : [];

export default defineHook({
  id: "accounts", dataType: "accounts",
  targets: across(["android.accounts.AccountManager"], ["getAccounts", "getAccountsByType", "getAccountsByTypeForPackage"], { values: names }),
});
