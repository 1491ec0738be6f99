// What the agent must never do to an app, whatever happens to the agent.
import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { fake, sent } from "./fake/process.mjs";
import { callFromJava, cursor, define, JavaThrow, object, overloadOf, string, uri, world } from "./fake/bridge.mjs";

const SECURE = "android.provider.Settings$Secure";
const CACHE = "android.provider.Settings$NameValueCache";
const RESOLVER = "android.content.ContentResolver";
const STRING = "java.lang.String";
const QUERY = ["android.net.Uri", "[Ljava.lang.String;", "android.os.Bundle", "android.os.CancellationSignal"];
define(SECURE, [`static getString(${RESOLVER},${STRING}) ${STRING}`]);
define(CACHE, [`getStringForUser(${RESOLVER},${STRING},int) ${STRING}`]);
define(RESOLVER, [`query(${QUERY}) android.database.Cursor`]);
define("android.database.Cursor");
define("android.net.wifi.WifiManager", ["setWifiEnabled(boolean) boolean"]);
define("java.lang.Runtime", ["exit(int) void"]);
define("android.telephony.TelephonyManager", [`getImei() ${STRING}`]);

await import("../build/agent.mjs");
const { init, flush, stop } = globalThis.rpc.exports;
const reported = await init({ package: "com.example.app" });

const secure = overloadOf(SECURE, "getString", [RESOLVER, STRING]);
const query = overloadOf(RESOLVER, "query", QUERY);
const imei = overloadOf("android.telephony.TelephonyManager", "getImei", []);
const readAndroidId = () => callFromJava(SECURE, "getString", [RESOLVER, STRING], null, [null, string("android_id")]);
const readImei = () => callFromJava("android.telephony.TelephonyManager", "getImei", [], object("android.telephony.TelephonyManager"), []);
const events = () => (flush(), sent.filter(({ t }) => t === "events").flatMap(message => message.events));
const errors = () => sent.filter(({ t }) => t === "error");

beforeEach(() => {
  flush();
  sent.length = 0;
  fake.sendFails = false;
  secure.state.original = () => string("9f2c1a77b0d3e4f5");
  imei.state.original = () => string("868016054321987");
});

test("it says hello before anything else, and its targets", () => {
  assert.ok(reported.some(({ hook, status }) => hook === "android-id" && status === "installed"));
});

test("a second init is refused", async () => {
  await assert.rejects(init({ package: "x" }), /twice/);
});

test("what an API calls on its way down is the same read, seen once at its outermost call", () => {
  secure.state.original = (resolver, name) => callFromJava(CACHE, "getStringForUser", [RESOLVER, STRING, "int"], object(CACHE), [resolver, name, 0]);
  overloadOf(CACHE, "getStringForUser", [RESOLVER, STRING, "int"]).state.original = () => string("9f2c1a77b0d3e4f5");
  readAndroidId();
  assert.deepEqual(events().map(({ api }) => api), [`${SECURE}.getString`]);
});

test("another kind of read inside a hooked call is a read of its own", () => {
  secure.state.original = () => (readImei(), string("9f2c1a77b0d3e4f5"));
  readAndroidId();
  assert.deepEqual(events().map(({ hook }) => hook), ["imei", "android-id"]);
});

test("the same read on another thread meanwhile is a read of its own", () => {
  let inside = false;
  secure.state.original = () => {
    if (!inside) {
      inside = true;
      fake.tid = 2;
      readAndroidId();
      fake.tid = 1;
    }
    return string("9f2c1a77b0d3e4f5");
  };
  readAndroidId();
  assert.deepEqual(events().map(({ tid }) => tid), [2, 1]);
});

test("a call by reflection is the app's, though reflection belongs to the platform", () => {
  const frame = (className, methodName) => ({ className, methodName, lineNumber: 7 });
  const calledBy = (...frames) => {
    const before = world.backtrace;
    world.backtrace = [frame("android.net.wifi.WifiManager", "setWifiEnabled"), ...frames];
    overloadOf("android.net.wifi.WifiManager", "setWifiEnabled", ["boolean"]).state.original = () => true;
    callFromJava("android.net.wifi.WifiManager", "setWifiEnabled", ["boolean"], object("android.net.wifi.WifiManager"), [true]);
    world.backtrace = before;
    const told = events().map(({ hook }) => hook);
    sent.length = 0;
    return told;
  };
  const reflection = [frame("jdk.internal.reflect.NativeMethodAccessorImpl", "invoke0"), frame("java.lang.reflect.Method", "invoke")];
  assert.deepEqual(calledBy(...reflection, frame("com.sdk.Hidden", "read")), ["wifi-state"]);
  assert.deepEqual(calledBy(...reflection, frame("android.app.Instrumentation", "run")), []);
  assert.deepEqual(calledBy(frame("android.app.Instrumentation", "run")), []);
});

test("after an exception the next read is seen again", () => {
  secure.state.original = () => { throw new JavaThrow("java.lang.IllegalStateException"); };
  assert.throws(readAndroidId, JavaThrow);
  secure.state.original = () => string("9f2c1a77b0d3e4f5");
  readAndroidId();
  assert.deepEqual(events().map(({ exception }) => exception), ["java.lang.IllegalStateException", null]);
});

test("the very exception reaches the app", () => {
  const thrown = new JavaThrow("app.OwnException");
  secure.state.original = () => { throw thrown; };
  assert.throws(readAndroidId, error => error.object === thrown.object);
});

test("an observer that fails is told and changes nothing", () => {
  const broken = cursor(1);
  broken.methods.getCount = () => { throw new Error("closed"); };
  query.state.original = () => broken;
  const returned = callFromJava(RESOLVER, "query", QUERY, object(RESOLVER), [uri("content://com.android.contacts/data"), null, null, null]);
  assert.equal(returned, broken);
  assert.deepEqual(errors().map(({ hook, error }) => [hook, error]), [["contacts", "Error: closed"]]);
  assert.deepEqual(events(), []);
});

test("a condition that fails is told and changes nothing", () => {
  const broken = object("android.net.Uri$StringUri", { methods: { toString: () => { throw new Error("no text"); } } });
  query.state.original = () => null;
  assert.equal(callFromJava(RESOLVER, "query", QUERY, object(RESOLVER), [broken, null, null, null]), null);
  assert.ok(errors().length > 0);
  assert.deepEqual(events(), []);
});

test("a send that fails does not reach the app, and its events count as dropped", () => {
  fake.sendFails = true;
  for (let i = 0; i < 250; i++) assert.equal(readAndroidId().chars, "9f2c1a77b0d3e4f5");
  const { dropped } = flush();
  fake.sendFails = false;
  assert.equal(dropped, 250);
});

test("text that is no Unicode is told as far as it is", () => {
  secure.state.original = () => string("a\ud800b\0c😀");
  assert.equal(readAndroidId().chars, "a\ud800b\0c😀");
  assert.deepEqual(events()[0].values, ["a\ufffdb\0c😀"]);
});

test("long text is cut and says so", () => {
  secure.state.original = () => string("x".repeat(100_000));
  readAndroidId();
  const [{ values, args }] = events();
  assert.equal(values[0].length, 4096);
  assert.deepEqual(args, ["android_id", "cut:text"]);
});

test("events of a process are numbered without gaps over all its hooks", () => {
  const before = flush().seq;
  sent.length = 0;
  for (let i = 0; i < 300; i++) (readAndroidId(), readImei());
  const numbers = events().map(({ seq }) => seq);
  assert.deepEqual(numbers, Array.from({ length: 600 }, (_, i) => before + 1 + i));
});

test("when the harness takes nothing any more, events are counted as dropped and the rest stays in order", () => {
  const start = flush().seq;
  sent.length = 0;
  for (let i = 0; i < 30_000; i++) readAndroidId();
  const { seq, dropped } = flush();
  assert.ok(dropped > 250, `${dropped}`);
  const numbers = sent.filter(({ t }) => t === "events").flatMap(message => message.events.map(event => event.seq));
  assert.deepEqual(numbers, Array.from({ length: seq - start }, (_, i) => start + 1 + i));
  const acknowledge = fake.receivers.get("ack");
  acknowledge({ type: "ack", count: 1_000_000 });
  sent.length = 0;
  readAndroidId();
  assert.equal(events().length, 1);
});

test("what is held is sent before the process exits, with the last number", () => {
  readAndroidId();
  callFromJava("java.lang.Runtime", "exit", ["int"], object("java.lang.Runtime"), [3]);
  assert.deepEqual(sent.map(({ t }) => t), ["events", "bye"]);
  assert.equal(sent[1].seq, sent[0].events.at(-1).seq);
});

test("a stopped agent only calls the original", () => {
  stop();
  sent.length = 0;
  assert.equal(readAndroidId().chars, "9f2c1a77b0d3e4f5");
  assert.deepEqual(events(), []);
});
