/** ClipboardManager.getPrimaryClip() and getText() */
import { defineHook } from "../../lib/hook.js";
import { Ref, takeText, text, type Value } from "../../lib/ref.js";
import { MAX_ITEMS } from "../../lib/limits.js";

const MANAGER = "android.content.ClipboardManager";

function clipTexts(returned: Value): string[] {
  if (!(returned instanceof Ref)) return [];
  const clip = returned.as("android.content.ClipData");
  const texts: string[] = [];
  for (let i = 0; i < Math.min(clip.getItemCount(), MAX_ITEMS); i++) texts.push(itemText(clip.getItemAt(i).getText()));
  return texts;
}

// A CharSequence: a wrapper, or a Ref should its getter be hooked.
function itemText(found: Value | { toString(): string }): string {
  return found === null ? "" : takeText(found instanceof Ref ? found : found!.toString());
}

export default defineHook({
  id: "clipboard", dataType: "clipboard",
  targets: [
    { class: MANAGER, method: "getPrimaryClip", values: clipTexts },
    { class: MANAGER, method: "getText", values: returned => [text(returned)] },
  ],
});
