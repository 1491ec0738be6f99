"""PB-T02: personal data sent before consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Flow
from harness.rules.collected import (
    doubtful_reads,
    doubtful_reads_zh,
    finding,
    groups_of,
)
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.sdks.match import is_platform_host
from harness.timeline.timeline import Segment, counted, kinds_sent, said

FIX: Final = "Hold back requests that carry it until the user has agreed."


@rule(
    id="PB-T02",
    title="Personal data sent before consent",
    title_zh="同意前发送个人信息",
    fix_zh="用户同意前不发送包含该信息的请求。",
    severity="critical",
    scenarios=["SC01", "SC02"],
    also=["SC03", "SC05"],
    gates=["proxy", "screen", "walk", "canaries", "clock"],
    clauses=[
        "CVERC-08", "MIITN-02", "CVERC-06", "CN191-3.1", "CN191-5.1", "PIPL-13", "PIPL-23", "MIIT164-1", "MIIT164-3",
        "TC202A-3.1", "GDPR-6", "EPRIV-5.3", "EDPB0223-1", "CNIL24-1", "GPLAY-PDC",
    ],
    rests_on_order=True,
    idle_s=60,
)  # fmt: skip
def sent_before_consent(run: Segment, profile: Profile) -> Iterator[Said]:
    """A request that certainly left the app before the user had answered carried a value of personal data.

    The proxy sees bytes after the app sent them, so "seen before" means "sent before". A request that the
    sinkhole answered had left the app all the same.
    """
    carrying = run.carrying
    early = carrying.before(run.answer)
    telling = early.where(lambda flow: not _address_only(flow))
    for group in groups_of(run, run.reads().where(lambda read: False), telling):
        yield finding(run, group, run.lead, run.lead_zh, FIX)
    address = early.where(_address_only)
    if address:
        hosts = [flow.host for flow in address]
        yield Doubt(
            f"Only the IP address was in requests to {said(hosts)} before the answer, which any request "
            "shows: whether it identifies is for a person.",
            f"作答前发往{said(hosts, zh=True)}的请求中仅含IP地址，任何请求都会暴露："
            "是否具有识别性需人工判断。",
            address.ids,
        )
    straddling = carrying.straddling(run.answer)
    if straddling:
        yield Doubt(
            f"{counted(len(straddling), 'request')} with personal data straddling the answer, "
            "proving nothing: a run that leaves the dialog up settles it.",
            f"{len(straddling)}个含个人信息的请求与作答时刻重叠，不能证明先后：让弹窗保持不动再测可确认。",
            straddling.ids,
        )
    yield from _unsought(run)
    yield from unreadable(run, lambda event: not run.answer.is_before(event), "before the answer", "作答前")


def _unsought(run: Segment) -> Iterator[Said]:
    """What was read without its value being known cannot be missed in what was sent afterwards."""
    reads = run.reads().where(
        lambda read: (
            read.actor.kind != "framework"
            and read.unsought
            and read.data_type not in run.whole.planted
            and not run.answer.is_before(read)
        )
    )
    first = min((read.t_lo for read in reads), default=float("inf"))
    flows = run.flows.where(
        lambda flow: flow.t_hi >= first and not run.answer.is_before(flow) and not is_platform_host(flow.host)
    )
    if flows:
        yield Doubt(
            f"Read before the answer with values that cannot be looked for in requests: {doubtful_reads(reads)}. "
            f"Whether the requests to {said(flow.host for flow in flows)} carried them is not known; a look at the "
            "stored bodies settles it.",
            f"作答前读取但其值无法在流量中比对：{doubtful_reads_zh(reads)}；"
            f"发往{said((flow.host for flow in flows), zh=True)}的请求是否携带未知，查看保存的内容可确认。",
            [*reads.ids, *flows.ids],
        )


def _address_only(flow: Flow) -> bool:
    return kinds_sent(flow) == ["ip_address"]
