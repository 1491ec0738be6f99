// The heartbeat and the timers, with the agent idle.
import assert from "node:assert/strict";
import test from "node:test";
import { fake, sent } from "./fake/process.mjs";
import { callFromJava, define, object, overloadOf, string, world } from "./fake/bridge.mjs";

define("android.net.wifi.WifiManager", ["abstract getScanResults() java.util.List"]);

await import("../build/agent.mjs");
await globalThis.rpc.exports.init({ package: "com.example.app" });

test("it says hello first and then what became of every target", () => {
  assert.deepEqual(sent.slice(0, 2).map(({ t }) => t), ["hello", "targets"]);
  assert.equal(sent[0].runtime, "art");
  assert.equal(sent[0].device_ms, 100005);
});

test("a hook on an abstract method is a failure: it would never fire", () => {
  const found = sent[1].targets.filter(({ target }) => target === "android.net.wifi.WifiManager.getScanResults");
  assert.deepEqual(found.map(({ status }) => status), ["failed"]);
});

test("on a phone, targets that were absent are tried again when the app's loader is there", () => {
  assert.equal(sent.filter(({ t }) => t === "targets").length, 2);
});

test("it flushes every 50 ms and has a heartbeat every second, idle or not", () => {
  assert.deepEqual(fake.timers.map(({ ms }) => ms).sort((a, b) => a - b), [50, 1000]);
  sent.length = 0;
  for (const { run } of fake.timers) run();
  assert.deepEqual(sent.map(({ t, seq, dropped }) => [t, seq, dropped]), [["heartbeat", 0, 0]]);
});

test("a class that a loader of the app brings later is hooked before its first call", () => {
  const SDK = "com.heytap.openid.sdk.OpenIDSDK";
  const OPEN = ["java.lang.String", "java.lang.ClassLoader"];
  const open = loader => callFromJava("dalvik.system.BaseDexClassLoader", "$init", OPEN, loader, [string("/data/plugin.dex"), null]);
  sent.length = 0;
  open(object("dalvik.system.DexClassLoader"));
  assert.deepEqual(sent, [], "a loader that brings nothing we watch is no news");
  define(SDK, ["static getOAID(android.content.Context) java.lang.String"]);
  overloadOf(SDK, "getOAID", ["android.content.Context"]).state.original = () => string("A1B2C3D4E5F60718");
  const plugin = object("dalvik.system.DexClassLoader");
  world.loaders.set(plugin, [SDK]);
  open(plugin);
  assert.deepEqual(sent.map(({ t, targets }) => [t, targets.map(({ target, status }) => [target, status])]), [["targets", [[`${SDK}.getOAID`, "installed"]]]]);
  callFromJava(SDK, "getOAID", ["android.content.Context"], null, [null]);
  globalThis.rpc.exports.flush();
  const [event] = sent.filter(({ t }) => t === "events").flatMap(({ events }) => events);
  assert.deepEqual([event.hook, event.values], ["oaid", ["A1B2C3D4E5F60718"]]);
});

test("it says bye when it is disposed of", () => {
  sent.length = 0;
  globalThis.rpc.exports.dispose();
  assert.deepEqual(sent.map(({ t, why }) => [t, why]), [["bye", "exit"]]);
});
