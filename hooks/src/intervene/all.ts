// Everything that may change the app, by id. harness/capture/interveners.py says the same to people.
import type { Hook } from "../lib/hook.js";
import flagSecure from "./flag-secure.js";
import rootHide from "./root-hide.js";
import tlsUnpin from "./tls-unpin.js";

export const interveners: readonly Hook[] = [tlsUnpin, rootHide, flagSecure];
