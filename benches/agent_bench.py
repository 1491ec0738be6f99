"""What the agent costs an app on the twin's JVM, in ratios measured in one run.

Startup: until the first line of the app, with the agent and without. A hooked call: CPU time of the caller
for one `Location.getLatitude()`, against the same call unhooked and against an agent of the usual kind, which
sends each event by itself. Throughput: events a second that reach Python, with none missing.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frida

from harness.capture.agent_build import SOURCES, write_generated
from harness.capture.agent_data import agent_source
from harness.capture.wire import unpacked
from harness.twin.framework import framework_jar, java_path
from harness.twin.processes import FLAGS

STARTS = 7
CALLS = 20_000

APP = """
public final class Bench {
  static final android.location.Location PLACE = new android.location.Location("gps");
  static double read(int depth) { return depth == 0 ? PLACE.getLatitude() : read(depth - 1); }
  public static void main(String[] a) throws Throwable {
    System.out.println("ready"); System.out.flush();
    var in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
    String[] order = in.readLine().split(" ");
    System.out.println("first"); System.out.flush();
    int threads = Integer.parseInt(order[0]), calls = Integer.parseInt(order[1]);
    double[] micros = new double[threads];
    Thread[] all = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int slot = i;
      all[i] = new Thread(() -> {
        var clock = java.lang.management.ManagementFactory.getThreadMXBean();
        for (int j = 0; j < calls / 10; j++) read(8);
        long before = clock.getCurrentThreadCpuTime();
        for (int j = 0; j < calls; j++) read(8);
        micros[slot] = (clock.getCurrentThreadCpuTime() - before) / 1000.0 / calls;
      });
    }
    for (Thread thread : all) thread.start();
    for (Thread thread : all) thread.join();
    System.out.println(java.util.Arrays.stream(micros).average().getAsDouble()); System.out.flush();
    System.exit(0);
  }
}
"""

USUAL_AGENT = """
import Java from "frida-java-bridge";
rpc.exports = {
  async init(options: { stack: boolean }): Promise<void> {
    Java.performNow(() => {
      const loader = Java.use("java.lang.ClassLoader").getSystemClassLoader();
      const link = (name: string): any => {
        const Class = Java.use("java.lang.Class");
        Class.forName.overload("java.lang.String", "boolean", "java.lang.ClassLoader")
          .call(Class, name, false, loader).getDeclaredMethods();
        return Java.ClassFactory.get(loader).use(name);
      };
      const trace = link("twin.Trace");
      const clock = link("android.os.SystemClock");
      const method = link("android.location.Location").getLatitude;
      method.implementation = function (this: any) {
        const found = method.call(this);
        const stack = options.stack ? trace.viaThrowable(64).split("\\n") : [];
        send({ t: clock.elapsedRealtimeNanos().toNumber(), api: "getLatitude", value: String(found), stack });
        return found;
      };
    });
    await new Promise<void>(done => setTimeout(() => {
      Java.performNow(() => { (Java.vm as any).getEnv().exceptionOccurred(); });
      done();
    }, 0));
  },
};
"""


class Measured:
    """One run of the app; with `agent` text, hooked before its first line."""

    def __init__(self, classes: Path, agent: str | None, options: dict[str, Any], order: str) -> None:
        self.events = 0
        self.numbers_are_contiguous = True
        self.first_event = self.last_event = 0.0
        started = time.perf_counter()
        with _app(classes) as app:
            script = self._hook(app, agent, options) if agent is not None else None
            _tell(app, order)
            _expect(app, "first")
            self.startup_s = time.perf_counter() - started
            self.call_us = float(_line(app))
            app.wait(timeout=60)
            if script is not None:
                _wait_until_quiet(self)

    def _hook(self, app: subprocess.Popen[str], agent: str, options: dict[str, Any]) -> Any:
        session = frida.attach(app.pid)
        script = session.create_script(agent)
        script.on("message", lambda message, data: self._take(script, message, data))
        script.load()
        script.exports_sync.init(options)
        return script

    def _take(self, script: Any, message: dict[str, Any], data: bytes | None) -> None:
        payload = message.get("payload", {})
        if data is None and "api" not in payload:
            return
        if data is not None:
            for event in unpacked(data)["events"]:
                self.numbers_are_contiguous &= event["seq"] == self.events + 1
                self.events += 1
            script.post({"type": "ack", "count": 1})
        else:
            self.events += 1
        self.last_event = time.perf_counter()
        self.first_event = self.first_event or self.last_event

    @property
    def per_second(self) -> float:
        return self.events / (self.last_event - self.first_event)


@contextmanager
def _app(classes: Path) -> Iterator[subprocess.Popen[str]]:
    command = [str(java_path()), *FLAGS, "-cp", f"{framework_jar()}:{classes}", "Bench"]
    app = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _expect(app, "ready")
        yield app
    finally:
        app.kill()
        app.wait()


def _tell(app: subprocess.Popen[str], order: str) -> None:
    assert app.stdin is not None
    app.stdin.write(order + "\n")
    app.stdin.flush()


def _line(app: subprocess.Popen[str]) -> str:
    assert app.stdout is not None
    return app.stdout.readline().strip()


def _expect(app: subprocess.Popen[str], word: str) -> None:
    found = _line(app)
    if found != word:
        raise RuntimeError(f"the app said {found!r} and not {word!r}")


def _wait_until_quiet(measured: Measured) -> None:
    seen = -1
    while seen != measured.events:
        seen = measured.events
        time.sleep(0.3)


def usual_agent() -> str:
    path = SOURCES / "build" / "usual.ts"
    path.write_text(USUAL_AGENT)
    try:
        compiler = frida.Compiler()
        return str(
            compiler.build(
                "build/usual.ts", project_root=str(SOURCES), compression="terser", source_maps="omitted"
            )
        )
    finally:
        path.unlink()


def without_stacks() -> str:
    """Our agent, except that it takes no stack of a call: what the stack costs is the difference."""
    with tempfile.TemporaryDirectory(prefix="harness-bench-") as folder:
        copy = Path(folder) / "hooks"
        shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules", "build"))
        (copy / "node_modules").symlink_to(SOURCES / "node_modules")
        path = copy / "src" / "lib" / "observe.ts"
        text = path.read_text()
        if text.count("frames ??= stack();") != 1:
            raise RuntimeError("observe.ts takes the stack in another way now; adapt the bench")
        path.write_text(text.replace("frames ??= stack();", "frames ??= [];"))
        write_generated(copy)
        return str(
            frida.Compiler().build(
                "src/index.ts", project_root=str(copy), compression="terser", source_maps="omitted",
                type_check="none",
            )
        )  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="harness-bench-") as folder:
        source = Path(folder) / "Bench.java"
        source.write_text(APP)
        subprocess.run(["javac", "-cp", str(framework_jar()), "-d", folder, str(source)], check=True)
        _report(Path(folder))


def _report(classes: Path) -> None:
    ours, usual = agent_source(), usual_agent()
    init = {"package": "bench"}
    bare = [Measured(classes, None, {}, "1 1").startup_s for _ in range(STARTS)]
    hooked = [Measured(classes, ours, init, "1 1").startup_s for _ in range(STARTS)]
    added = statistics.median(hooked) - statistics.median(bare)
    print(f"app start      without {statistics.median(bare):.2f} s, with {statistics.median(hooked):.2f} s")
    print(f"               added   {added:.2f} s median (worst {max(hooked) - min(bare):.2f} s; bar 0.50)")
    plain = Measured(classes, None, {}, f"1 {CALLS * 50}").call_us
    with_ours = Measured(classes, ours, init, f"1 {CALLS}")
    bare_ours = Measured(classes, without_stacks(), init, f"1 {CALLS}")
    with_usual = Measured(classes, usual, {"stack": True}, f"1 {CALLS}")
    bare_usual = Measured(classes, usual, {"stack": False}, f"1 {CALLS}")
    print(f"one call       unhooked {plain:.3f} us")
    for what, mine, other, bar in (
        ("value, time", bare_ours, bare_usual, 30),
        ("and stack", with_ours, with_usual, 60),
    ):
        times, ratio = mine.call_us / plain, other.call_us / mine.call_us
        print(f"  {what:12} ours {mine.call_us:.1f} us (bar {bar}; {times:,.0f} times unhooked)")
        print(f"               a send per event {other.call_us:.1f} us: {ratio:.2f} times ours")
    for threads in (1, 4, 16):
        flood = Measured(classes, ours, init, f"{threads} {4 * CALLS // threads}")
        expected = 4 * CALLS // threads * threads * 11 // 10
        lost = (
            "none lost"
            if flood.events == expected and flood.numbers_are_contiguous
            else f"{expected - flood.events} NOT received"
        )
        print(f"{threads:2} threads     {flood.per_second:,.0f} events/s, {lost}")
    print(f"               a send per event: {with_usual.per_second:,.0f} events/s (bar for ours: 45,000)")


if __name__ == "__main__":
    main()
