"""PB-T04: an SDK or tracker contacted, or an identifier stored, before consent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from harness.model.event import Actor, Event, StorageWrite
from harness.model.result import Finding
from harness.rules.collected import (
    actor_name,
    actor_name_zh,
    finding,
    groups_of,
)
from harness.rules.fact import fact
from harness.rules.opaque import missed
from harness.rules.profile import Profile
from harness.rules.recipients import is_third_party
from harness.rules.rule import Doubt, Said, rule
from harness.timeline.timeline import Segment, kinds_sent, said

FIX: Final = "Start the SDK only after the user has agreed."


@rule(
    id="PB-T04",
    title="SDK or tracker contacted, or identifier stored, before consent",
    title_zh="同意前联系第三方或写入标识符",
    fix_zh="用户同意后再启动该SDK。",
    severity="high",
    scenarios=["SC01", "SC02"],
    also=["SC03", "SC05"],
    gates=["hooks", "proxy", "clock"],
    clauses=[
        "EPRIV-5.3", "EDPB0223-1", "CNIL24-1", "GDPR-6", "GDPR-25", "CN191-3.1", "CN191-5.1", "MIIT164-1",
        "SPEC2025-2", "TC205A-4.1", "DRAFT26-SDK",
    ],
    rests_on_order=True,
)  # fmt: skip
def tracker_before_consent(run: Segment, profile: Profile) -> Iterator[Said]:
    """Before any answer a third party was sent personal data, or an SDK started and read some. Under a profile
    that needs consent for any access, contact or a stored identifier is enough."""
    reads = run.own_calls(obtained=True).before(run.answer).where(lambda read: read.actor.kind == "sdk")
    flows = run.flows.where(is_third_party)
    early = flows.before(run.answer)
    for group in groups_of(run, reads, run.carrying.where(is_third_party).before(run.answer)):
        yield finding(run, group, run.lead, run.lead_zh, FIX)
    stored = [
        write
        for write in run.writes.before(run.answer)
        if _is_identifier(write) and write.actor.kind == "sdk"
    ]
    bare = early.where(lambda flow: not flow.found and not kinds_sent(flow))
    if profile.any_contact:
        for contacts in bare.grouped(lambda flow: flow.actor.name):
            yield _contact(
                run, contacts[0].actor, contacts, "was contacted", "被联系", [one.host for one in contacts]
            )
        for write in stored:
            yield _contact(
                run,
                write.actor,
                [write],
                f"stored an identifier ({write.key or write.name})",
                "写入标识符",
                [],
            )
    elif stored or bare:
        hosts = [flow.host for flow in bare]
        yield Doubt(
            "Before the answer an SDK "
            + (f"was contacted without personal data that could be seen ({said(hosts)})" if hosts else "")
            + (" and " if hosts and stored else "")
            + ("stored an identifier" if stored else "")
            + ". Under this profile that is no collection by itself; profile eu counts it, and naming what the "
            "request is for settles it.",
            "作答前有SDK"
            + (f"被联系（{said(hosts, zh=True)}）" if hosts else "")
            + ("写入标识符" if stored else "")
            + "，"
            "未见个人信息；eu口径计为违规，明确其用途可确认。",
            [*bare.ids, *(one.id for one in stored)],
        )
    yield from _doubts(run)


def _doubts(run: Segment) -> Iterator[Said]:
    opaque = missed(run).where(lambda one: not run.answer.is_before(one))
    if opaque:
        hosts = [one.host or "an unnamed host" for one in opaque]
        yield Doubt(
            f"Whether {said(hosts, limit=10)}, contacted before the answer, is a third party and what it was sent "
            "cannot be read: a build without pinning settles it.",
            f"作答前联系的{said(hosts, limit=10, zh=True)}是否为第三方、发送了什么无法读取："
            "使用未做证书固定的版本可确认。",
            opaque.ids,
        )
    straddling = run.flows.where(is_third_party).straddling(run.answer)
    if straddling:
        yield Doubt(
            f"Requests to {said(flow.host for flow in straddling)} straddling the answer prove nothing: a run that "
            "leaves the dialog up settles it.",
            "与作答时刻重叠的第三方请求不能证明先后：让弹窗保持不动再测可确认。",
            straddling.ids,
        )


def _is_identifier(write: StorageWrite) -> bool:
    """The agent reports writes whose value looks like an identifier; one that was read is surely one."""
    return write.data_type is not None or write.value_digest is not None


def _contact(
    run: Segment, actor: Actor, events: Sequence[Event], did: str, did_zh: str, hosts: list[str]
) -> Finding:
    lead, lead_zh = run.lead(events[0]), run.lead_zh(events[0])
    told = fact(
        run, events, f"{actor_name(actor)} {did}, {lead}", f"{lead_zh}，{actor_name_zh(actor)}{did_zh}",
        what=did, what_zh=did_zh, when=lead, when_zh=lead_zh, actor=actor, fix=FIX,
    )  # fmt: skip
    return told.model_copy(update={"sent_to": list(dict.fromkeys(hosts))})
