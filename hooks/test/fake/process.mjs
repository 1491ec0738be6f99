// Frida's globals, as far as the agent uses them.
export const sent = [];
export const fake = { tid: 1, sendFails: false, receivers: new Map(), timers: [], marked: new Set(), exports: new Set(["connect", "sendto", "write", "send", "getaddrinfo", "open", "openat", "ioctl", "posix_spawn", "__system_property_get", "statfs", "ASensorEventQueue_enableSensor"]), attached: new Map() };

/** Memory that holds what is given: offset -> value. */
export const at = (values, offset = 0) => ({
  isNull: () => false, add: more => at(values, offset + more), readPointer: () => values[offset] ?? NOTHING, readU32: () => values[offset], readU16: () => values[offset], readU8: () => values[offset],
  readByteArray: () => Uint8Array.from(values[offset]).buffer,
});
const NOTHING = { isNull: () => true };
const ipv4 = (...bytes) => at({ 0: 2, 4: bytes });
/** A string, a number or memory as a C function gets it. */
export const pointer = value => ({ ...(typeof value === "object" && value !== null ? value : {}), isNull: () => value === null, toUInt32: () => value >>> 0, toInt32: () => value | 0, readCString: () => String(value.text ?? value), readByteArray: length => (typeof value === "string" ? new TextEncoder().encode(value).slice(0, length).buffer : value.readByteArray(length)), compare: other => value - (other.value ?? 0), value });
export const memory = (values, text) => Object.assign(at(values), { text });
/** Two interfaces as getifaddrs() lists them: the loopback and a Wi-Fi. */
const INTERFACES = at({ 0: at({ 16: 0x1, 24: ipv4(192, 168, 7, 21) }), 16: 0x8, 24: ipv4(127, 0, 0, 1) });

class Pointer {
  readPointer() { return INTERFACES; }
  constructor() { this.bytes = []; }
  add(offset) { return { readS64: () => ({ toNumber: () => (offset === 8 ? 5_000_000 : 0) }), readU8: () => (offset === 2 ? 200 : 36), writeU8: () => fake.marked.add(offset) }; }
  /** As getsockname() fills it: IPv4, port 51236. */
  readU16() { return 2; }
  writeU32() {}
  /** As getsockopt() fills it: a stream. */
  readU32() { return 1; }
  readS64() { return { toNumber: () => 100 }; }
  readUtf16String(length) {
    const units = new Uint16Array(Uint8Array.from(this.bytes.slice(0, length * 2)).buffer);
    const text = String.fromCharCode(...units);
    if (!text.isWellFormed()) throw new Error("invalid UTF-16");
    return text.split("\0")[0];
  }
  readByteArray(length) { return Uint8Array.from(this.bytes.slice(0, length)).buffer; }
}

/** As harness/capture/wire.py unpacks it. */
function unpacked({ text }) {
  const { t, site, row, sites, stacks, rows } = JSON.parse(text);
  const named = (names, values) => Object.fromEntries(names.map((name, i) => [name, values[i]]));
  return { t, events: rows.map(([place, stack, ...own]) => ({ ...named(row, own), ...named(site, sites[place]), stack: stacks[stack] })) };
}

Object.assign(globalThis, {
  send(message, data) {
    if (fake.sendFails) throw new Error("the harness is gone");
    sent.push(data === undefined ? JSON.parse(JSON.stringify(message)) : unpacked(data));
  },
  recv(type, handler) { fake.receivers.set(type, handler); },
  rpc: { exports: {} },
  setInterval(run, ms) { fake.timers.push({ run, ms }); },
  Process: { id: 4711, pointerSize: 8, findModuleByName: name => (name === "libart.so" ? { base: Object.assign(pointer(1000), { add: more => pointer(1000 + more) }), size: 100 } : null), findModuleByAddress: address => address.module ?? null, getCurrentThreadId: () => fake.tid },
  Module: { getGlobalExportByName: () => ({}), findGlobalExportByName: name => (name.endsWith("ifaddrs") ? {} : fake.exports.has(name) ? { toString: () => name } : null) },
  /** Functions of libraries that the agent attached to: name -> its listeners. */
  Interceptor: { attach(address, callbacks) { fake.attached.set(String(address), [...(fake.attached.get(String(address)) ?? []), callbacks]); } },
  NativeCallback: class { constructor(run) { return run; } },
  // The filters in C, as they are written in guards.ts.
  CModule: class {
    constructor(source, { entered, left, marks }) {
      if (marks !== undefined) {
        this.onEnter = function ([descriptor, bytes, length]) { this.wanted = fake.marked.delete(descriptor.toInt32()); if (this.wanted) entered(descriptor, bytes, length, this.returnAddress); };
        this.onLeave = function (returned) { if (this.wanted) left(returned, this.returnAddress); };
        return;
      }
      const wanted = path => path.startsWith("/sys/") || (path.startsWith("/proc/") && !path.startsWith("/proc/self/"));
      const pathAt = Number(/get_nth_argument \(ic, (\d)\)/.exec(source)[1]);
      this.onEnter = function (args) { if (wanted(args[pathAt].readCString())) { this.wanted = true; entered(args[pathAt], this.returnAddress); } };
      this.onLeave = function (returned) { if (this.wanted) left(returned, this.returnAddress); };
    }
  },
  Memory: { alloc: () => new Pointer(), allocUtf8String: text => ({ readByteArray: () => ({ text }) }) },
  NativeFunction: class { constructor(address) { return globalThis.jni?.[address.slot] ?? (() => 0); } },
  weak: [],
  Script: { bindWeak(_value, collect) { weak.push(collect); } },
});
