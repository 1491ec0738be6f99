// Interveners over the fake bridge: what the app gets is changed, only where it should be, and each change is told.
import test from "node:test";
import assert from "node:assert/strict";
import { sent } from "./fake/process.mjs";
import { array, callFromJava, define, JavaThrow, object, overloadOf, string } from "./fake/bridge.mjs";

const X509 = "java.security.cert.X509Certificate";
const CHAIN = `[L${X509};`;
globalThis.Int64 ??= class { constructor(value) { this.value = value; } };
define("java.util.Arrays", ["static asList([Ljava.lang.Object;) java.util.List"]);
overloadOf("java.util.Arrays", "asList", ["[Ljava.lang.Object;"]).state.original = given => object("java.util.Arrays$ArrayList", { items: given.items, isA: ["java.util.Collection"] });
for (const name of ["java.security.cert.CertificateException", "javax.net.ssl.SSLException", "java.io.IOException", "android.content.pm.PackageManager$NameNotFoundException", "android.view.WindowManager$LayoutParams"]) define(name);
define("android.net.http.X509TrustManagerExtensions", [`checkServerTrusted(${CHAIN},java.lang.String,java.lang.String) java.util.List`]);
define("okhttp3.CertificatePinner", ["check(java.lang.String,java.util.List) void"]);
define("com.android.org.conscrypt.Platform", [`static checkServerTrusted(javax.net.ssl.X509TrustManager,${CHAIN},java.lang.String,com.android.org.conscrypt.ConscryptEngine) void`]);
define("android.webkit.SslErrorHandler", ["cancel() void", "proceed() void"]);
define("java.io.File", ["exists() boolean", "length() long"]);
define("java.lang.ProcessBuilder", ["start() java.lang.Process"]);
define("android.app.ApplicationPackageManager", ["getPackageInfo(java.lang.String,int) android.content.pm.PackageInfo"]);
define("android.view.Window", ["setFlags(int,int) void", "setAttributes(android.view.WindowManager$LayoutParams) void"]);

await import("../build/agent.mjs");
const { init, flush } = globalThis.rpc.exports;

class Refusal extends JavaThrow {
  constructor(className, parent) {
    super(className);
    this.object.isA.push(parent);
  }
}

function run(className, name, types, original, self, ...args) {
  overloadOf(className, name, types).state.original = original;
  sent.length = 0;
  try {
    return callFromJava(className, name, types, self, args);
  } finally {
    flush();
  }
}
const told = () => sent.filter(({ t }) => t === "events").flatMap(({ events }) => events).filter(({ kind }) => kind === "context").map(({ hook, args }) => [hook, ...args]);
const errors = () => sent.filter(({ t }) => t === "error");

test("an intervener that nobody knows is refused", async () => {
  await assert.rejects(init({ package: "com.example.app", interveners: ["no-such"] }), /no intervener is called no-such/);
});

test("what a check refuses is accepted, with the chain it was given", async () => {
  await init({ package: "com.example.app", interveners: ["tls-unpin", "root-hide", "flag-secure"] });
  const given = array(X509, object(X509));
  const types = [CHAIN, "java.lang.String", "java.lang.String"];
  const refuse = () => { throw new Refusal("java.security.cert.CertPathException", "java.security.cert.CertificateException"); };
  const trusted = run("android.net.http.X509TrustManagerExtensions", "checkServerTrusted", types, refuse, object("x"), given, string("RSA"), string("a.example"));
  assert.equal(trusted.items[0], given.items[0]);
  assert.deepEqual(told(), [["tls-unpin", "accepted a certificate that was refused: java.security.cert.CertPathException"]]);
});

test("a pin that does not match is passed over, in OkHttp and in Conscrypt", () => {
  const pin = () => { throw new Refusal("javax.net.ssl.SSLPeerUnverifiedException", "javax.net.ssl.SSLException"); };
  run("okhttp3.CertificatePinner", "check", ["java.lang.String", "java.util.List"], pin, object("okhttp3.CertificatePinner"), string("a.example"), object("java.util.ArrayList"));
  assert.equal(told().length, 1);
  const types = ["javax.net.ssl.X509TrustManager", CHAIN, "java.lang.String", "com.android.org.conscrypt.ConscryptEngine"];
  run("com.android.org.conscrypt.Platform", "checkServerTrusted", types, pin, null, object("t"), array(X509), string("RSA"), object("e"));
  assert.equal(told().length, 1);
});

test("a check that is content says nothing, and any other exception is the app's", () => {
  const types = ["java.lang.String", "java.util.List"];
  run("okhttp3.CertificatePinner", "check", types, () => undefined, object("okhttp3.CertificatePinner"), string("a"), object("java.util.ArrayList"));
  assert.deepEqual(told(), []);
  assert.throws(() => run("okhttp3.CertificatePinner", "check", types, () => { throw new JavaThrow("java.lang.IllegalStateException"); }, object("okhttp3.CertificatePinner"), string("a"), object("java.util.ArrayList")), error => error.object.className === "java.lang.IllegalStateException");
  assert.deepEqual(told(), []);
});

test("a page whose certificate the app refuses goes on", () => {
  let went = 0;
  const handler = object("android.webkit.SslErrorHandler", { methods: { proceed: () => { went++; } } });
  run("android.webkit.SslErrorHandler", "cancel", [], () => assert.fail("cancelled"), handler);
  assert.equal(went, 1);
  assert.equal(told().length, 1);
});

const file = path => object("java.io.File", { methods: { getPath: () => string(path) } });

test("files of a rooted phone are not there, other files are", () => {
  for (const path of ["/system/xbin/su", "/sbin/.magisk", "/data/adb/modules/x", "/system/app/Superuser.apk"]) {
    assert.equal(run("java.io.File", "exists", [], () => true, file(path)), false, path);
    assert.deepEqual(told(), [["root-hide", `hid the file ${path}`]]);
  }
  for (const path of ["/system/bin/sum", "/sdcard/super", "/data/data/com.example.app/su/notes.txt"]) {
    assert.equal(run("java.io.File", "exists", [], () => true, file(path)), true, path);
    assert.deepEqual(told(), []);
  }
  assert.deepEqual(errors(), []);
});

test("FLAG_SECURE is taken off, other flags pass", () => {
  const passed = [];
  const original = (...args) => { passed.push(args); };
  run("android.view.Window", "setFlags", ["int", "int"], original, object("w"), 0x2080, 0x2080);
  assert.deepEqual(told(), [["flag-secure", "a window wanted to be kept off screenshots"]]);
  run("android.view.Window", "setFlags", ["int", "int"], original, object("w"), 0x80, 0x2080);
  assert.deepEqual(told(), []);
  assert.deepEqual(passed, [[0x80, 0x2080], [0x80, 0x2080]]);
  assert.deepEqual(errors(), []);
});
