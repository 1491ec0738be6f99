// Filters in C before JavaScript is asked, for functions that are called too often, or in a process that was just forked:
// there another thread's lock on JavaScript is never given back.
import { DESCRIPTORS, FIRST, marksOfDescriptors } from "./roads.js";

type Enter = (args: readonly NativePointer[], from: NativePointer) => void;
type Leave = (returned: NativePointer, from: NativePointer) => void;

const LISTENER = `
#include <gum/guminterceptor.h>
#include <string.h>
extern void left (void * returned, void * from);
typedef struct { int wanted; } Seen;
void onLeave (GumInvocationContext * ic) {
  Seen * seen = GUM_IC_GET_INVOCATION_DATA (ic, Seen);
  if (seen->wanted) left (gum_invocation_context_get_return_value (ic), gum_invocation_context_get_return_address (ic));
}
`;

const PATHS = `${LISTENER}
extern void entered (const char * path, void * from);
static int wanted (const char * path) {
  if (path == NULL || path[0] != '/') return 0;
  if (strncmp (path, "/sys/", 5) == 0) return 1;
  return strncmp (path, "/proc/", 6) == 0 && strncmp (path, "/proc/self/", 11) != 0;
}
void onEnter (GumInvocationContext * ic) {
  Seen * seen = GUM_IC_GET_INVOCATION_DATA (ic, Seen);
  const char * path = gum_invocation_context_get_nth_argument (ic, PATH_AT);
  seen->wanted = wanted (path);
  if (seen->wanted) entered (path, gum_invocation_context_get_return_address (ic));
}
`;

const WRITES = `${LISTENER}
extern unsigned char marks[];
extern int getpid (void);
extern void entered (void * descriptor, void * bytes, void * length, void * from);
void onEnter (GumInvocationContext * ic) {
  Seen * seen = GUM_IC_GET_INVOCATION_DATA (ic, Seen);
  void * descriptor = gum_invocation_context_get_nth_argument (ic, 0);
  unsigned int at = (unsigned int) (gsize) descriptor;
  seen->wanted = at < DESCRIPTORS && marks[at] && getpid () == PROCESS;
  if (!seen->wanted) return;
  if (marks[at] == FIRST) marks[at] = 0;
  entered (descriptor, gum_invocation_context_get_nth_argument (ic, 1), gum_invocation_context_get_nth_argument (ic, 2),
    gum_invocation_context_get_return_address (ic));
}
`;

/** Kept for the life of the process: the code that was put into the functions is theirs. */
const kept: unknown[] = [];

/** Only paths under /proc and /sys, this process's own aside. */
export function pathGuard(pathAt: number, enter: Enter, leave: Leave): NativeInvocationListenerCallbacks {
  const entered = new NativeCallback((path: NativePointer, from: NativePointer) => enter(pathAt === 0 ? [path] : [NULL, path], from), "void", ["pointer", "pointer"]);
  return guard(PATHS.replace("PATH_AT", String(pathAt)), entered, leave, {});
}

/** Only what goes to a descriptor that was marked: its first bytes, or all. */
export function writeGuard(enter: Enter, leave: Leave): NativeInvocationListenerCallbacks {
  const entered = new NativeCallback(
    (descriptor: NativePointer, bytes: NativePointer, length: NativePointer, from: NativePointer) => enter([descriptor, bytes, length], from),
    "void", ["pointer", "pointer", "pointer", "pointer"],
  );
  const source = WRITES.replace("DESCRIPTORS", String(DESCRIPTORS)).replace("PROCESS", String(Process.id)).replace("FIRST", String(FIRST));
  return guard(source, entered, leave, { marks: marksOfDescriptors(), getpid: Module.getGlobalExportByName("getpid") });
}

function guard(source: string, entered: NativePointer, leave: Leave, symbols: Record<string, NativePointer>): NativeInvocationListenerCallbacks {
  const left = new NativeCallback((returned: NativePointer, from: NativePointer) => leave(returned, from), "void", ["pointer", "pointer"]);
  const made = new CModule(source, { entered, left, ...symbols });
  kept.push(entered, left, made, symbols);
  return { onEnter: made.onEnter!, onLeave: made.onLeave! };
}
