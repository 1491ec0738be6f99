// Values the app has read so far, so that a write of one of them can be told from all other writes.
import { isDummy } from "./result.js";

const MAX_KNOWN = 512;
/** Shorter text is found anywhere. */
const SHORTEST = 6;

const known = new Set<string>();

export function remember(values: readonly string[]): void {
  for (let i = 0; i !== values.length; i++) {
    const value = values[i]!;
    if (known.has(value) || value.length < SHORTEST || value.length > 256 || isDummy(value)) continue;
    if (known.size >= MAX_KNOWN) known.delete(known.values().next().value!);
    known.add(value);
  }
}

export function hasKnown(): boolean {
  return known.size !== 0;
}

/** The values that stand in the text as they were read. */
export function knownIn(text: string): string[] {
  return text.length < SHORTEST ? [] : [...known].filter(value => text.includes(value));
}
