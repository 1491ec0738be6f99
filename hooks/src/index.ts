// The agent: loaded into a process before its first line of code.
import "./lib/symbols.js";
import Java from "frida-java-bridge";
import type { AgentMessage } from "../build/message-types.js";
import { observers } from "../build/observers.js";
import { VERSION } from "../build/version.js";
import { interveners } from "./intervene/all.js";
import { callOne, look } from "./lib/alive.js";
import { isJvm } from "./lib/classes.js";
import { deviceMs, estimatedDeviceMs } from "./lib/clock.js";
import { lookForOpenBatch } from "./lib/jvm.js";
import { watchLoaders } from "./lib/late.js";
import { installNative, silenceNative } from "./lib/native.js";
import { install, prepare, settle, type TargetReport } from "./lib/install.js";
import { FLUSH_MS, HEARTBEAT_MS } from "./lib/limits.js";
import type { Hook } from "./lib/hook.js";
import type { Agent } from "./lib/observe.js";
import { Queue, type Report } from "./lib/queue.js";

interface Options {
  /** The app's package name. */
  readonly package: string;
  /** Ids of the interveners to use; none unless the run asks for them. */
  readonly interveners?: readonly string[];
}

let agent: Agent | null = null;
// Exclusive: when another thread could run in between, it would send the next batch first.
const lengthOf = new NativeFunction(Module.getGlobalExportByName("strlen"), "uint", ["pointer"], { scheduling: "exclusive" });

rpc.exports = {
  async init(options: Options): Promise<TargetReport[]> {
    if (agent !== null) throw new Error("init() was called twice");
    const hooks = [...observers, ...chosen(options.interveners ?? [])];
    const started = start(options);
    agent = started;
    const reports = await installEarly(started, hooks);
    report({ t: "targets", targets: reports });
    Java.performNow(() => tell(callOne()));
    if (!isJvm) Java.perform(() => installLate(started, hooks, reports));
    setInterval(() => started.queue.flush(), FLUSH_MS);
    setInterval(() => {
      try {
        lookForOpenBatch();
      } catch (error) {
        started.failed("", "", error);
      }
      look(settle, tell);
      heartbeat(started);
    }, HEARTBEAT_MS);
    return reports;
  },
  flush(): Report {
    if (agent === null) return { seq: 0, dropped: 0 };
    const report = agent.queue.drain();
    look(settle, tell);
    heartbeat(agent);
    return report;
  },
  stop(): Report {
    if (agent === null) return { seq: 0, dropped: 0 };
    agent.stopped = true;
    look(settle, tell);
    return bye(agent, "stop");
  },
  dispose(): void {
    if (agent !== null && !agent.stopped) bye(agent, "exit");
  },
};

function chosen(ids: readonly string[]): Hook[] {
  return ids.map(id => {
    const found = interveners.find(one => one.id === id);
    if (found === undefined) throw new Error(`no intervener is called ${id}`);
    return found;
  });
}

function start(options: Options): Agent {
  const queue = new Queue(text => sendText(text));
  const started: Agent = {
    queue,
    process: { pid: Process.id, uid: userId(), package: options.package },
    stopped: false,
    ending: why => {
      silenceNative();
      bye(started, why);
    },
    failed: (hook, api, error) => report({ t: "error", hook, api, error: String(error).slice(0, 1000) }),
  };
  takeAcknowledgements(queue);
  return started;
}

/**
 * Everything on the JVM. On ART the app's class loader is not there yet: platform classes are hooked now, the app's own
 * as soon as its loader exists, which is before its first line of code; those targets are reported again then.
 */
async function installEarly(started: Agent, hooks: readonly Hook[]): Promise<TargetReport[]> {
  let reports: TargetReport[] = [];
  Java.performNow(() => {
    prepare();
    for (const hook of hooks) hook.prepare?.();
    report({ t: "hello", pid: Process.id, runtime: isJvm ? "jvm" : "art", device_ms: deviceMs(), agent: VERSION });
    reports = [...install(hooks, started), ...installNative(hooks, started)];
    watchLoaders(hooks, started, tell);
  });
  await settle();
  return reports;
}

function installLate(started: Agent, hooks: readonly Hook[], early: readonly TargetReport[]): void {
  const absent = new Set(early.filter(({ reason }) => reason === "no such class").map(({ hook, target }) => `${hook} ${target}`));
  const late = hooks.map(hook => ({ ...hook, targets: hook.targets.filter(target => absent.has(`${hook.id} ${target.class}.${target.method}`)) }));
  report({ t: "targets", targets: install(late, started) });
}

function userId(): number {
  return new NativeFunction(Module.getGlobalExportByName("getuid"), "int", [])();
}

function takeAcknowledgements(queue: Queue): void {
  recv("ack", (message: { count: number }) => {
    queue.taken(message.count);
    takeAcknowledgements(queue);
  });
}

function heartbeat(started: Agent): void {
  report({ t: "heartbeat", ...started.queue.report(), device_ms: estimatedDeviceMs() });
}

function bye(started: Agent, why: "exit" | "stop" | "kill"): Report {
  const last = started.queue.drain();
  report({ t: "bye", ...last, why });
  return last;
}

function tell(targets: TargetReport[]): void {
  if (targets.length !== 0) report({ t: "targets", targets });
}

/** As bytes beside a message that says no more than that they are there: Frida would go over every character once more. */
function sendText(text: string): void {
  const bytes = Memory.allocUtf8String(text);
  send({ t: "events" }, bytes.readByteArray(lengthOf(bytes)));
}

/** A harness that is gone must not become the app's problem. */
function report(message: AgentMessage): void {
  try {
    send(message);
  } catch {
    return;
  }
}
