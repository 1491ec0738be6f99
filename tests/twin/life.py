"""An app on a twin in this process: an intent says what it does, logcat what it did."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.twin.build import build_apk
from harness.twin.device import TwinDevice
from harness.twin.host import TwinHost

PACKAGE = "org.harness.life"
APPS = Path(__file__).parent / "apps"
WAIT_S = 15.0


class Life:
    def __init__(self, host: TwinHost, device: TwinDevice, package: str) -> None:
        self.package = package
        self.tag = package.rpartition(".")[2]
        self.host = host
        self.device = device
        self.from_entry = device.logcat.last

    def run(self, work: Awaitable[Any]) -> Any:
        async def whole() -> Any:
            return await work

        return self.host.run(whole())

    def start(self, do: str | None = None, **extras: str) -> Any:
        """Start or reach the main activity; logs are looked at from here on."""
        self.from_entry = self.device.logcat.last
        extras = {**extras, **({"do": do} if do else {})}
        intent = {
            "action": "android.intent.action.MAIN",
            "package": self.package,
            "class": f"{self.package}.Main",
            "extras": extras,
        }
        return self.run(self.device.activities.start(intent))

    def logs(self, tag: str = "", buffer: str = "main") -> list[str]:
        found = self.device.logcat.since(self.from_entry, (buffer,))
        return [entry.text for entry in found if entry.tag == (tag or self.tag)]

    def wait_log(self, start: str, tag: str = "", buffer: str = "main") -> str:
        """The first line with that beginning; fails when none comes in time."""
        return self.wait(
            lambda: next((text for text in self.logs(tag, buffer) if text.startswith(start)), None),
            lambda: f"no {start!r} in {self.logs(tag, buffer)}\n{self.everything()}",
        )

    def wait(self, look: Callable[[], Any], complain: Callable[[], str] = lambda: "it did not happen") -> Any:
        async def until() -> Any:
            deadline = asyncio.get_running_loop().time() + WAIT_S
            while not (found := look()):
                assert asyncio.get_running_loop().time() < deadline, complain()
                await asyncio.sleep(0.01)
            return found

        return self.host.run(until())

    def everything(self) -> str:
        entries = self.device.logcat.since(self.from_entry, ("main", "system", "crash", "events"))
        return "\n".join(f"{entry.buffer} {entry.level} {entry.tag}: {entry.text}" for entry in entries)

    def pid(self, name: str = "") -> int | None:
        process = self.device.processes.named(name or self.package)
        return None if process is None else process.pid

    def node(self, text: str) -> tuple[int, int] | None:
        """The centre of what shows that text, in reachable windows."""
        for _, root in self.device.windows.boxes():
            pending = [root]
            while pending:
                box = pending.pop()
                if box.view.text == text:
                    return box.bounds.center
                pending.extend(box.children)
        return None

    def tap(self, text: str) -> None:
        point = self.wait(lambda: self.node(text), lambda: f"{text!r} is not on the screen")
        self.run(self.device.windows.tap(*point))


@contextmanager
def living(folder: Path, name: str = "life") -> Iterator[Life]:
    apk = build_apk(APPS / name, folder / f"{name}.apk")
    with TwinHost() as host:
        device = host.add(seed=7).device
        package = host.run(device.packages.install(apk))
        yield Life(host, device, package.name)
