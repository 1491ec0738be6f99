"""What the agent costs an app on the twin's JVM, in ratios measured in one run.

Startup: until the first line of the app, with the agent and without, and the processor time of it. A hooked call:
processor time of the caller for one `Location.getLatitude()`, against the same call unhooked, against a hook that
does nothing, and against an agent of the usual kind, which sends each event by itself. Throughput: events a second
that are checked and written down by the harness, with none missing.

Other work on the machine makes wall times longer and processor times somewhat: everything is measured in rounds
that take turns, the median counts for the start and the best round for the rest, and the load is told.
"""

from __future__ import annotations

import os
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
from harness.capture.messages import MESSAGE
from harness.capture.wire import unpacked
from harness.model.run_folder import HOOKS, RunFolder
from harness.twin.framework import framework_jar, java_path
from harness.twin.processes import FLAGS

STARTS = 9
ROUNDS = 3
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
    in.readLine();
    System.exit(0);
  }
}
"""

USUAL_AGENT = """
import Java from "frida-java-bridge";
rpc.exports = {
  async init(options: { stack: boolean; empty?: boolean }): Promise<void> {
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
      const nothing = function (this: any) { return method.call(this); };
      method.implementation = options.empty ? nothing : function (this: any) {
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
    """One run of the app; with `agent` text, hooked before its first line. With a `folder`, what comes is checked and
    written down as in a run."""

    def __init__(
        self,
        classes: Path,
        agent: str | None,
        options: dict[str, Any],
        order: str,
        folder: RunFolder | None = None,
    ) -> None:
        self.events = 0
        self.dropped = 0
        self.numbers_are_contiguous = True
        self.first_event = self.last_event = 0.0
        self._folder = folder
        started = time.perf_counter()
        with _app(classes) as app:
            script = self._hook(app, agent, options) if agent is not None else None
            self.start_cpu_s = _cpu_seconds(app.pid)
            before, ours = self.start_cpu_s, time.process_time()
            _tell(app, order)
            _expect(app, "first")
            self.startup_s = time.perf_counter() - started
            self.call_us = float(_line(app))
            if script is not None:
                _wait_until_quiet(self)
                self._ask_what_was_dropped(script, options)
            self.app_cpu_s = _cpu_seconds(app.pid) - before
            self.harness_cpu_s = time.process_time() - ours
            _tell(app, "end")
            app.wait(timeout=60)

    def _hook(self, app: subprocess.Popen[str], agent: str, options: dict[str, Any]) -> Any:
        session = frida.attach(app.pid)
        script = session.create_script(agent)
        script.on("message", lambda message, data: self._take(script, message, data))
        script.load()
        script.exports_sync.init(options)
        return script

    def _ask_what_was_dropped(self, script: Any, options: dict[str, Any]) -> None:
        if options is INIT:
            script.exports_sync.flush()

    def _take(self, script: Any, message: dict[str, Any], data: bytes | None) -> None:
        payload = message.get("payload", {})
        # An answer to a call of ours is a list.
        if isinstance(payload, dict):
            self.dropped = payload.get("dropped", self.dropped)
        if data is None and "api" not in payload:
            return
        if data is not None:
            whole = unpacked(data)
            if self._folder is not None:
                MESSAGE.validate_python(whole)
                self._folder.append(HOOKS, {"host_ms": 0.0, "pid": 1, "process": "bench", "message": whole})
            for event in whole["events"]:
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


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
        for name, stack, none in (
            ("observe.ts", "frames ??= stack(stackNumber);", "frames ??= [];"),
            ("jvm.ts", "THROWN : stack_number (jvmti);", "THROWN : 0;"),
        ):
            path = copy / "src" / "lib" / name
            text = path.read_text()
            if text.count(stack) != 1:
                raise RuntimeError(f"{name} takes the stack in another way now; adapt the bench")
            path.write_text(text.replace(stack, none))
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
    print(f"load           {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    ours, usual = agent_source(), usual_agent()
    _report_start(classes, ours)
    _report_call(classes, ours, usual)
    _report_flood(classes, ours, usual)
    print(f"load           {os.getloadavg()[0]:.1f} at the end")


INIT = {"package": "bench"}


def _report_start(classes: Path, ours: str) -> None:
    pairs = [
        (Measured(classes, None, {}, "1 1"), Measured(classes, ours, INIT, "1 1")) for _ in range(STARTS)
    ]
    bare, hooked = ([pair[i].startup_s for pair in pairs] for i in (0, 1))
    added = sorted(with_it - without for without, with_it in zip(bare, hooked, strict=True))
    cpu = statistics.median(pair[1].start_cpu_s - pair[0].start_cpu_s for pair in pairs)
    print(f"app start      without {statistics.median(bare):.2f} s, with {statistics.median(hooked):.2f} s")
    print(
        f"               added   {statistics.median(added):.2f} s median, {added[0]:.2f} to {added[-1]:.2f} s "
        f"(bar 0.50); {cpu:.2f} s of processor time"
    )


def _report_call(classes: Path, ours: str, usual: str) -> None:
    kinds: dict[str, tuple[str | None, dict[str, Any], int]] = {
        "plain": (None, {}, CALLS * 50),
        "empty": (usual, {"stack": False, "empty": True}, CALLS),
        "ours": (without_stacks(), INIT, CALLS),
        "ours, stack": (ours, INIT, CALLS),
        "usual": (usual, {"stack": False}, CALLS),
        "usual, stack": (usual, {"stack": True}, CALLS),
    }
    us = dict.fromkeys(kinds, float("inf"))
    for _ in range(ROUNDS):
        for kind, (agent, options, calls) in kinds.items():
            us[kind] = min(us[kind], Measured(classes, agent, options, f"1 {calls}").call_us)
    print(
        f"one call       unhooked {us['plain']:.3f} us; a hook of the bridge that does nothing {us['empty']:.1f} us"
    )
    for what, mine, other, bar in (
        ("value, time", us["ours"], us["usual"], 30),
        ("and stack", us["ours, stack"], us["usual, stack"], 60),
    ):
        times, ratio = mine / us["plain"], other / mine
        print(f"  {what:12} ours {mine:.1f} us (bar {bar}; {times:,.0f} times unhooked)")
        print(f"               a send per event {other:.1f} us: {ratio:.2f} times ours")


def _report_flood(classes: Path, ours: str, usual: str) -> None:
    for threads in (1, 4, 16):
        calls = 4 * CALLS // threads
        expected = calls * threads * 11 // 10
        rounds = [_flood(classes, ours, threads, calls) for _ in range(ROUNDS)]
        whole = all(one.numbers_are_contiguous and one.events + one.dropped == expected for one in rounds)
        dropped = max(one.dropped for one in rounds)
        fate = f"{dropped} dropped and counted, no number missing" if whole else "LOST some"
        app, harness = (
            min(getattr(one, name) for one in rounds) / expected * 1e6
            for name in ("app_cpu_s", "harness_cpu_s")
        )
        print(
            f"{threads:2} threads     {max(one.per_second for one in rounds):,.0f} events/s checked and written, "
            f"{fate}; processor time of an event: "
            f"app {app:.1f} us, harness {harness:.1f} us"
        )
    each = Measured(classes, usual, {"stack": True}, f"1 {CALLS}")
    print(f"               a send per event: {each.per_second:,.0f} events/s (bar for ours: 45,000)")


def _flood(classes: Path, agent: str, threads: int, calls: int) -> Measured:
    with (
        tempfile.TemporaryDirectory(prefix="harness-bench-") as place,
        RunFolder.create(Path(place) / "run") as folder,
    ):
        return Measured(classes, agent, INIT, f"{threads} {calls}", folder)


if __name__ == "__main__":
    main()
