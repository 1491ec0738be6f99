"""Everything that watches the app while scenarios walk: clock, proxy, hooks, system, screen. One stage a check."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from harness.capture.appops import AppOpsCapture
from harness.capture.canaries import Canaries
from harness.capture.clock import ClockCapture
from harness.capture.hooks import HookCapture
from harness.capture.intercept import Intercept
from harness.capture.proxy import ProxyCapture
from harness.capture.system import SystemCapture
from harness.device.frida_server import FridaServer
from harness.device.phone import Phone, ShellResult, host_ms
from harness.device.screen import Current, DeviceScreen, Dump
from harness.model.result import AppFacts
from harness.model.run_folder import RunFolder
from harness.scenario.film import Film
from harness.scenario.load import ScenarioPlan
from harness.scenario.record import Recorder
from harness.scenario.walk import Progress, WalkResult, walk


class Stage:
    """Entered before the first scenario, left after the last. What fails raises RunFailure; what was written stays."""

    def __init__(
        self,
        phone: Phone,
        app: AppFacts,
        folder: RunFolder,
        network: Literal["sinkhole", "live"],
        progress: Progress,
        interveners: Sequence[str] = (),
        film: bool = True,
        wireguard: tuple[str, int] | None = None,
    ) -> None:
        self._phone = phone
        self._app = app
        self._folder = folder
        self._progress = progress
        self._recorder = Recorder(folder)
        self._films = film
        self._film: Film | None = None
        self._scenario = ""
        self._boot = 0
        """How often the phone was restarted."""
        self._interveners = interveners
        self._clock = ClockCapture(phone, folder)
        self._proxy = ProxyCapture(folder, network, wireguard)
        self._tunnelled = wireguard is not None
        self._hooks = HookCapture(phone, folder, app.package, interveners)
        self._appops = AppOpsCapture(phone, folder, app.package)
        self._system = SystemCapture(phone, folder, app.package)
        self._screen = DeviceScreen(phone)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            self._progress("device: clock, proxy, certificates, screen")
            opening.callback(lambda: self._clock.stop())
            self._clock.start()
            self._proxy.start()
            opening.callback(self._proxy.stop)
            self._intercept = Intercept(
                self._phone, self._proxy, self._app.package, self._progress, self._tunnelled
            )
            opening.callback(self._intercept.stop)
            self._intercept.start()
            self._proxy.selftest()
            self._screen.connect()
            opening.callback(self._screen.close)
            canaries = Canaries(self._phone, self._folder, self._screen)
            opening.callback(canaries.remove)
            canaries.plant()
            opening.callback(lambda: self._system.stop())
            self._system.start()
            opening.callback(lambda: self._hooks.stop())
            self._hooks.start()
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def play(self, apk: Path, plan: ScenarioPlan, pace: float, seed: int = 0) -> WalkResult:
        """One scenario on a fresh install; the app is stopped and removed afterwards."""
        self._phone.uninstall(self._app.package)
        self._phone.install(apk)
        self._intercept.lead()
        self._appops.read(plan.id, "before")
        self._roll(plan.id)
        try:
            return walk(
                plan, _Hand(self), _Eye(self), self._recorder, self._app, pace, self._progress, seed=seed
            )
        finally:
            self.leave()
            self._cut()
            self._appops.read(plan.id, "after")

    def leave(self) -> None:
        """Stop the app once every agent has sent what it held."""
        self._hooks.settle()
        self._phone.force_stop(self._app.package)

    def reboot(self) -> None:
        """Restart the phone and set every witness up again, the log first and the hooks before the system is up.
        Raises RunFailure when the phone or a witness does not come back."""
        self._progress("device: restarting the phone")
        server = FridaServer(self._phone)
        self._cut()
        self._hooks.settle()
        # What runs in the background is ended while it is still watched.
        self._phone.shell(f"input keyevent KEYCODE_HOME; sleep 0.5; am kill {shlex.quote(self._app.package)}")
        self._hooks.settle()
        lives, since = self._lives(), host_ms()
        self._hooks.stop()
        self._system.shut_down()
        self._system.stop()
        self._screen.close()
        self._clock.stop()
        self._phone.reboot()
        if lives:
            why = "the app went on, unwatched, while the phone went down"
            self._recorder.health("hooks", False, why, since, host_ms())
        self._boot += 1
        package = self._app.package
        self._clock = ClockCapture(self._phone, self._folder, boot=self._boot)
        self._clock.start()
        self._system = SystemCapture(self._phone, self._folder, package, boot=self._boot)
        self._system.start()
        self._intercept.renew()
        self._hooks = HookCapture(self._phone, self._folder, package, self._interveners)
        server.start()
        self._hooks.start()
        self._phone.wait_booted()
        self._phone.shell("input keyevent KEYCODE_WAKEUP; wm dismiss-keyguard")
        self._screen.connect()
        self._roll(self._scenario)

    def _lives(self) -> bool:
        """Whether any process of the app does."""
        names = self._phone.processes().values()
        return any(name.partition(":")[0] == self._app.package for name in names)

    def _roll(self, scenario: str) -> None:
        """Film from now on, where that was asked for."""
        self._scenario = scenario
        if self._films:
            self._film = Film(self._phone, self._recorder, scenario)
            self._film.start()

    def _cut(self) -> None:
        film, self._film = self._film, None
        if film is not None:
            film.stop()

    def check_witnesses(self) -> None:
        """Raise the failure of a capture part that died while the walk was going on."""
        if self._proxy.failure is not None:
            raise self._proxy.failure


class _Hand:
    """What the walk may do to the app: never end it before its agents have said everything."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._phone = stage._phone
        self.serial = self._phone.serial

    def launch(self, package: str) -> str | None:
        return self._phone.launch(package)

    def force_stop(self, package: str) -> None:
        self._stage.leave()

    def shell(self, command: str, timeout: float = 30) -> ShellResult:
        return self._phone.shell(command, timeout)

    def reboot(self) -> str:
        self._stage.reboot()
        return ""


class _Eye:
    """The screen as the walk sees it; each look also asks whether the other witnesses still live."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._screen = stage._screen

    def dump(self) -> Dump:
        self._stage.check_witnesses()
        return self._screen.dump()

    def tap(self, x: int, y: int) -> None:
        self._screen.tap(x, y)

    def press(self, key: str) -> None:
        self._screen.press(key)

    def swipe(self, x1: int, y1: int, x2: int, y2: int) -> None:
        self._screen.swipe(x1, y1, x2, y2)

    def screenshot(self) -> bytes:
        return self._screen.screenshot()

    def current(self) -> Current:
        return self._screen.current()
