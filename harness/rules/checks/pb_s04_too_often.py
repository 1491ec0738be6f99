"""PB-S04: collected more often than needed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from statistics import mean, pstdev
from typing import Final

from harness.model.data_type import CLASS_OF, NAMES
from harness.model.event import ApiCall, Event
from harness.rules.collected import actor_name, actor_name_zh
from harness.rules.fact import fact, into, into_zh
from harness.rules.periods import Period, periods
from harness.rules.profile import Limits, Profile
from harness.rules.rule import Doubt, Said, rule
from harness.timeline.timeline import Segment, capital, counted

FIX: Final = "Read it once and keep it; stop the timer while the user does nothing."
TEN_MINUTES_MS: Final = 600_000
UNCHANGING: Final = frozenset({"D1", "D2", "D4", "D5", "D6", "D11"})
CONTINUOUS: Final = frozenset({"map", "fitness", "ride-hailing", "vehicle-use", "food-delivery"})
"""Types of app with a feature that reads all the time."""


@rule(
    id="PB-S04",
    title="Collected more often than needed",
    title_zh="收集频次超出功能需要",
    fix_zh="读取一次并保存；用户未操作时停止定时读取。",
    severity="medium",
    scenarios=["SC05", "SC08", "SC09", "SC10"],
    gates=["hooks", "clock"],
    clauses=[
        "CN191-4.4", "CVERC-14", "MIIT164-2", "MIIT337-2", "PIPL-6", "TC202A-4.4", "TC203A-2.3", "TC204A-4.2",
        "DRAFT26-LOC", "DRAFT26-SDK", "TAF078-1", "TAF078-3", "GB35273-5.2", "SPEC2025-2", "MIITN-03",
    ],
    rests_on_order=True,
)  # fmt: skip
def too_often(run: Segment, profile: Profile) -> Iterator[Said]:
    """One actor read one kind at regular short intervals while nobody did anything, or a value that does not
    change more than ten times within ten minutes. The limits are ours: no law sets one."""
    limits = profile.limits
    quiet = periods(run, limits)
    continuous = run.whole.facts.app_type in CONTINUOUS
    for group in run.own_calls(obtained=True).grouped(
        lambda one: (one.data_type, one.actor.kind, one.actor.name)
    ):
        reads = _single(group, limits)
        kind, who = group[0].data_type, group[0].actor
        name, name_zh = NAMES[kind]
        regular = next((run_ for period in quiet if (run_ := _regular(reads, period, limits))), [])
        burst = _densest(reads) if CLASS_OF[kind] in UNCHANGING else []
        if regular and not (continuous and kind == "location"):
            gap = mean(_gaps(regular))
            yield fact(
                run, regular,
                f"{capital(actor_name(who))} read {name} every {gap:.1f} s, {counted(len(regular), 'time')}, "
                "while nobody did anything",
                f"用户无操作时{actor_name_zh(who)}每{gap:.1f}秒读取{name_zh}，共{len(regular)}次",
                what=f"{name}, every {gap:.1f} s", what_zh=f"{name_zh}，每{gap:.1f}秒", grade="B",
                when=into(run, regular[0]), when_zh=into_zh(run, regular[0]), actor=who, fix=FIX,
            ).model_copy(update={"data_type": kind})  # fmt: skip
        elif len(burst) > limits.reads_per_10_min:
            seconds = (burst[-1].t_hi - burst[0].t_lo) / 1000
            yield fact(
                run, burst,
                f"{capital(actor_name(who))} read {name} {counted(len(burst), 'time')} in {seconds:.0f} s, "
                f"more than {limits.reads_per_10_min} in ten minutes",
                f"{actor_name_zh(who)}在{seconds:.0f}秒内读取{name_zh}{len(burst)}次，超过10分钟{limits.reads_per_10_min}次",
                what=f"{name}, {len(burst)} times", what_zh=f"{name_zh}，{len(burst)}次", grade="B",
                when=into(run, burst[0]), when_zh=into_zh(run, burst[0]), actor=who, fix=FIX,
            ).model_copy(update={"data_type": kind})  # fmt: skip
        elif regular:
            yield Doubt(
                f"{capital(actor_name(who))} read {name} at regular intervals; an app of this type may have a "
                "feature that needs it all the time: whether it was open is for a person.",
                f"{actor_name_zh(who)}定时读取{name_zh}；该类应用可能存在持续使用的功能：当时是否打开需人工判断。",
                [one.id for one in regular],
            )
        elif len(reads) >= limits.periodic_reads and _in(reads, quiet):
            yield Doubt(
                f"{capital(actor_name(who))} read {name} {counted(len(reads), 'time')}, below the limits "
                "but more than once a start: a longer watch settles it.",
                f"{actor_name_zh(who)}读取{name_zh}{len(reads)}次，未达限值但多于每次启动一次：延长观察可确认。",
                [one.id for one in reads],
            )


def _single(reads: Sequence[ApiCall], limits: Limits) -> list[ApiCall]:
    """Calls of one stack in quick succession are one read."""
    kept: list[ApiCall] = []
    last: dict[tuple[str, ...], float] = {}
    for read in reads:
        stack = tuple(read.stack)
        if read.t_lo - last.get(stack, float("-inf")) >= limits.same_read_ms:
            kept.append(read)
        last[stack] = read.t_lo
    return kept


def _regular(reads: Sequence[ApiCall], period: Period, limits: Limits) -> list[ApiCall]:
    """All reads in the period when they come at short and even intervals; else none."""
    inside = [read for read in reads if period.holds(read)]
    if len(inside) < limits.periodic_reads:
        return []
    gaps = _gaps(inside)
    even = mean(gaps) <= limits.periodic_gap_s and pstdev(gaps) < limits.periodic_spread * mean(gaps)
    return inside if even else []


def _gaps(reads: Sequence[Event]) -> list[float]:
    return [max(0.001, (after.t_lo - before.t_lo) / 1000) for before, after in itertools.pairwise(reads)]


def _densest(reads: Sequence[ApiCall]) -> Sequence[ApiCall]:
    """The ten minutes with the most reads."""
    best: tuple[int, int] = (0, 0)
    first = 0
    for last, read in enumerate(reads):
        while read.t_lo - reads[first].t_lo > TEN_MINUTES_MS:
            first += 1
        if last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return reads[best[0] : best[1]]


def _in(reads: Sequence[ApiCall], quiet: Sequence[Period]) -> bool:
    return sum(any(period.holds(read) for period in quiet) for read in reads) >= 2
