"""START HERE. One app, checked: prepare the device, capture while scenarios walk, build the timeline, judge, write.

Everything is written into one folder as it happens. Whatever goes wrong after the folder exists is recorded in
run.json as a typed failure, and the folder is judged all the same: what was proved stands, nothing else is clear.
"""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal

from harness import __version__
from harness.capture.agent_data import agent_sha256
from harness.capture.har import write_har
from harness.device.app_package import read_app
from harness.device.choose import open_phone, suggested_pace
from harness.model.errors import InputError, RunFailure
from harness.model.result import AppFacts, Verdict
from harness.model.run_facts import Failure, RunFacts, ScenarioFacts
from harness.model.run_folder import RunFolder
from harness.report.filmstrip import write_filmstrip
from harness.report.html import write_html
from harness.report.manifest import write_manifest
from harness.rules.app_types import app_type
from harness.rules.judge import judge
from harness.rules.profile import load_profile
from harness.scenario.load import ScenarioPlan, load_scenarios, override
from harness.sdks.load import catalogue_sha256
from harness.stage import Stage
from harness.timeline.build import build_timeline
from harness.verdict import fold

TOOLS: Final = ("frida", "mitmproxy", "uiautomator2", "adbutils")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    out: Path
    scenarios: tuple[str, ...] = ("SC01", "SC03", "SC05")
    steps: Path | None = None
    """A file with steps of a lab's own for this app."""
    device: str | None = None
    """A serial, "twin", or None: the only phone attached, else the twin."""
    profile: str = "cn-default"
    pace: float | None = None
    """Dwell times are multiplied by it; None takes what the device suggests (1 on phones)."""
    network: Literal["sinkhole", "live"] = "sinkhole"
    wireguard: tuple[str, int] | None = None
    """Where mitmproxy's WireGuard listens for the phone; None leads the app by the phone's proxy setting."""
    app_type: str | None = None
    """One of the 39 types by id or Chinese name; None when nobody says."""
    for_children: bool = False
    film: bool = True
    """Film the screen where the phone can."""
    seed: int = 0
    """Decides the order in which searches and tours try what is equally likely; 0: as the screens have it."""
    interveners: tuple[str, ...] = ()
    """Ids of harness.capture.interveners: what may change the app. None unless asked for."""


def check(apk: Path, options: Options, say: Say) -> Verdict:
    """The main job. Raises InputError for a wrong file or flag; every later failure is in run.json."""
    app = read_app(apk)
    plans = load_scenarios(list(options.scenarios))
    if options.steps is not None:
        plans = override(plans, options.steps, app.package)
    load_profile(options.profile)
    folder = RunFolder.create(options.out)
    facts = RunFacts(
        harness_version=__version__,
        app=app,
        scenarios=[ScenarioFacts(id=plan.id) for plan in plans],
        profile=options.profile,
        app_type=app_type(options.app_type).id if options.app_type else None,
        for_children=options.for_children,
        pace=options.pace or 1.0,
        network=options.network,
        intercept="proxy" if options.wireguard is None else "wireguard",
        seed=options.seed,
        interventions=list(options.interveners),
        tools={tool: version(tool) for tool in TOOLS},
        catalogues={"agent": agent_sha256(), "sdks": catalogue_sha256()},
        started=_now(),
    )
    folder.write_facts(facts)
    try:
        facts = _capture(apk, app, plans, options, folder, facts, say)
    except InputError:
        folder.discard()
        raise
    folder.close()
    folder.release_reserve()
    folder.write_facts(facts)
    return conclude(folder, say)


def conclude(folder: RunFolder, say: Say) -> Verdict:
    """From the raw files alone: timeline, verdict, reports."""
    say("judging")
    facts = folder.facts()
    write_har(folder)
    timeline = build_timeline(folder)
    verdict = fold(judge(timeline, facts, facts.profile), facts)
    folder.write_json("verdict.json", verdict.model_dump(mode="json"))
    write_html(folder, timeline, verdict)
    write_filmstrip(folder, timeline)
    write_manifest(folder)
    return verdict


def _capture(
    apk: Path,
    app: AppFacts,
    plans: list[ScenarioPlan],
    options: Options,
    folder: RunFolder,
    facts: RunFacts,
    say: Say,
) -> RunFacts:
    """Run every scenario; returns the facts as they turned out. Only InputError leaves it."""
    states = {plan.id: ScenarioFacts(id=plan.id) for plan in plans}
    failure: Failure | None = None
    running: str | None = None
    try:
        with ExitStack() as stack:
            say("device: connecting")
            phone = stack.enter_context(open_phone(options.device))
            pace = options.pace or suggested_pace(phone)
            facts = facts.model_copy(update={"device": phone.facts(), "pace": pace})
            folder.write_facts(facts)
            stage = stack.enter_context(
                Stage(
                    phone, app, folder, options.network, say, interveners=options.interveners, film=options.film,
                    wireguard=options.wireguard,
                )
            )  # fmt: skip
            for plan in plans:
                running = plan.id
                states[plan.id] = ScenarioFacts(id=plan.id, state="running")
                say(f"{plan.id}: {plan.title}")
                walked = stage.play(apk, plan, pace, options.seed)
                states[plan.id] = ScenarioFacts(id=plan.id, state="done", detail=walked.detail)
            running = None
    except RunFailure as error:
        failure = Failure(kind=error.kind, message=str(error), scenario=running)
    except KeyboardInterrupt:
        failure = Failure(kind="interrupted", message="stopped by the user", scenario=running)
    except OSError as error:
        kind = "disk_full" if error.errno == errno.ENOSPC else "internal"
        failure = Failure(kind=kind, message=str(error), scenario=running)
    except InputError:
        raise
    # The border of one run: a mistake of ours is recorded with what was captured, and the exit code says 4.
    except Exception:
        failure = Failure(kind="internal", message=traceback.format_exc(limit=-6), scenario=running)
    if failure is not None and running is not None:
        states[running] = ScenarioFacts(id=running, state="failed", detail=failure.message)
    return facts.model_copy(update={"scenarios": list(states.values()), "failure": failure, "ended": _now()})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
