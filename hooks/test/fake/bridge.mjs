// A small Java in JavaScript, as far as the agent can see of one through the bridge on ART.
// Objects are JavaObject; references are handles, so that identity and left-over global references can be checked.

class Handle {
  constructor(object, kind) { this.object = object; this.kind = kind; this.deleted = false; }
  isNull() { return this.object === null; }
}
globalThis.NULL = new Handle(null, "null");

export class JavaObject {
  constructor(className, { fields = {}, methods = {}, isA = [], items = null, chars = null, bytes = null } = {}) {
    Object.assign(this, { className, fields, methods, isA, items, chars, bytes });
  }
}
export const string = chars => new JavaObject("java.lang.String", { chars, isA: ["java.lang.CharSequence"], methods: { toString() { return this; } } });
export const object = (className, parts) => new JavaObject(className, parts);
export const list = (...items) => new JavaObject("java.util.ArrayList", { items, isA: ["java.util.Collection"], methods: { size: () => items.length, toArray: () => array("java.lang.Object", ...items) } });
export const array = (elementClass, ...items) => new JavaObject(`[L${elementClass};`, { items });
export const bytes = (...values) => new JavaObject("[B", { bytes: values, items: values });

export const uri = text => new JavaObject("android.net.Uri$StringUri", { methods: { toString: () => string(text) } });
/** A cursor that must not be moved. */
export const cursor = rows => new JavaObject("android.content.ContentResolver$CursorWrapperInner", { isA: ["android.database.Cursor"], methods: { getCount: () => rows } });
export const packages = (...names) => list(...names.map(name => object("android.content.pm.PackageInfo", { fields: { packageName: string(name) } })));
export const editor = path => object("android.app.SharedPreferencesImpl$EditorImpl", { fields: { this$0: object("android.app.SharedPreferencesImpl", { fields: { mFile: object("java.io.File", { methods: { getName: () => string(path.split("/").pop()) } }) } }) } });

/** What a Java method throws. `toString` must never be called: that would be app code run by us. */
export class JavaThrow extends Error {
  constructor(className) { super(className); this.object = new JavaObject(className, { methods: { toString() { throw new Error("an exception's toString() was called"); } } }); }
}

/** `loaders`: which classes a loader brings itself, by the loader. */
export const world = { classes: new Map(), loaders: new Map(), globals: new Set(), backtrace: [{ className: "app.Main", methodName: "onCreate", lineNumber: 7 }], nextTick: [] };

/** "static getString(java.lang.String,int) java.lang.String" */
export function define(className, signatures = []) {
  const defined = world.classes.get(className) ?? { name: className, methods: new Map() };
  world.classes.set(className, defined);
  for (const signature of signatures) {
    const [, modifier, name, types, returns] = /^(static |abstract )?([\w$]+)\((.*?)\) (\S+)$/.exec(signature);
    const overloads = defined.methods.get(name) ?? [];
    const argumentTypes = types === "" ? [] : types.split(",");
    if (overloads.some(overload => overload.argumentTypes.map(type => type.className).join() === argumentTypes.join())) continue;
    overloads.push(makeOverload(defined, name, modifier, argumentTypes, returns));
    defined.methods.set(name, overloads);
  }
}

/** An address of code; `entry`: one of the runtime's own entry points. */
export const code = (name, entry = false) => ({ name, entry, equals: other => other.name === name });
export const ENTRY = { jni: code("jni", true), interpreter: code("interpreter", true), resolution: code("resolution", true), conflict: code("conflict", true) };
/** A method of ART, as far as its entry point goes: the fourth word of it. */
const method = entry => ({ add: at => ({ readPointer: () => (at === 24 ? entry() : code(`word ${at}`)) }) });

const PRIMITIVES = new Set(["int", "long", "boolean", "float", "double", "void", "byte", "char"]);
function typeOf(className) {
  if (PRIMITIVES.has(className)) return { className, type: className, isCompatible: () => true, fromJni: value => value, toJni: value => value };
  return {
    className, type: "pointer", isCompatible: value => value === null || typeof value === "string" || value.$h !== undefined,
    fromJni: handle => (handle.isNull() ? null : handle.object.chars !== null ? handle.object.chars : instance(handle)),
    toJni: value => (value === null ? NULL : typeof value === "string" ? new Handle(string(value), "local") : value.$h),
  };
}
const toHandle = (type, value) => (type.type !== "pointer" ? value : value === null || value === undefined ? NULL : new Handle(value, "local"));

function makeOverload(holder, name, modifier, argumentNames, returns) {
  const state = { replacement: null, original: () => null };
  const overload = function (...args) { return overload.apply(this, args); };
  overload._p = [name, holder, modifier === "static " ? 2 : 3, null, typeOf(returns), argumentNames.map(typeOf), null, null];
  Object.defineProperties(overload, {
    state: { value: state },
    handle: { value: { isAbstract: modifier === "abstract " } },
    type: { get: () => overload._p[2] },
    argumentTypes: { get: () => overload._p[5] },
    returnType: { get: () => overload._p[4] },
    implementation: { get: () => state.replacement, set(value) { state.set(value); } },
    // What the bridge keeps of a replacement: the method on ART, its copy, and the threads that are in it.
    _r: { get: () => state.kept },
  });
  state.set = value => {
    state.replacement = value;
    if (value === null) state.kept = undefined;
    else {
      state.code ??= ENTRY.resolution;
      state.kept = { _c: new Set(), _m: { interceptor: state.code.entry ? null : { quickCode: state.code }, hookedMethodId: method(() => state.code), replacementMethodId: method(() => ENTRY.jni) } };
    }
    state.sets = (state.sets ?? 0) + 1;
  };
  const invoke = (self, args) => {
    const javaArguments = args.map((argument, i) => { const raw = overload._p[5][i].toJni(argument); return raw instanceof Handle ? raw.object : raw; });
    let returned = null;
    try { returned = state.original.apply(self, javaArguments); } catch (thrown) {
      if (!(thrown instanceof JavaThrow)) throw thrown;
      env.pending = thrown.object;
      env.throwIfExceptionPending();
    }
    return overload._p[4].fromJni(toHandle(overload._p[4], returned), env, true);
  };
  overload.apply = (self, args) => invoke(self?.$h?.object ?? null, args);
  overload.call = (self, ...args) => invoke(self?.$h?.object ?? null, args);
  return overload;
}

/** What the app does: call a method, through its replacement if there is one. Returns what Java would return. */
export function callFromJava(className, name, types, self, args) {
  const overload = world.classes.get(className).methods.get(name).find(found => found.argumentTypes.map(type => type.className).join() === types.join());
  const replacement = overload.state.replacement;
  if (replacement === null) return overload.state.original.apply(self, args);
  const owned = args.map((argument, i) => overload.argumentTypes[i].fromJni(toHandle(overload.argumentTypes[i], argument), env, false));
  const receiver = overload.type === 2 ? classWrapper(className) : instance(new Handle(self, "local"));
  const live = world.globals.size;
  try {
    overload._r?._c.add(1);
    const returned = replacement.apply(receiver, owned);
    const raw = overload.returnType.toJni(returned);
    owned.push(returned);
    return raw instanceof Handle ? raw.object : raw;
  } catch (error) {
    if (error?.$h === undefined) throw new Error(`the app would see a default value: ${error}`);
    env.deleteGlobalRef(error.$h);
    const thrown = new JavaThrow(error.$h.object.className);
    thrown.object = error.$h.object;
    throw thrown;
  } finally {
    for (const value of owned) value?.$dispose?.();
    // What an exception that nobody throws on holds is given back when it is collected: here, at once.
    for (const collect of globalThis.weak.splice(0)) collect();
    if (world.globals.size !== live) throw new Error("global references were left over");
  }
}
export const overloadOf = (className, name, types) => world.classes.get(className).methods.get(name).find(found => found.argumentTypes.map(type => type.className).join() === types.join());

function dispatcher(className, name) {
  const overloads = world.classes.get(className).methods.get(name);
  if (overloads === undefined) return undefined;
  return { overloads, overload: (...types) => overloadOf(className, name, types) };
}

const brings = (loader, className) => world.loaders.get(loader.$h.object)?.includes(className) ?? false;
const wrappers = new Map();
function classWrapper(className) {
  if (!world.classes.has(className)) throw Object.assign(new Error(`java.lang.ClassNotFoundException: ${className}`));
  if (!wrappers.has(className)) {
    const fixed = {
      $n: className, $new: () => instance(new Handle(object(className), "local")), $f: { cast: handle => { if (!isInstance(handle.object, className)) throw new Error(`${handle.object.className} is no ${className}`); return instance(handle); } },
      $borrowClassHandle: () => ({ value: new Handle(className, "class"), unref() {} }),
      class: { getClassLoader: () => (className.startsWith("android.") || className.startsWith("java.") ? null : { $className: "dalvik.system.PathClassLoader", $isSameObject: loader => brings(loader, className) }) },
    };
    wrappers.set(className, new Proxy(fixed, { get: (target, key) => (Object.hasOwn(target, key) ? target[key] : typeof key === "string" ? dispatcher(className, key) : undefined) }));
  }
  return wrappers.get(className);
}

/** What JNI calls by a method's id: through its replacement, while its entry point leads there. */
function callById(handle, id) {
  for (const [className, { methods }] of world.classes) {
    for (const [name, overloads] of methods) {
      for (const overload of overloads) if (overload.handle === id) return overload.state.lost === true ? overload.state.original.apply(handle.object, []) : callFromJava(className, name, [], handle.object, []);
    }
  }
  throw new Error("no such method");
}

const plain = value => (value instanceof JavaObject ? (value.chars !== null ? value.chars : instance(new Handle(value, "local"))) : value);
function instance(handle) {
  const held = handle.object;
  return new Proxy({ $h: handle, $className: held?.className }, {
    get(target, key) {
      if (key in target) return target[key];
      if (held.methods[key] !== undefined) return (...args) => plain(held.methods[key].apply(held, args));
      if (Object.hasOwn(held.fields, key)) return { value: plain(held.fields[key]) };
      return undefined;
    },
  });
}

const isInstance = (held, className) => className === "java.lang.Object" || held.className === className || held.isA.includes(className);
const check = handle => { if (handle.deleted) throw new Error("a deleted reference was used"); return handle.object; };

const env = new (class Environment {
  pending = null;
  vm = { makeHandleDestructor: handle => () => { handle.deleted = true; world.globals.delete(handle); } };
  isInstanceOf(handle, klass) { return isInstance(check(handle), klass.object); }
  javaLangString() { return { handle: new Handle("java.lang.String", "class") }; }
  handle = { readPointer: () => ({ add: offset => ({ readPointer: () => ({ slot: offset / 8 }) }) }) };
  newGlobalRef(handle) { const made = new Handle(check(handle), "global"); world.globals.add(made); return made; }
  deleteGlobalRef(handle) { check(handle); handle.deleted = true; world.globals.delete(handle); }
  deleteLocalRef(handle) { handle.deleted = true; }
  getObjectClassName(handle) { return check(handle).className; }
  getArrayLength(handle) { return check(handle).items.length; }
  getObjectArrayElement(handle, i) { const item = check(handle).items[i]; return item === null ? NULL : new Handle(item, "local"); }
  getByteArrayRegion(handle, start, length, buffer) { buffer.bytes = check(handle).bytes.slice(start, start + length); }
  toReflectedMethod(_klass, id) { return new Handle(object("java.lang.reflect.Method", { methods: { getModifiers: () => (id.isAbstract ? 0x400 : 1) } }), "local"); }
  exceptionOccurred() { return this.pending === null ? NULL : new Handle(this.pending, "local"); }
  exceptionClear() { this.pending = null; }
  vaMethod() { return (_env, handle, id) => callById(handle, id); }
  throwIfExceptionPending() { throw new Error("the bridge's own exception handling was not replaced"); }
})();

// The JNI functions that the agent calls by their position in the table.
globalThis.jni = {
  32: (_env, handle, klass) => (isInstance(check(handle), klass.object) ? 1 : 0),
  24: (_env, one, other) => (check(one) === check(other) ? 1 : 0),
  226: (_env, handle) => new Handle(check(handle), "weak"),
  227: () => undefined,
  164: (_env, handle) => check(handle).chars.length,
  220: (_env, handle, start, length, buffer) => {
    const units = Uint16Array.from({ length }, (_, i) => check(handle).chars.charCodeAt(start + i));
    buffer.bytes = new Uint8Array(units.buffer);
  },
};

// The methods that the agent calls on objects of any class go to the object itself.
define("java.lang.Object", ["toString() java.lang.String"]);
define("java.util.Collection", ["toArray() [Ljava.lang.Object;"]);
define("dalvik.system.BaseDexClassLoader", ["$init(java.lang.String,java.lang.ClassLoader) void"]);
define("java.lang.String");
define("java.lang.reflect.Method");
overloadOf("java.lang.Object", "toString", []).state.original = function () { return this.methods.toString.call(this); };
overloadOf("java.util.Collection", "toArray", []).state.original = function () { return this.methods.toArray(); };

export default {
  available: true,
  api: { artClassLinker: { quickGenericJniTrampoline: ENTRY.jni, quickToInterpreterBridgeTrampoline: ENTRY.interpreter, quickResolutionTrampoline: ENTRY.resolution, quickImtConflictTrampoline: ENTRY.conflict }, artQuickGenericJniTrampoline: ENTRY.jni, artQuickToInterpreterBridge: ENTRY.interpreter, artQuickResolutionTrampoline: ENTRY.resolution },
  vm: { getEnv: () => env, tryGetEnv: () => env },
  use: name => (name === "java.lang.Class" ? { forName() {} } : classWrapper(name)),
  retain: held => held,
  ClassFactory: { get: loader => ({ use: name => (brings(loader, name) ? classWrapper(name) : classWrapper(`no such class ${name}`)) }) },
  perform: run => run(),
  performNow: run => run(),
  backtrace: () => ({ frames: world.backtrace }),
};
