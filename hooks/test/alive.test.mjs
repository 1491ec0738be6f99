// A hook that died is found, hooked once more, and told, whether that helped or not.
import assert from "node:assert/strict";
import test from "node:test";
import { fake, sent } from "./fake/process.mjs";
import { callFromJava, code, define, ENTRY, overloadOf, string } from "./fake/bridge.mjs";

const SDK = "com.heytap.openid.sdk.OpenIDSDK";
const PHONE = "android.telephony.TelephonyManager";
define("java.io.File", ["exists() boolean"]);
define(SDK, ["static getOAID(android.content.Context) java.lang.String"]);
define(PHONE, ["getImei() java.lang.String", "getMeid() java.lang.String"]);
const [oaid, imei, meid] = [[SDK, "getOAID", ["android.content.Context"]], [PHONE, "getImei", []], [PHONE, "getMeid", []]].map(one => overloadOf(...one));
const exists = overloadOf("java.io.File", "exists", []);
exists.state.original = () => true;
exists.state.lost = true;
meid.state.code = code("compiled getMeid");

await import("../build/agent.mjs");
await globalThis.rpc.exports.init({ package: "com.example.app" });

const told = () => sent.splice(0).filter(({ t }) => t === "targets").flatMap(({ targets }) => targets).filter(({ status }) => status !== "absent");
const beat = () => fake.timers.find(({ ms }) => ms === 1000).run();
const events = () => (globalThis.rpc.exports.flush(), sent.splice(0).filter(({ t }) => t === "events").flatMap(({ events }) => events));

test("a hook that a real call does not come through is told at once", () => {
  const dead = told().filter(({ status }) => status === "dead");
  assert.deepEqual(dead, [{ hook: "file-probe", target: "java.io.File.exists", status: "dead", reason: "a call of it did not come through its hook" }]);
});

test("hooks that live are no news, neither on the runtime's entry points nor on compiled code", () => {
  imei.state.code = ENTRY.interpreter;
  beat();
  assert.deepEqual(told(), []);
  assert.deepEqual([oaid, imei, meid].map(({ state }) => state.sets), [1, 1, 1]);
});

test("a class that is initialised late loses its hook: it is hooked once more, and sees the next call", () => {
  oaid.state.code = code("compiled getOAID");
  beat();
  assert.deepEqual(told().map(({ hook, target, status }) => [hook, target, status]), [["oaid", `${SDK}.getOAID`, "dead"], ["oaid", `${SDK}.getOAID`, "revived"]]);
  assert.equal(oaid.state.sets, 2);
  oaid.state.original = () => string("A1B2C3D4E5F60718");
  callFromJava(SDK, "getOAID", ["android.content.Context"], null, [null]);
  assert.deepEqual(events().map(({ hook }) => hook), ["oaid"]);
});

test("once more, not for ever: the second time it stays dead and is told once", () => {
  oaid.state.code = code("recompiled getOAID");
  beat();
  beat();
  assert.deepEqual(told().map(({ status }) => status), ["dead"]);
  assert.equal(oaid.state.sets, 2);
});

test("a hook that was taken out is dead, and the last word before a stop tells it", () => {
  imei.state.set(null);
  imei.state.set = () => { throw new Error("refused"); };
  globalThis.rpc.exports.flush();
  const [before] = sent.filter(({ t }) => t === "targets");
  assert.deepEqual(before.targets.map(({ target, status, reason }) => [target, status, reason]), [[`${PHONE}.getImei`, "dead", "its replacement was taken out"]]);
  assert.ok(sent.findIndex(({ t }) => t === "targets") < sent.findIndex(({ t }) => t === "heartbeat"));
});

test("code where there was other code is a dead hook", () => {
  sent.length = 0;
  meid.state.code = code("recompiled getMeid");
  globalThis.rpc.exports.stop();
  assert.deepEqual(told().map(({ target, status }) => [target, status]), [[`${PHONE}.getMeid`, "dead"], [`${PHONE}.getMeid`, "revived"]]);
});
