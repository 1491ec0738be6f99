// Cursors that a watched query gave, known again by identity while they live, so that what the app takes from them can be told.
import type { DataType } from "../../build/data-types.js";
import { isSameObject, weakReference, type WeakReference } from "./jni.js";
import type { Ref } from "./ref.js";

interface Watched {
  readonly cursor: WeakReference;
  readonly dataType: DataType;
  readonly uri: string;
  /** How many values may still be told: the rest of a long list adds nothing. */
  left: number;
}

const MAX_CURSORS = 16;
const MAX_VALUES = 64;

const watched: Watched[] = [];

export function watchCursor(cursor: Ref, dataType: DataType, uri: string): void {
  if (watched.length >= MAX_CURSORS) watched.shift()!.cursor.forget();
  watched.push({ cursor: weakReference(cursor.$h), dataType, uri, left: MAX_VALUES });
}

/** What the cursor was opened for; null for every other cursor, and once enough was told. */
export function watchedCursor(cursor: Ref): Watched | null {
  const found = watched.find(one => isSameObject(one.cursor.handle, cursor.$h));
  return found === undefined || found.left === 0 ? null : found;
}

const TYPE_NAME = /^vnd\.|^[\w.]+\/[\w.+-]+$/;

/** The value, when it is one that could be found again; null for row ids, types and flags. */
export function told(cursor: Ref, value: string | null): string[] | null {
  // A Chinese name has two characters.
  const shortest = value !== null && /[^\x00-\x7f]/.test(value) ? 2 : 4;
  if (value === null || value.length < shortest || TYPE_NAME.test(value) || /^-?\d{1,6}$/.test(value)) return null;
  watchedCursor(cursor)!.left--;
  return [value];
}
