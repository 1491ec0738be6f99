"""PB-T01: personal data collected before consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import ApiCall, Flow
from harness.rules.collected import (
    carried_in,
    doubtful_reads,
    doubtful_reads_zh,
    finding,
    groups_of,
    is_nobodys,
)
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Note, Said, rule
from harness.timeline.timeline import Events, Segment, counted

FIX: Final = "Start the code that reads it only after the user has agreed."


@rule(
    id="PB-T01",
    title="Personal data collected before consent",
    title_zh="同意前收集个人信息",
    fix_zh="用户同意后再启动读取该信息的代码。",
    severity="critical",
    scenarios=["SC01", "SC02"],
    also=["SC03", "SC05"],
    gates=["hooks", "proxy", "screen", "walk", "clock", "untouched"],
    clauses=[
        "CVERC-08", "MIITN-02", "CN191-3.1", "PIPL-13", "PIPL-14", "MIIT337-1", "MIIT164-1", "TC202A-3.1", "TC203A-2.5",
        "DRAFT26-NOTICE", "TAF078-3", "TAF078-6", "CSL-41", "GDPR-6", "EPRIV-5.3", "EDPB0223-1", "CNIL24-1",
        "GPLAY-PDC", "COPPA-312.5", "GB35273-5.4",
    ],
    rests_on_order=True,
    idle_s=60,
)  # fmt: skip
def collected_before_consent(run: Segment, profile: Profile) -> Iterator[Said]:
    """The app, or an SDK in it, obtained personal data before the user had answered.

    In SC01 nobody ever answers, so every read is before consent. In SC03 and SC05 only what certainly
    precedes the answer counts; reads after a refusal belong to PB-T05.
    """
    obtained = run.own_calls(obtained=True)
    early = obtained.before(run.answer)
    certain = early.where(lambda read: not is_nobodys(read.actor))
    leaving = carried_in(run.flows.before(run.answer))
    for group in groups_of(run, certain, _none(run)):
        group.flows = leaving.by(group.reads)
        yield finding(run, group, run.lead, run.lead_zh, FIX)
    yield from _attempts(run, certain, profile)
    yield from _doubts(run, early, obtained)


def _attempts(run: Segment, certain: Events[ApiCall], profile: Profile) -> Iterator[Said]:
    had = {(read.data_type, read.actor.name) for read in certain}
    attempts = run.own_calls(obtained=False).before(run.answer)
    alone = attempts.where(lambda read: (read.data_type, read.actor.name) not in had)
    if not alone:
        return
    if profile.attempts == "violation":
        for group in groups_of(run, alone, _none(run)):
            yield finding(run, group, run.lead, run.lead_zh, FIX)
    else:
        yield Doubt(
            f"Tried without success before the answer: {doubtful_reads(alone)}. An attempt is no "
            "collection yet; a device or account on which it succeeds, or the strict profile, settles it.",
            f"作答前尝试读取但未获得：{doubtful_reads_zh(alone)}。尝试尚不等于收集；换用可读取成功的设备或严格口径可确认。",
            alone.ids,
        )


def _doubts(run: Segment, early: Events[ApiCall], obtained: Events[ApiCall]) -> Iterator[Said]:
    unattributed = early.where(lambda read: is_nobodys(read.actor))
    if unattributed:
        yield Doubt(
            f"Obtained before the answer, by whom is not known: {doubtful_reads(unattributed)}. "
            "The native stack or a symbol file settles it.",
            f"作答前已读取，但无法确定由谁读取：{doubtful_reads_zh(unattributed)}。补充原生调用栈或符号文件可确认。",
            unattributed.ids,
        )
    straddling = obtained.straddling(run.answer)
    if straddling:
        yield Doubt(
            f"{counted(len(straddling), 'read')} straddling the answer, proving nothing "
            f"({doubtful_reads(straddling)}): a run that leaves the dialog up settles it.",
            f"{len(straddling)}次读取与作答时刻重叠，不能证明先后（{doubtful_reads_zh(straddling)}）："
            "让弹窗保持不动再测可确认。",
            straddling.ids,
        )
    framework = run.calls(obtained=True).where(lambda read: read.actor.kind == "framework").before(run.answer)
    if framework:
        yield Note(
            f"Not counted: {counted(len(framework), 'read')} by the framework itself.",
            f"系统框架自身的{len(framework)}次读取不计入。",
            framework.ids,
        )


def _none(run: Segment) -> Events[Flow]:
    return run.flows.where(lambda flow: False)
