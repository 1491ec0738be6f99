"""One SDK in one host app: what it read, sent, stored and asked for in a run, and which findings are its own.

A regulator lists SDKs by name, as MIIT's notices do; their makers need what theirs did, not what the host did.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from harness.model.data_type import NAMES, DataType, is_personal
from harness.model.errors import InputError
from harness.model.event import ApiCall, Fact, Flow, OpaqueConnection, Permission, StorageWrite
from harness.model.result import AppFacts, Finding, Outcome, Verdict
from harness.report.safe_text import visible
from harness.report.words import OUTCOMES, clauses_of
from harness.sdks.load import load_signatures
from harness.sdks.signature import Signature
from harness.timeline.timeline import Segment, Timeline, counted, said

ATTRIBUTING: Final = (
    "PB-T01", "PB-T02", "PB-T04", "PB-T05", "PB-X01", "PB-X03", "PB-S01", "PB-S02", "PB-S04", "PB-S05", "PB-S07",
    "PB-S08", "PB-S09",
)  # fmt: skip
"""Checks that tell who did it: where one of them could not decide, an SDK is not clear either."""


class Did(Fact):
    """What the SDK did with one type of data in one scenario."""

    scenario: str
    data_type: DataType
    what: str
    what_zh: str
    reads: int
    attempts: int
    requests: int
    before_the_answer: int
    """Of reads and requests, those that certainly were."""
    sent_to: list[str]
    first: str
    first_zh: str
    evidence: list[str]


class SdkFinding(Fact):
    check: str
    title: str
    title_zh: str
    clauses: list[str]
    finding: Finding


class SdkReport(Fact):
    format: int = 1
    sdk: str
    name: str
    company: str
    category: str
    host: AppFacts
    profile: str
    outcome: Outcome
    reason: str
    reason_zh: str
    did: list[Did]
    contacted: list[str]
    unreadable: list[str]
    """Hosts of it whose connections could not be read."""
    permissions: list[str]
    stored: int
    findings: list[SdkFinding]


def sdk_report(timeline: Timeline, verdict: Verdict, sdk: str) -> SdkReport:
    """InputError when the catalogue has no such SDK."""
    known = {one.id: one for one in load_signatures()}
    signature = known.get(sdk)
    if signature is None:
        near = difflib.get_close_matches(sdk, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        here = said(seen_sdks(timeline), limit=20) or "none"
        raise InputError(f"--sdk {sdk!r}: not in the catalogue; in this run: {here}{hint}")
    did = [one for segment in timeline.segments for one in _did(segment, sdk)]
    findings = [
        SdkFinding(
            check=result.id, title=result.title, title_zh=result.title_zh, finding=finding,
            clauses=[one.clause.id for one in clauses_of(result, verdict.profile)],
        )
        for result in verdict.checks
        if result.outcome == "violation"
        for finding in result.findings
        if finding.actor_id == sdk
    ]  # fmt: skip
    events = [event for event in timeline.events if _is_of(event, sdk)]
    outcome, reason, reason_zh = _outcome(signature, verdict, findings, bool(events))
    return SdkReport(
        sdk=sdk, name=signature.name, company=signature.company, category=signature.category, host=verdict.app,
        profile=verdict.profile, outcome=outcome, reason=reason, reason_zh=reason_zh, did=did, findings=findings,
        contacted=sorted({event.host for event in events if isinstance(event, Flow)}),
        unreadable=sorted({event.host for event in events if isinstance(event, OpaqueConnection)}),
        permissions=sorted({event.permission for event in events if isinstance(event, Permission)}),
        stored=sum(1 for event in events if isinstance(event, StorageWrite)),
    )  # fmt: skip


def seen_sdks(timeline: Timeline) -> list[str]:
    """Ids of the SDKs that did anything in the run."""
    actors = (getattr(event, "actor", None) for event in timeline.events)
    return sorted({actor.sdk for actor in actors if actor is not None and actor.kind == "sdk" and actor.sdk})


def sdk_lines(report: SdkReport, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    host = f"{visible(report.host.label or report.host.package, 100)} {visible(report.host.version_name, 40)}"
    outcome = OUTCOMES[report.outcome][zh]
    if zh:
        by = report.company or "公司未知"
        yield (
            f"{report.name}（{by}），宿主应用{host}（{report.host.package}）：{outcome}。{report.reason_zh}"
        )
    else:
        by = report.company or "company not known"
        yield f"{report.name} ({by}) in {host} ({report.host.package}): {outcome}. {report.reason}"
    for one in report.did:
        yield "  " + (_did_line_zh(one) if zh else _did_line(one))
    for label, label_zh, values in (
        ("contacted", "联系的服务器", report.contacted), ("could not be read", "无法解密", report.unreadable),
        ("asked for", "申请的权限", report.permissions),
    ):  # fmt: skip
        if values:
            shown = said((visible(value, 120) for value in values), limit=20, zh=zh)
            yield f"  {label_zh}：{shown}" if zh else f"  {label}: {shown}"
    if report.stored:
        yield (
            f"  写入标识符{report.stored}次"
            if zh
            else f"  stored what looks like an identifier {report.stored} times"
        )
    for found in report.findings:
        says = found.finding.says_zh if zh else found.finding.says
        title = found.title_zh if zh else found.title
        yield f"{found.check} {title}: {visible(says)} [{', '.join(found.clauses)}]"
        yield f"    {'整改' if zh else 'fix'}: {found.finding.fix_zh if zh else found.finding.fix}"


def _did(segment: Segment, sdk: str) -> Iterator[Did]:
    reads = segment.reads().where(lambda read: read.actor.sdk == sdk)
    flows = segment.flows.where(lambda flow: flow.actor.sdk == sdk)
    kinds = dict.fromkeys(
        [read.data_type for read in reads]
        + [found.data_type for flow in flows for found in flow.found if is_personal(found.data_type)]
    )
    for kind in kinds:
        mine: Sequence[ApiCall] = reads.where(lambda read, kind=kind: read.data_type == kind)  # type: ignore[misc]
        sent = flows.where(lambda flow, kind=kind: any(one.data_type == kind for one in flow.found))  # type: ignore[misc]
        events = sorted([*mine, *sent], key=lambda event: event.t_lo)
        yield Did(
            scenario=segment.id, data_type=kind, what=NAMES[kind][0], what_zh=NAMES[kind][1],
            reads=sum(1 for one in mine if one.result == "obtained"),
            attempts=sum(1 for one in mine if one.result != "obtained"),
            requests=len(sent), sent_to=sorted({flow.host for flow in sent}),
            before_the_answer=sum(1 for one in events if segment.holds(one) and segment.answer.is_after(one)),
            first=segment.lead_or_into(events[0]), first_zh=segment.lead_or_into_zh(events[0]),
            evidence=[one.id for one in events],
        )  # fmt: skip


def _did_line(one: Did) -> str:
    parts = [counted(one.reads, "read")] if one.reads else []
    parts += [counted(one.attempts, "attempt") + " that got nothing"] if one.attempts else []
    parts += [f"{counted(one.requests, 'request')} to {said(one.sent_to)}"] if one.requests else []
    early = f"; {one.before_the_answer} before the user had answered" if one.before_the_answer else ""
    return f"{one.scenario} {one.what}: {', '.join(parts)}, first {one.first}{early}"


def _did_line_zh(one: Did) -> str:
    parts = [f"读取{one.reads}次"] if one.reads else []
    parts += [f"尝试未获得{one.attempts}次"] if one.attempts else []
    parts += [f"向{said(one.sent_to, zh=True)}发送{one.requests}次"] if one.requests else []
    early = f"，其中{one.before_the_answer}次在用户作出选择前" if one.before_the_answer else ""
    return f"{one.scenario} {one.what_zh}：{'，'.join(parts)}，首次为{one.first_zh}{early}"


def _is_of(event: object, sdk: str) -> bool:
    actor = getattr(event, "actor", None)
    return actor is not None and actor.sdk == sdk


def _outcome(
    signature: Signature, verdict: Verdict, findings: Sequence[SdkFinding], seen: bool
) -> tuple[Outcome, str, str]:
    if findings:
        checks = list(dict.fromkeys(one.check for one in findings))
        return "violation", f"Violations: {', '.join(checks)}.", f"违规：{'、'.join(checks)}。"
    if not seen:
        return (
            "not_applicable",
            f"Nothing of {signature.name} was seen in this run; that does not say that the app is without it.",
            f"本次运行未见{signature.name}的行为；不代表应用未集成。",
        )
    open_ones = [one.id for one in verdict.checks if one.id in ATTRIBUTING and one.outcome == "inconclusive"]
    if open_ones:
        names = ", ".join(open_ones)
        return "inconclusive", f"Not decided for the app: {names}.", f"应用层面未能判定：{names}。"
    if not any(one.outcome == "clear" for one in verdict.checks if one.id in ATTRIBUTING):
        return "inconclusive", "No check that tells who did it was decided.", "没有可归属主体的检查得出结论。"
    return (
        "clear",
        "No finding is its own, within the windows of the checks.",
        "在各检查的观察窗口内未发现其违规。",
    )
