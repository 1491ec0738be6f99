"""PB-S05: collection in the background or while idle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from harness.model.event import Event
from harness.rules.collected import Group, finding, groups_of
from harness.rules.opaque import unreadable
from harness.rules.periods import Period, periods
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.rules.told import cut, told
from harness.timeline.timeline import Segment

FIX: Final = "Stop collecting when the app is not used."


@rule(
    id="PB-S05",
    title="Collection in the background or while idle",
    title_zh="后台或静默状态收集",
    fix_zh="应用未被使用时停止收集。",
    severity="high",
    scenarios=["SC09", "SC10"],
    gates=["hooks", "proxy", "clock"],
    clauses=[
        "MIIT164-2", "CN191-4.4", "TC202A-4.4", "TC203A-2.3", "SPEC2025-1", "SPEC2025-2", "GPLAY-BGLOC",
        "DRAFT26-LOC", "TC204A-5.5", "TAF078-1",
    ],
    rests_on_order=True,
    idle_s=600,
)  # fmt: skip
def in_background(run: Segment, profile: Profile) -> Iterator[Said]:
    """Personal data was obtained or sent while the app was behind, or in front with nobody touching it, and no
    document says so."""
    quiet = [one for one in periods(run, profile.limits) if run.id != "SC10" or one.kind == "background"]
    if not quiet:
        yield Doubt(
            "It was not seen that the app went to the background or was left alone: a run in which it does "
            "settles it.",
            "未确认应用进入后台或静默状态：确认后重测可确认。",
        )
        return
    reads = run.own_calls(obtained=True).where(lambda one: any(period.holds(one) for period in quiet))
    flows = run.carrying.where(lambda one: any(period.holds(one) for period in quiet))
    groups = groups_of(run, reads, flows)
    declared = told(run) if groups else None
    sentence = declared.elements.get("background", ()) if declared is not None else ()
    for group in groups:
        service = _service(run, group)
        if service is not None:
            yield service
        elif sentence and profile.told_background == "clear":
            yield Doubt(
                f"The policy tells of collection in the background ({cut(sentence[0].text)!r}); whether this is what "
                "it means is for a person.",
                f"政策提到后台收集（“{cut(sentence[0].text)}”）；是否即指此处需人工判断。",
                [event.id for event in group.events],
            )
        else:
            when, when_zh = _when(quiet, group)
            yield finding(run, group, when, when_zh, FIX)
    yield from unreadable(
        run,
        lambda one: any(period.touches(one) for period in quiet),
        "while nobody used the app",
        "静默或后台期间",
    )


def _when(quiet: list[Period], group: Group) -> tuple[Callable[[Event], str], Callable[[Event], str]]:
    first = group.events[0]
    period = next(one for one in quiet if one.holds(first))
    seconds = (first.t_lo - period.lo) / 1000
    if period.kind == "background":
        return (
            lambda event: f"{seconds:.1f} s into the background",
            lambda event: f"进入后台{seconds:.1f}秒后",
        )
    return lambda event: f"after {seconds:.1f} s without input", lambda event: f"无操作{seconds:.1f}秒后"


def _service(run: Segment, group: Group) -> Doubt | None:
    """A foreground service that runs by the user's wish (navigation, sport, a call) may need it."""
    running = [one for one in run.native if one.function.endswith("startForeground")]
    if not running:
        return None
    return Doubt(
        "A foreground service was started; whether its notice tells the user why data are read is for a person.",
        "存在前台服务；其通知是否说明用途需人工判断。",
        [*(one.id for one in running), *(event.id for event in group.events)],
    )
