"""PB-T05: collection or sending goes on after refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Event, Flow
from harness.rules.collected import (
    doubtful_reads,
    doubtful_reads_zh,
    finding,
    groups_of,
    is_nobodys,
)
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.timeline.timeline import Segment, counted

GRACE_MS: Final = 2000
"""For calls in flight; ours, no text sets it."""
FIX: Final = "Keep the refusal and do not start the code that reads or sends it, also after a restart."


@rule(
    id="PB-T05",
    title="Collection or sending goes on after refusal",
    title_zh="明确拒绝后仍收集或发送",
    fix_zh="保持用户的拒绝，重启后也不启动读取或发送的代码。",
    severity="critical",
    scenarios=["SC03", "SC04"],
    gates=["hooks", "proxy", "screen", "walk", "clock"],
    clauses=[
        "CN191-3.2", "TC202A-3.2", "TC203A-2.5", "PIPL-13", "PIPL-44", "GDPR-6", "EPRIV-5.3", "CSL-41",
    ],
    rests_on_order=True,
    idle_s=60,
    relaunches=3,
)  # fmt: skip
def after_refusal(run: Segment, profile: Profile) -> Iterator[Said]:
    """Personal data was obtained or sent certainly more than two seconds after the user refused."""
    if not run.refusal.came:
        yield from _not_refused(run)
        return
    if run.refusal.hi == float("inf"):
        yield Doubt(
            "Refusing was tapped, but its effect was not seen, so nothing is certainly after it: "
            "another run settles it.",
            "已点击拒绝但未确认生效，无法认定其后的行为：重测可确认。",
        )
    obtained = run.own_calls(obtained=True).before(run.consent)
    late = obtained.after(run.refusal, GRACE_MS)
    known = late.where(lambda read: not is_nobodys(read.actor))
    carrying = run.carrying.before(run.consent)
    sent_late = carrying.where(lambda flow: _certainly_after(run, flow))
    for group in groups_of(run, known, sent_late):
        yield finding(run, group, lambda event: _since(run, event), lambda event: _since_zh(run, event), FIX)
    unknown = late.where(lambda read: is_nobodys(read.actor))
    if unknown:
        yield Doubt(
            f"Obtained after the refusal, by whom is not known: {doubtful_reads(unknown)}. The native "
            "stack or a symbol file settles it.",
            f"拒绝后已读取，但无法确定由谁读取：{doubtful_reads_zh(unknown)}。补充原生调用栈或符号文件可确认。",
            unknown.ids,
        )
    reads = obtained.straddling(run.refusal, GRACE_MS)
    flows = carrying.where(lambda flow: not run.refusal.is_after(flow) and not _certainly_after(run, flow))
    if reads or flows:
        yield Doubt(
            f"{counted(len(reads), 'read')} and {counted(len(flows), 'request')} too close to "
            "the refusal, or perhaps in flight: a run with a later second look settles it.",
            f"{len(reads)}次读取和{len(flows)}个请求过于接近拒绝时刻或可能已在途：延长观察再测可确认。",
            [*reads.ids, *flows.ids],
        )
    yield from unreadable(run, lambda event: not run.refusal.is_after(event), "after the refusal", "拒绝后")


def _not_refused(run: Segment) -> Iterator[Said]:
    if run.asked.came:
        yield Doubt(
            "Consent was asked, but no refusal was made: refusing by hand settles it.",
            "已征求同意但未能作出拒绝：人工拒绝后再测可确认。",
        )
    else:
        yield Absent("No consent was asked, so nothing could be refused.", "未征求同意，无从拒绝。")


def _certainly_after(run: Segment, flow: Flow) -> bool:
    """Its connection was opened after the refusal, or it carries a value that was first read after it."""
    if not run.holds(flow):
        return False
    if flow.connected_lo > run.refusal.hi + GRACE_MS:
        return True
    if not run.refusal.is_before(flow, GRACE_MS):
        return False
    digests = {found.value_digest for found in flow.found}
    readings = [read for read in run.calls(obtained=True) if digests.intersection(read.value_digests)]
    return bool(readings) and all(run.refusal.is_before(read) for read in readings)


def _since(run: Segment, event: Event) -> str:
    return f"{(event.t_lo - run.refusal.hi) / 1000:.1f} s after the user refused"


def _since_zh(run: Segment, event: Event) -> str:
    return f"用户拒绝{(event.t_lo - run.refusal.hi) / 1000:.1f}秒后"
