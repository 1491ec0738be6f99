"""App processes: born parked, let go by the gate, in order, and mourned with the right cause."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from life import PACKAGE, Life, living

from harness.twin.binder import BinderError, service
from harness.twin.gate import SOCKET

pytestmark = pytest.mark.twin


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    with living(tmp_path_factory.mktemp("life")) as life:
        yield life


@pytest.fixture
def life(shared: Life) -> Iterator[Life]:
    yield shared
    shared.run(shared.device.activities.force_stop(PACKAGE))


class Pipe:
    """One end of a byte stream, for a gate client in this process."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[bytes] = asyncio.Queue()
        self.got: asyncio.Queue[bytes] = asyncio.Queue()

    async def read(self, limit: int = 65536) -> bytes:
        return await self.sent.get()

    async def write(self, data: bytes) -> None:
        self.got.put_nowait(data)

    def close(self) -> None:
        self.sent.put_nowait(b"")


def test_a_provider_comes_before_the_application_and_that_before_the_activity(life: Life) -> None:
    life.start()
    life.wait_log("Main.onResume")
    assert life.logs() == [
        "App.<clinit>",
        "App.attachBaseContext",
        "Early.onCreate app=true",
        f"App.onCreate {PACKAGE}",
        "Main.<clinit>",
        "Main.onCreate",
        "Main.onStart",
        "Main.onResume",
    ]


def test_a_component_with_its_own_process_gets_one(life: Life) -> None:
    life.start("push", word="go")
    pid = int(life.wait_log("Push.onStartCommand go").rpartition("=")[2])
    assert pid == life.pid(f"{PACKAGE}:push") != life.pid()
    assert f"App.onCreate {PACKAGE}:push" in life.logs()
    assert os.readlink(f"/proc/{pid}/exe").endswith("java")


def test_the_gate_holds_a_process_before_its_first_static_initialiser(life: Life) -> None:
    async def held() -> tuple[list[str], dict]:
        pipe = Pipe()
        client = asyncio.create_task(life.device.sockets[SOCKET](pipe))
        await asyncio.sleep(0)
        life.from_entry = life.device.logcat.last
        intent = {"package": PACKAGE, "class": f"{PACKAGE}.Main"}
        start = asyncio.create_task(life.device.activities.start(intent))
        started = json.loads(await asyncio.wait_for(pipe.got.get(), 15))["started"]
        await asyncio.sleep(0.3)
        before = life.logs()
        pipe.sent.put_nowait(json.dumps({"resume": started["pid"]}).encode() + b"\n")
        await asyncio.wait_for(start, 15)
        pipe.close()
        await client
        return before, started

    before, started = life.host.run(held())
    assert before == []
    assert started["process"] == started["package"] == PACKAGE
    assert started["pid"] == life.pid()
    life.wait_log("App.<clinit>")


def test_a_held_process_goes_on_when_the_client_leaves(life: Life) -> None:
    async def left() -> None:
        pipe = Pipe()
        client = asyncio.create_task(life.device.sockets[SOCKET](pipe))
        await asyncio.sleep(0)
        start = asyncio.create_task(
            life.device.activities.start({"package": PACKAGE, "class": f"{PACKAGE}.Main"})
        )
        await asyncio.wait_for(pipe.got.get(), 15)
        pipe.close()
        await client
        await asyncio.wait_for(start, 15)

    life.host.run(left())
    life.wait_log("Main.onResume")


def test_a_death_is_told_to_the_gate_with_its_cause(life: Life) -> None:
    async def told() -> list[dict]:
        pipe = Pipe()
        client = asyncio.create_task(life.device.sockets[SOCKET](pipe))
        await asyncio.sleep(0)
        messages = []
        start = asyncio.create_task(
            life.device.activities.start(
                {"package": PACKAGE, "class": f"{PACKAGE}.Main", "extras": {"do": "exit"}}
            )
        )
        while not messages or "died" not in messages[-1]:
            messages.append(json.loads(await asyncio.wait_for(pipe.got.get(), 15)))
            if "started" in messages[-1]:
                pipe.sent.put_nowait(json.dumps({"resume": messages[-1]["started"]["pid"]}).encode() + b"\n")
        await start
        pipe.close()
        await client
        return messages

    messages = life.host.run(told())
    assert messages[-1]["died"]["pid"] == messages[0]["started"]["pid"]
    assert messages[-1]["died"]["cause"] == "exited"


@pytest.mark.parametrize(
    ("do", "exception"),
    [
        ("crash", "java.lang.IllegalStateException"),
        ("crash-later", "java.lang.NullPointerException"),
        ("crash-thread", "java.lang.IllegalArgumentException"),
    ],
)
def test_an_exception_nobody_catches_ends_the_process_and_is_logged(
    life: Life, do: str, exception: str
) -> None:
    life.start(do)
    life.wait(lambda: life.pid() is None)
    assert life.wait_log("FATAL EXCEPTION: ", "AndroidRuntime")
    assert f"Process: {PACKAGE}, PID: " in life.logs("AndroidRuntime")[0]
    crash = life.wait_log("[", "am_crash", "events")
    assert crash.count(",") == 7 and exception in crash
    assert life.wait_log("[", "am_proc_died", "events").split(",")[2] == PACKAGE
    life.wait(lambda: life.device.activities.foreground_package() == "com.android.launcher3")


def test_a_process_may_kill_itself_and_the_app_can_start_again(life: Life) -> None:
    life.start("kill")
    life.wait(lambda: life.pid() is None)
    assert not life.logs("am_crash", "events")
    assert life.start().complete
    assert life.pid() is not None


def test_elapsed_realtime_is_the_devices_even_when_its_clock_is_wrong(life: Life) -> None:
    device = life.device

    def skew(ms: float, ppm: float) -> None:
        async def change() -> None:
            device.faults.clock_skew_ms, device.faults.clock_drift_ppm = ms, ppm
            device.faults.listeners[0]("clock_skew_ms")
            device.faults.listeners[0]("clock_drift_ppm")

        life.host.run(change())

    skew(180_000, 500)
    try:
        life.start("clock")
        shown = int(life.wait_log("clock ").split()[1])
        assert abs(shown - device.clock.boot_ms()) < 5_000
        assert shown > 127_000 + 180_000
    finally:
        skew(0, 0)


def test_the_network_is_refused_on_the_main_thread(life: Life) -> None:
    life.start("net-main", url="http://localhost:9/")
    assert "NetworkOnMainThreadException" in life.wait_log("failed ")


def test_an_app_uses_the_proxy_of_the_device_at_once_when_it_changes(life: Life) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async def open_proxy() -> tuple[asyncio.Server, int]:
        server = await asyncio.start_server(proxy, "127.0.0.1", 0)
        return server, server.sockets[0].getsockname()[1]

    async def put(value: str) -> None:
        life.device.settings.put("global", "http_proxy", value)

    life.start()
    server, port = life.host.run(open_proxy())
    try:
        life.host.run(put(f"127.0.0.1:{port}"))
        life.start("net", url="http://collect.example/x?a=1")
        assert life.wait_log("answered") == "answered 204"
    finally:
        life.host.run(put(":0"))
        server.close()
    assert asked == [b"GET http://collect.example/x?a=1 HTTP/1.1\r\n"]


def test_preferences_are_android_xml_in_the_apps_folder(life: Life) -> None:
    life.start("prefs")
    life.wait_log("prefs ")
    text = (life.device.files.host_path(f"/data/data/{PACKAGE}/shared_prefs/p.xml")).read_text("utf-8")
    assert '<string name="a">&lt;&amp;&quot;é同意</string>' in text
    assert '<int name="n" value="3" />' in text


def test_views_belong_to_the_main_thread(life: Life) -> None:
    life.start()
    life.start("view-thread")
    assert life.wait_log("caught ") == "caught android.view.ViewRootImpl$CalledFromWrongThreadException"


def test_a_service_that_breaks_is_written_down_and_seen_by_the_app_as_an_exception(life: Life) -> None:
    life.start()
    process = life.device.processes.named(PACKAGE)
    answers: list[dict] = []
    process._write = answers.append  # what would go to the app

    async def ask() -> None:
        life.device.processes._call(process, 1, "test.breaks", [])
        life.device.processes._call(process, 2, "test.refuses", [])
        life.device.processes._call(process, 3, "test.absent", [])

    life.host.run(ask())
    assert answers[0]["error"][0] == "java.lang.IllegalStateException"
    assert answers[1]["error"] == ["java.lang.SecurityException", "no"]
    assert answers[2]["error"][0] == "java.lang.UnsupportedOperationException"
    assert life.device.journal.of("service_error")[-1]["call"] == "test.breaks"


@service("test.breaks")
def breaks(call: object) -> None:
    raise ZeroDivisionError


@service("test.refuses")
def refuses(call: object) -> None:
    raise BinderError("java.lang.SecurityException", "no")


def test_no_process_survives_its_twin(tmp_path: Path) -> None:
    with living(tmp_path) as life:
        life.start("push", word="go")
        life.wait_log("Push.onStartCommand")
        pids = [process.pid for process in life.device.processes.all()]
        assert len(pids) == 2
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_process_that_is_only_being_started_is_stopped_too(life):
    package = life.device.packages.require(PACKAGE)

    async def both():
        birth = asyncio.ensure_future(life.device.processes.start(package, f"{PACKAGE}:late", "test"))
        await asyncio.sleep(0)
        await life.device.activities.force_stop(PACKAGE)
        await asyncio.wait([birth])

    life.run(both())
    assert life.device.processes.of_package(PACKAGE) == []
