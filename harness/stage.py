"""Everything that watches the app while scenarios walk: clock, proxy, hooks, system, screen. One stage a check."""

from __future__ import annotations

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
from harness.device.phone import Phone, ShellResult
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
            self._start(opening, self._clock)
            self._start(opening, self._proxy)
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
            self._start(opening, self._system)
            self._start(opening, self._hooks)
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
        film = Film(self._phone, self._recorder, plan.id)
        if self._films:
            film.start()
        try:
            return walk(
                plan, _Hand(self), _Eye(self), self._recorder, self._app, pace, self._progress, seed=seed
            )
        finally:
            self.leave()
            film.stop()
            self._appops.read(plan.id, "after")

    def leave(self) -> None:
        """Stop the app once every agent has sent what it held."""
        self._hooks.settle()
        self._phone.force_stop(self._app.package)

    def check_witnesses(self) -> None:
        """Raise the failure of a capture part that died while the walk was going on."""
        if self._proxy.failure is not None:
            raise self._proxy.failure

    @staticmethod
    def _start(opening: ExitStack, part: ClockCapture | ProxyCapture | SystemCapture | HookCapture) -> None:
        part.start()
        opening.callback(part.stop)


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
