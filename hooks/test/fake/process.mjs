// Frida's globals, as far as the agent uses them.
export const sent = [];
export const fake = { tid: 1, sendFails: false, receivers: new Map(), timers: [] };

class Pointer {
  constructor() { this.bytes = []; }
  add(offset) { return { readS64: () => ({ toNumber: () => (offset === 8 ? 5_000_000 : 0) }) }; }
  readS64() { return { toNumber: () => 100 }; }
  readUtf16String(length) {
    const units = new Uint16Array(Uint8Array.from(this.bytes.slice(0, length * 2)).buffer);
    const text = String.fromCharCode(...units);
    if (!text.isWellFormed()) throw new Error("invalid UTF-16");
    return text.split("\0")[0];
  }
  readByteArray(length) { return Uint8Array.from(this.bytes.slice(0, length)).buffer; }
}

Object.assign(globalThis, {
  send(message) {
    if (fake.sendFails) throw new Error("the harness is gone");
    sent.push(JSON.parse(JSON.stringify(message)));
  },
  recv(type, handler) { fake.receivers.set(type, handler); },
  rpc: { exports: {} },
  setInterval(run, ms) { fake.timers.push({ run, ms }); },
  Process: { id: 4711, pointerSize: 8, findModuleByName: () => null, getCurrentThreadId: () => fake.tid },
  Module: { getGlobalExportByName: () => ({}) },
  Memory: { alloc: () => new Pointer() },
  NativeFunction: class { constructor(address) { return globalThis.jni?.[address.slot] ?? (() => 0); } },
  Script: { bindWeak() {} },
});
