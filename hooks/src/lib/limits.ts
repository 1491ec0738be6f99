// Bounds on what one call may put on the wire.
export const MAX_TEXT = 4096;
export const MAX_ITEMS = 64;
export const MAX_FRAMES = 64;
/** Events in one message. */
export const MAX_BATCH = 200;
export const FLUSH_MS = 50;
export const HEARTBEAT_MS = 1000;
/** Events held back while the harness has not taken what was sent; beyond it they are counted as dropped. */
export const MAX_HELD = 8000;
/** Batches sent and not yet taken by the harness. */
export const MAX_IN_FLIGHT = 64;

const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** At most the limit, and text that every reader of the record can decode. */
export function cutText(text: string): string {
  const cut = text.length <= MAX_TEXT ? text : text.slice(0, MAX_TEXT);
  return isWhole(cut) ? cut : cut.replace(LONE_SURROGATES, "\ufffd");
}

/** Newer than the language level that is checked against; both of Frida's engines have it. */
function isWhole(text: string): boolean {
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}
