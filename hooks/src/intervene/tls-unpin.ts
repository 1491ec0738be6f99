/** Certificate checks of the platform, of OkHttp and of WebView: what they refuse is accepted, so that the proxy can read the traffic */
import { Ref, passRaw, type Value } from "../lib/ref.js";
import { across, defineHook, type Target } from "../lib/hook.js";
import { use } from "../lib/classes.js";
import type { Alter, Altered } from "../lib/alter.js";
import type { Wrapper } from "../lib/bridge.js";

/** What a check throws when it does not like a certificate. */
const REFUSALS = ["java.security.cert.CertificateException", "javax.net.ssl.SSLException"];
const CERTIFICATES = "[Ljava.security.cert.X509Certificate;";

let asList: Wrapper = null;

function prepare(): void {
  for (const name of REFUSALS) use(name);
  asList = passRaw(use("java.util.Arrays").asList.overload("[Ljava.lang.Object;"));
}

function refused(error: unknown): Ref | null {
  const handle = (error as { $h?: NativePointer } | null)?.$h;
  if (handle === undefined) return null;
  const thrown = new Ref(handle, false);
  return REFUSALS.some(name => thrown.isA(name)) ? thrown : null;
}

/** The check runs as it is. When it refuses, it has accepted: a check that gives back a chain gives the one it got. */
function accept(gives: (call: Altered) => Value): Alter {
  return call => {
    try {
      return call.proceed();
    } catch (error) {
      const thrown = refused(error);
      if (thrown === null) throw error;
      call.tell(`accepted a certificate that was refused: ${thrown.className}`);
      return gives(call);
    }
  };
}

const nothing = accept(() => undefined);
const chain = accept(({ args }) => asList.call(use("java.util.Arrays"), args.find(one => one instanceof Ref && one.className === CERTIFICATES) ?? null));

/** The platform's own Conscrypt, the one an app brings along, and that of Google's services. */
const CONSCRYPT = ["com.android.org.conscrypt", "org.conscrypt", "com.google.android.gms.org.conscrypt"];
const OKHTTP = ["okhttp3", "com.squareup.okhttp", "com.android.okhttp"];

/** Whether a method gives back a chain differs between overloads, so each is named. */
function trustManager(name: string, prefix: string, socket: string): Target[] {
  return [
    { class: name, method: "checkServerTrusted", overload: [CERTIFICATES, "java.lang.String"], alter: nothing },
    { class: name, method: "checkServerTrusted", overload: [CERTIFICATES, "java.lang.String", "java.net.Socket"], alter: nothing },
    { class: name, method: "checkServerTrusted", overload: [CERTIFICATES, "java.lang.String", "javax.net.ssl.SSLEngine"], alter: nothing },
    { class: name, method: "checkServerTrusted", overload: [CERTIFICATES, "java.lang.String", "java.lang.String"], alter: chain },
    ...(prefix === "" ? [] : [
      { class: name, method: "checkServerTrusted", overload: [CERTIFICATES, "java.lang.String", `${prefix}.${socket}`], alter: chain },
      ...across([name], ["getTrustedChainForServer"], { alter: chain }),
    ]),
  ];
}

export default defineHook({
  id: "tls-unpin", kind: "context", dataType: "other", prepare,
  targets: [
    // Every handshake of Conscrypt asks the app's own trust manager through here.
    ...across(CONSCRYPT.map(prefix => `${prefix}.Platform`), ["checkServerTrusted"], { alter: nothing }),
    ...CONSCRYPT.flatMap(prefix => trustManager(`${prefix}.TrustManagerImpl`, prefix, "AbstractConscryptSocket")),
    // Network security configuration: its pins, and its choice of certificate stores.
    { class: "android.security.net.config.NetworkSecurityTrustManager", method: "checkPins", alter: nothing },
    ...trustManager("android.security.net.config.NetworkSecurityTrustManager", "", ""),
    ...trustManager("android.security.net.config.RootTrustManager", "", ""),
    { class: "android.net.http.X509TrustManagerExtensions", method: "checkServerTrusted", alter: chain },
    ...across(OKHTTP.map(prefix => `${prefix}.CertificatePinner`), ["check", "check$okhttp"], { alter: nothing }),
    // A WebView page: the app's own answer comes through the handler.
    {
      class: "android.webkit.SslErrorHandler", method: "cancel",
      alter: ({ self, tell }) => {
        tell("went on with a page whose certificate was refused");
        self!.as("android.webkit.SslErrorHandler").proceed();
        return undefined;
      },
    },
    {
      class: "android.webkit.WebViewClient", method: "onReceivedSslError",
      alter: ({ args, tell }) => {
        tell("went on with a page whose certificate was refused");
        (args[1] as Ref).as("android.webkit.SslErrorHandler").proceed();
        return undefined;
      },
    },
    // The same two doors in the JVM of the twin.
    ...across(["sun.security.ssl.AbstractTrustManagerWrapper", "sun.security.ssl.X509TrustManagerImpl"], ["checkServerTrusted"], { alter: nothing }),
  ],
});
