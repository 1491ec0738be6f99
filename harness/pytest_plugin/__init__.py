"""pytest as a second front door: `pytest --app X.apk` walks the app once and yields one test for each check.

It is loaded in every pytest session of the environment, so it does nothing and imports nothing of ours until
--app or --run is given.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.pytest_plugin.runs import AppRun
    from harness.pytest_plugin.seen import Answer, SeenTimeline
    from harness.pytest_plugin.session import Front

OPTIONS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("app", {"metavar": "APK", "help": "check this app; every check becomes a test"}),
    ("run", {"metavar": "DIR", "help": "judge the run folder of an earlier check instead; needs no device"}),
    ("device", {"action": "append", "metavar": "SERIAL", "help": "serial, host:port or twin; workers share them"}),
    ("scenario", {"action": "append", "metavar": "ID", "help": "a scenario to walk; may be given several times"}),
    ("profile", {"metavar": "NAME", "help": "which rules of judgement (default cn-default, or the saved run's own)"}),
    ("pace", {"type": float, "metavar": "X", "help": "multiply dwell times by this; 1 is the full length"}),
    ("inconclusive-fails", {"action": "store_true", "help": "an inconclusive check fails"}),
    ("out", {"metavar": "DIR", "help": "where the run folders go; default a new temporary folder"}),
    ("lang", {"choices": ("en", "zh"), "default": "en", "help": "language of findings"}),
)  # fmt: skip
PREFIX: Final = "--harness-"
_ONLY_PREFIXED: Final = ("out", "lang")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup(
        "harness", "harness (each also as --app, --run … where no other plugin has the name)"
    )
    for name, about in OPTIONS:
        group.addoption(PREFIX + name, dest=_dest(name), **about)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> None:
    """Short names where no other plugin has them: by now every installed plugin has named its own."""
    group = parser.getgroup("harness")
    for name, about in OPTIONS:
        if name not in _ONLY_PREFIXED and not _is_taken(parser, f"--{name}"):
            group.addoption(f"--{name}", dest=_dest(name), **{**about, "help": argparse.SUPPRESS})
    # What follows --device is no file to look for conftest.py beside.
    early_config.known_args_namespace = parser.parse_known_args(
        args, namespace=argparse.Namespace(**vars(early_config.option))
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption(_dest("app"), None) or config.getoption(_dest("run"), None):
        from harness.pytest_plugin.session import Front

        config.pluginmanager.register(Front(config), "harness-front")


@pytest.fixture(scope="session")
def app_run(pytestconfig: pytest.Config) -> AppRun:
    """The one run that the checks judge: `.verdict`, `.check("PB-T01")`, `.timeline`, `.folder`, `.facts`."""
    return _front(pytestconfig).app_run()


@pytest.fixture(scope="session")
def timeline(app_run: AppRun) -> SeenTimeline:
    """What the app did, over all scenarios: `timeline.reads("imei").before(consent)`."""
    return app_run.seen


@pytest.fixture(scope="session")
def consent() -> Answer:
    """In each scenario the moment at which the user agreed; never, where nobody did."""
    return _answer("consent")


@pytest.fixture(scope="session")
def refusal() -> Answer:
    """In each scenario the moment at which the user refused; never, where nobody did."""
    return _answer("refusal")


@pytest.fixture(scope="session")
def walk(pytestconfig: pytest.Config) -> Callable[..., AppRun]:
    """Walk further scenarios: `walk("SC03", pace=0.2)` is another run on this worker's device."""
    return _front(pytestconfig).walk


def _answer(name: str) -> Answer:
    from harness.pytest_plugin.seen import Answer

    return Answer(name)


def _front(config: pytest.Config) -> Front:
    front: Front | None = config.pluginmanager.get_plugin("harness-front")
    if front is None:
        pytest.skip("no app: give --app X.apk or --run DIR")
    return front


def _dest(name: str) -> str:
    return "harness_" + name.replace("-", "_")


def _is_taken(parser: pytest.Parser, name: str) -> bool:
    given = f"{name}=x"
    try:
        return given not in parser.parse_known_and_unknown_args([given])[1]
    except (pytest.UsageError, SystemExit):
        return True  # known, and it takes no value or not this one
