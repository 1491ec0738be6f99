"""Judging: how long all checks take over a run as it grows, and against looking for the same joins by scanning.

`python benches/judge_bench.py [--json] [--quick]`; --quick leaves out the run of a million events. Each size runs
in a process of its own, so that the memory shown is its own. The alternative answers two questions that the
checks ask (which request carries a value that was read, and which reads of one code come close together) by
comparing every pair of events, as a first version would; the ratio is taken at 2,000 events, where both end soon.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from harness.model.event import (
    Actor,
    ApiCall,
    ConsentChanged,
    Evidence,
    Flow,
    FoundValue,
    Health,
    Process,
    Scenario,
    Screen,
    ScreenElement,
    Tap,
    TimelineEvent,
)
from harness.model.result import AppFacts
from harness.model.run_facts import RunFacts, ScenarioFacts
from harness.rules.judge import judge
from harness.timeline.timeline import Timeline, lean

SIZES = (2_000, 20_000, 200_000, 1_000_000)
QUICK = (2_000, 20_000, 200_000)
BARS = {
    "seconds_for_20000": "under 1",
    "seconds_for_1000000": "under 30",
    "peak_mb_for_1000000": "under 2048",
    "time_per_event_1000000_vs_20000": "about 1 (linear)",
}
PACKAGE = "org.shop.app"
GATES = ("hooks", "proxy", "screen", "walk", "canaries", "clock", "untouched")
TYPES = ("android_id", "location", "installed_apps", "imei", "device_model", "clipboard", "sensors")
IDS = ("SC01", "SC03", "SC05", "SC09")


@dataclass(frozen=True, slots=True)
class Measured:
    events: int
    findings: int
    make_s: float
    judge_s: float
    peak_mb: float


def run_of(size: int) -> Timeline:
    """A run of so many events: reads by the app and by SDKs, requests of which some carry what was read, screens."""
    facts = RunFacts(
        harness_version="bench", profile="cn-default", pace=1, network="sinkhole", started="2026-01-01T00:00:00Z",
        app=AppFacts(
            package=PACKAGE, version_name="1", version_code=1, label="Shop", sha256="0" * 64, target_sdk=33
        ),
        scenarios=[ScenarioFacts(id=one, state="done") for one in IDS],
    )  # fmt: skip
    return Timeline(sorted(map(lean, _events(size)), key=lambda event: event.t_lo), facts)


def _events(size: int) -> Iterator[TimelineEvent]:
    rng = random.Random(size)
    where = Evidence(file="raw/hooks.jsonl", line=1)
    actors = [
        Actor(kind="app", name=PACKAGE),
        *(Actor(kind="sdk", name=f"SDK {n}", sdk=f"sdk-{n}") for n in range(20)),
    ]
    stacks = [[f"org.lib{n}.C.m:{line}" for line in range(20)] for n in range(50)]
    digests = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(200)]
    each, number, at = size // len(IDS), 0, 0.0

    def about(prefix: str, t_lo: float, t_hi: float, source: str = "hook") -> dict[str, object]:
        nonlocal number
        number += 1
        return {
            "id": f"{prefix}-{number:07d}", "t_lo": t_lo, "t_hi": t_hi, "source": source, "evidence": where,
            "process": PACKAGE, "pid": 1,
        }  # fmt: skip

    for scenario in IDS:
        begin = at
        mark = {"scenario": scenario}
        yield Scenario(**about("ui", at, at + 1, "driver"), **mark, action="begin")
        yield Process(**about("system", at + 10, at + 11, "system"), action="start")
        notice = [
            ScreenElement(role=role, text=text, bounds=(0, 0, 99, 99), clickable=True)
            for role, text in (("policy_link", "《隐私政策》"), ("refuse", "不同意"), ("agree", "同意"))
        ]
        yield Screen(
            **about("ui", at + 20, at + 30, "driver"), screen_kind="privacy_popup", package=PACKAGE,
            elements=notice, dump_sha256="0" * 64,
        )  # fmt: skip
        yield ConsentChanged(**about("ui", at + 20, at + 30, "driver"), state="asked")
        if scenario != "SC01":
            role, state = ("refuse", "refused") if scenario == "SC03" else ("agree", "granted")
            yield Tap(**about("ui", at + 60, at + 61, "driver"), role=role)
            yield ConsentChanged(**about("ui", at + 60, at + 65, "driver"), state=state)
        at += 100
        for _ in range(each):
            at += rng.uniform(1, 10)
            kind = rng.random()
            if kind < 0.7:
                yield ApiCall(
                    **about("hook", at, at + 1), hook="h", api="a.B.c", data_type=rng.choice(TYPES),
                    result="obtained", value_digests=[rng.choice(digests)], stack=rng.choice(stacks),
                    actor=rng.choice(actors),
                )  # fmt: skip
            elif kind < 0.95:
                found = []
                if rng.random() < 0.3:
                    found = [
                        FoundValue(
                            data_type="android_id",
                            value_digest=rng.choice(digests),
                            where="body",
                            decodings=[],
                        )
                    ]
                yield Flow(
                    **about("flow", at, at + 1, "proxy"), method="POST", scheme="https",
                    host=f"h{rng.randrange(40)}.example", port=443, path="/", connected_lo=at - 5, found=found,
                    actor=rng.choice(actors), request_bytes=100,
                )  # fmt: skip
            else:
                yield Screen(
                    **about("ui", at, at + 1, "driver"), screen_kind="other", package=PACKAGE,
                    elements=[], dump_sha256="0" * 64,
                )  # fmt: skip
        step = about("ui", begin + 100, at, "driver")
        yield Scenario(**step, **mark, action="step", step="observe 75")
        for gate in GATES:
            yield Health(**about("gate", begin, at, "run"), gate=gate, healthy=True, reason="sound")
        yield Scenario(**about("ui", at, at + 1, "driver"), **mark, action="end")
        at += 1000


def measure(size: int) -> Measured:
    warm = run_of(100)
    judge(
        warm, warm.facts, "cn-default"
    )  # Loads the catalogues, which every run does once whatever its size.
    began = time.process_time()
    timeline = run_of(size)
    made = time.process_time()
    results = judge(timeline, timeline.facts, "cn-default")
    ended = time.process_time()
    crashed = [one.reason for one in results if "check itself crashed" in one.reason]
    if crashed:
        raise SystemExit("\n".join(crashed))
    findings = sum(len(one.findings) for one in results)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(len(timeline.events), findings, made - began, ended - made, peak)


def by_scanning(timeline: Timeline) -> float:
    """Seconds for the same two joins by comparing every pair."""
    began = time.process_time()
    reads = [one for one in timeline.events if isinstance(one, ApiCall)]
    flows = [one for one in timeline.events if isinstance(one, Flow)]
    carried = close = 0
    for read in reads:
        for flow in flows:
            if flow.t_lo >= read.t_lo and any(one.value_digest in read.value_digests for one in flow.found):
                carried += 1
        for other in reads:
            if read.stack == other.stack and 0 < other.t_lo - read.t_lo <= 200:
                close += 1
    if not carried:
        raise SystemExit("the run of the bench has no value that was read and sent")
    return time.process_time() - began


def main() -> None:
    sizes = QUICK if "--quick" in sys.argv else SIZES
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        curve = [pool.apply(measure, (size,)) for size in sizes]
    by_size = dict(zip(sizes, curve, strict=True))
    small = run_of(2_000)
    naive = by_scanning(small)
    told = {
        "seconds_for_20000": round(by_size[20_000].judge_s, 3),
        "all_43_checks_vs_two_joins_by_scanning_at_2000": round(naive / by_size[2_000].judge_s, 1),
    }
    largest = sizes[-1]
    per_event = by_size[largest].judge_s / largest / (by_size[20_000].judge_s / 20_000)
    told[f"seconds_for_{largest}"] = round(by_size[largest].judge_s, 2)
    told[f"peak_mb_for_{largest}"] = round(by_size[largest].peak_mb)
    told[f"time_per_event_{largest}_vs_20000"] = round(per_event, 2)
    if "--json" in sys.argv:
        print(json.dumps({"curve": [asdict(one) for one in curve], **told}, indent=2))
        return
    print(f"{'events':>9}  {'judging':>9}  {'per event':>9}  {'peak':>8}  findings")
    for one in curve:
        each = one.judge_s / one.events * 1e6
        print(
            f"{one.events:>9,}  {one.judge_s:>7.2f} s  {each:>6.1f} us  {one.peak_mb:>5.0f} MB  {one.findings}"
        )
    for name, value in told.items():
        print(f"{name}: {value}" + (f"   (bar: {BARS[name]})" if name in BARS else ""))


if __name__ == "__main__":
    main()
