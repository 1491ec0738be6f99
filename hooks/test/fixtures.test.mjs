// One fixture a hook: calls that must be seen, and at least one that must not.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { fake, pointer, sent } from "./fake/process.mjs";
import { callFromJava, define, JavaThrow, overloadOf, world } from "./fake/bridge.mjs";

const folder = new URL("./fixtures/", import.meta.url);
const source = new URL("../src/observe/", import.meta.url);
const hooks = readdirSync(source).flatMap(topic => readdirSync(new URL(`${topic}/`, source)).map(file => file.replace(/\.ts$/, "")));
const fixtures = new Map();
for (const file of readdirSync(folder)) fixtures.set(file.replace(/\.mjs$/, ""), (await import(new URL(file, folder))).default);
for (const { classes = {} } of fixtures.values()) for (const [name, signatures] of Object.entries(classes)) define(name, signatures);

await import("../build/agent.mjs");
const { init, flush } = globalThis.rpc.exports;
await init({ package: "com.example.app" });

function frameOf(name) {
  const at = name.lastIndexOf(".");
  return { className: name.slice(0, at), methodName: name.slice(at + 1), lineNumber: 7 };
}

test("every hook has a fixture and every fixture a hook", () => {
  assert.deepEqual([...fixtures.keys()].sort(), hooks.sort());
});

test("a target that failed to install is told by its reason", () => {
  const reports = sent.filter(({ t }) => t === "targets").flatMap(({ targets }) => targets);
  assert.deepEqual(reports.filter(({ status }) => status === "failed"), []);
  assert.ok(reports.some(({ hook, status, reason }) => hook === "oaid" && status === "absent" && reason === "no such class"));
  assert.ok(reports.some(({ hook, status, reason }) => hook === "imei" && status === "absent" && reason === "no such method"));
});

/** Calls the function as native code of a library would, through every listener on it. */
function callNative([name, ...args], from, returns) {
  const returnAddress = Object.assign(pointer(from === "libart.so" ? 1050 : 5000), { module: { name: from } });
  const listeners = fake.attached.get(name).map(listener => [listener, { returnAddress }]);
  for (const [listener, context] of listeners) listener.onEnter.call(context, args.map(pointer));
  for (const [listener, context] of listeners) listener.onLeave.call(context, pointer(returns));
}

function checkNative(hook, one) {
  world.backtrace = ["app.Main.onCreate"].map(frameOf);
  sent.length = 0;
  callNative(one.native, one.from ?? "libapp.so", one.returns ?? 0);
  // What the first call began goes on in others, maybe on another thread and stack.
  world.backtrace = ["java.lang.Thread.run"].map(frameOf);
  for (const more of one.then ?? []) callNative(more, one.from ?? "libapp.so", 0);
  flush();
  assert.deepEqual(sent.filter(({ t }) => t === "error"), []);
  const events = sent.filter(({ t }) => t === "events").flatMap(message => message.events).filter(event => event.hook === hook);
  if (one.event === null) return assert.deepEqual(events, []);
  assert.equal(events.length, 1);
  assert.equal(events[0].kind, "native");
  assert.equal(events[0].api, `${one.library ?? "libc.so"}.${one.native[0]}`);
  assert.equal(events[0].caller, one.from ?? "libapp.so");
  assert.deepEqual(events[0].stack, ["app.Main.onCreate:7"]);
  for (const [key, value] of Object.entries(one.event)) assert.deepEqual(events[0][key], value, key);
}

for (const [hook, { cases }] of fixtures) {
  test(`${hook} has a case that must not match`, () => assert.ok(cases.some(({ event, bye }) => event === null && bye === undefined)));
  for (const one of cases) {
    test(`${hook}: ${one.it}`, () => {
      if (one.native !== undefined) return checkNative(hook, one);
      const [className, method, types] = one.call;
      const args = one.args ?? [];
      const overload = overloadOf(className, method, types === "" ? [] : types.split(","));
      const calls = [];
      overload.state.original = function (...given) {
        calls.push({ self: this, given });
        if (one.throws !== undefined) throw new JavaThrow(one.throws);
        return one.returns;
      };
      if (one.before !== undefined) {
        const [name, before, signature, self, given, gives] = one.before;
        overloadOf(name, before, signature).state.original = () => gives;
        callFromJava(name, before, signature, self, given);
        flush();
      }
      sent.length = 0;
      world.backtrace = (one.stack ?? ["app.Main.onCreate"]).map(frameOf);
      let thrown = null;
      let returned;
      try { returned = callFromJava(className, method, types === "" ? [] : types.split(","), one.self ?? null, args); } catch (error) { thrown = error; }
      flush();

      assert.equal(calls.length, 1, "the original is called exactly once");
      calls[0].given.forEach((argument, i) => assert.equal(argument, args[i], "arguments are the same objects"));
      if (one.self !== undefined) assert.equal(calls[0].self, one.self);
      if (one.throws === undefined) {
        assert.equal(thrown, null);
        assert.equal(returned, one.returns, "what was returned is the same object");
      } else assert.equal(thrown?.object?.className, one.throws, String(thrown?.stack));

      assert.deepEqual(sent.filter(({ t }) => t === "error"), []);
      assert.equal(sent.find(({ t }) => t === "bye")?.why, one.bye);
      const events = sent.filter(({ t }) => t === "events").flatMap(message => message.events).filter(event => event.hook === hook);
      if (one.event === null) return assert.deepEqual(events, []);
      assert.equal(events.length, 1);
      const event = events[0];
      assert.equal(event.hook, hook);
      assert.equal(event.api, `${className}.${method.replace("$init", "<init>")}`);
      assert.equal(event.t, 100005);
      assert.deepEqual(event.stack, (one.stack ?? ["app.Main.onCreate"]).map(name => `${name}:7`));
      for (const [key, value] of Object.entries(one.event)) assert.deepEqual(event[key], value, key);
    });
  }
}
