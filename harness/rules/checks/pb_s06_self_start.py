"""PB-S06: self-start, and starting other apps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from harness.model.event import NativeCall, Process
from harness.rules.collected import actor_name, actor_name_zh
from harness.rules.fact import fact, into, into_zh
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.rules.told import cut, told
from harness.timeline.timeline import Segment, capital, counted, said

FIX: Final = "Start only when the user opens the app, and wake no other app."
STARTING: Final = re.compile(
    r"\.(startActivity|startActivities|startService|startForegroundService|bindService|sendBroadcast\w*)$"
)
PACKAGE: Final = re.compile(r"(?:cmp=|pkg=|package:|^|\s)([A-Za-z]\w*(?:\.[A-Za-z_]\w*){1,8})(?=/|[\s}]|$)")
SYSTEM: Final = ("android", "com.android.", "com.google.android.gms", "com.google.android.webview")
BY_USER_MS: Final = 3000
CAUSES: Final = (
    "broadcast",
    "service",
    "content provider",
    "job",
    "alarm",
    "sync",
    "receiver",
    "added application",
)
"""How the system's log says that something other than the user started a process."""


@rule(
    id="PB-S06",
    title="Self-start and starting other apps",
    title_zh="自启动与关联启动",
    fix_zh="仅在用户打开应用时启动，不唤醒其他应用。",
    severity="medium",
    scenarios=["SC11"],
    also=["SC01", "SC10"],
    gates=["hooks"],
    clauses=["MIIT164-6", "MIIT26-6", "TAF078-10", "TC202A-4.4", "MIITN-01", "MIITN-05"],
)
def self_start(run: Segment, profile: Profile) -> Iterator[Said]:
    """The app's processes started again and again although nobody opened it, or it woke another company's app
    without a wish of the user."""
    for call in run.native:
        other = _woken(run, call)
        if other is None or any(0 <= call.t_hi - tap.t_lo <= BY_USER_MS for tap in run.taps):
            continue
        if other.split(".")[:2] == run.package.split(".")[:2]:
            yield Doubt(
                f"Another app of the same name space ({other}) was started: whether the policy tells of it is for a "
                "person.",
                f"启动了同一主体的应用{other}：政策是否告知需人工判断。",
                [call.id],
            )
            continue
        yield fact(
            run, [call], f"{capital(actor_name(call.actor))} started {other}, and nobody had asked for it",
            f"用户未操作时{actor_name_zh(call.actor)}启动了{other}", what=f"woke {other}", what_zh=f"关联启动{other}",
            when=into(run, call), when_zh=into_zh(run, call), actor=call.actor, fix=FIX,
        )  # fmt: skip
    if run.id == "SC11":
        yield from _by_itself(run, profile)


def _by_itself(run: Segment, profile: Profile) -> Iterator[Said]:
    launches = [step for step in run.steps if step.step.startswith(("launch", "relaunch"))]
    starts = [
        one
        for one in run.processes
        if one.action == "start" and _own(run, one) and any(word in one.cause.lower() for word in CAUSES)
        and not any(step.t_lo <= one.t_hi and one.t_lo <= step.t_hi for step in launches)
    ]  # fmt: skip
    declared = told(run)
    sentence = declared.elements.get("self_start", ()) if declared is not None else ()
    causes = said(one.cause for one in starts)
    if len(starts) >= profile.limits.self_starts and not sentence:
        yield fact(
            run, starts, f"The app started by itself {counted(len(starts), 'time')} ({causes})",
            f"应用自启动{len(starts)}次（{causes}）", what="self-start", what_zh="自启动",
            when=into(run, starts[0]), when_zh=into_zh(run, starts[0]), fix=FIX,
        )  # fmt: skip
    elif starts:
        why = (
            f"the policy tells of it ({cut(sentence[0].text)!r})"
            if sentence
            else "once may be a job of the system"
        )
        yield Doubt(
            f"The app started by itself {counted(len(starts), 'time')} ({causes}); {why}: a longer watch, or a person, "
            "settles it.",
            f"应用自启动{len(starts)}次（{causes}）；"
            + ("政策有说明" if sentence else "一次可能为系统任务")
            + "：延长观察或人工判断可确认。",
            [one.id for one in starts],
        )


def _woken(run: Segment, call: NativeCall) -> str | None:
    """The package of another company's app that the call starts; None for its own and the system's."""
    if not STARTING.search(call.function) or call.actor.kind == "framework":
        return None
    found = next(iter(PACKAGE.findall(call.target)), None)
    if found is None or found == run.package or found.startswith((run.package + ".", *SYSTEM)):
        return None
    return str(found)


def _own(run: Segment, event: Process) -> bool:
    return event.process is not None and event.process.partition(":")[0] == run.package
