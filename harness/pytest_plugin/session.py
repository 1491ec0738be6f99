"""A pytest session with an app: makes the tests, runs the walk once, and reports what is not decided as its own."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from harness.model.errors import InputError
from harness.pytest_plugin.checks import Checks, items_of
from harness.pytest_plugin.runs import AppRun, finished_run, locked, saved_run, walked_run
from harness.pytest_plugin.seen import Inconclusive
from harness.rules.profile import load_profile
from harness.scenario.load import load_scenarios

if TYPE_CHECKING:
    from harness.run import Options

MARK: Final = "harness_inconclusive"
_RUN: Final = "run"


class Front:
    """Registered only when --app or --run is given."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        option = config.option
        self._apk = Path(option.harness_app).absolute() if option.harness_app else None
        self._saved = Path(option.harness_run).absolute() if option.harness_run else None
        self._worker: dict[str, Any] = getattr(config, "workerinput", {})
        self._run: AppRun | None = None
        self._walks = 0
        self.lang: str = option.harness_lang
        self._checked()
        self.base = self._base()

    @property
    def subject(self) -> Path:
        """The app or the run folder."""
        found = self._apk or self._saved
        assert found is not None
        return found

    def app_run(self) -> AppRun:
        """Walked by the first worker that asks; the others wait for it and read its folder."""
        if self._run is None:
            if self._saved is not None:
                self._run = saved_run(self._saved, self._config.option.harness_profile)
            else:
                with locked(self.base / "lock"):
                    path = self.base / _RUN
                    done = (path / "verdict.json").is_file()
                    self._run = finished_run(path) if done else self._walked(self._options(path))
        return self._run

    def walk(
        self,
        *scenarios: str,
        app: Path | str | None = None,
        pace: float | None = None,
        profile: str | None = None,
    ) -> AppRun:
        """Another run: these scenarios (or the session's), this app (or the session's)."""
        if self._apk is None and app is None:
            pytest.skip("walk needs a device: give --app instead of --run")
        self._walks += 1
        path = self.base / f"walk-{self._worker.get('workerid', 'main')}-{self._walks}"
        options = self._options(path, scenarios, pace, profile)
        return self._walked(options, Path(app) if app else None)

    # What pytest asks

    def pytest_report_header(self) -> str:
        where = (
            "no device" if self._apk is None else ", ".join(self._devices) or "the only phone, else the twin"
        )
        return f"harness: {self.subject.name} on {where}; evidence in {self._saved or self.base}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        parent = Checks.from_parent(session, name=self.subject.name, nodeid=self.subject.name)
        items[:0] = items_of(parent, self)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.excinfo is not None and call.excinfo.errisinstance(Inconclusive):
            says = f"inconclusive: {call.excinfo.value}"
            if self._config.option.harness_inconclusive_fails:
                report.outcome, report.longrepr = "failed", says
            else:
                place, line, _ = item.reportinfo()
                report.outcome, report.longrepr = "skipped", (str(place), line or 0, says)
                setattr(report, MARK, says)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport
    ) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
        if getattr(report, MARK, None) is None:
            return None
        return "inconclusive", "i", ("INCONCLUSIVE", {"yellow": True})

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        told: Sequence[pytest.TestReport] = terminalreporter.stats.get("inconclusive", [])
        if told:
            terminalreporter.section("inconclusive: neither found nor ruled out")
            for report in told:
                terminalreporter.write_line(f"{report.nodeid}: {getattr(report, MARK)}")
        if self._apk is not None and not self._worker:
            report_file = self.base / _RUN / "report.html"
            if report_file.is_file():
                terminalreporter.write_line(f"harness: report in {report_file}")

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """xdist: all workers share one folder."""
        node.workerinput["harness_base"] = str(self.base)

    # Ours

    @property
    def _devices(self) -> list[str]:
        return self._config.option.harness_device or []

    def _device(self) -> str | None:
        """Workers share the devices out: gw0 takes the first, gw1 the second, and round again."""
        number = int(str(self._worker.get("workerid", "gw0")).removeprefix("gw"))
        return self._devices[number % len(self._devices)] if self._devices else None

    def _options(
        self, path: Path, scenarios: Sequence[str] = (), pace: float | None = None, profile: str | None = None
    ) -> Options:
        from harness.run import Options  # brings the whole capture side, which a saved run does without

        option = self._config.option
        wanted = tuple(scenarios) or tuple(dict.fromkeys(option.harness_scenario or ()))
        return Options(
            out=path,
            scenarios=wanted or Options(path).scenarios,
            device=self._device(),
            profile=profile or option.harness_profile or Options(path).profile,
            pace=pace or option.harness_pace,
        )

    def _walked(self, options: Options, apk: Path | None = None) -> AppRun:
        return walked_run(apk or self.subject, options, self._say)

    def _say(self, text: str) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        capture = self._config.pluginmanager.get_plugin("capturemanager")
        if terminal is None or capture is None or self._worker or self._config.get_verbosity() < 1:
            return
        with capture.global_and_fixture_disabled():
            terminal.write_line(f"  {text}")

    def _checked(self) -> None:
        """Wrong flags are told before anything runs."""
        option = self._config.option
        try:
            if self._apk is not None and self._saved is not None:
                raise InputError("--app and --run: give one of them")
            if self._apk is not None and not self._apk.is_file():
                raise InputError(f"--app {self._apk}: no such file")
            if self._saved is not None and not (self._saved / "run.json").is_file():
                raise InputError(f"--run {self._saved}: no run.json in it; give the folder of a check")
            if option.harness_pace is not None and not 0 < option.harness_pace <= 10:
                raise InputError(f"--pace {option.harness_pace}: give a number above 0 and up to 10")
            if option.harness_profile:
                load_profile(option.harness_profile)
            if option.harness_scenario:
                load_scenarios(option.harness_scenario)
        except InputError as error:
            raise pytest.UsageError(f"harness: {error}") from error

    def _base(self) -> Path:
        """Shared by all workers of the session."""
        given = self._worker.get("harness_base")
        if given:
            return Path(given)
        if self._config.option.harness_out:
            base = Path(self._config.option.harness_out).absolute()
            base.mkdir(parents=True, exist_ok=True, mode=0o700)
            if (base / _RUN).exists():
                raise pytest.UsageError(
                    f"harness: --harness-out {base}: holds a run already; name another folder"
                )
            return base
        return (
            Path(tempfile.mkdtemp(prefix="harness-"))
            if self._apk is not None
            else Path(tempfile.gettempdir())
        )
