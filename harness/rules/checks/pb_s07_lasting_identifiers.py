"""PB-S07: device identifiers that cannot be changed, or that are linked to those that can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.data_type import CLASS_OF, NAMES
from harness.model.event import Flow
from harness.rules.collected import (
    doubtful_reads,
    doubtful_reads_zh,
    finding,
    groups_of,
)
from harness.rules.fact import fact, into, into_zh
from harness.rules.profile import Profile
from harness.rules.recipients import category_of
from harness.rules.rule import Doubt, Said, rule
from harness.rules.told import told
from harness.timeline.timeline import Segment, said

FIX: Final = "Use a resettable identifier such as OAID or one of your own making."
LINKABLE: Final = frozenset({"oaid", "advertising_id", "android_id"})


@rule(
    id="PB-S07",
    title="Immutable or linked device identifiers",
    title_zh="收集不可变更设备标识或与可重置标识关联",
    fix_zh="使用OAID等可重置标识或自建标识。",
    severity="medium",
    scenarios=["SC05", "SC08"],
    gates=["hooks", "proxy", "canaries"],
    clauses=[
        "TC204A-3.2g", "TC205A-4.2k", "GB41391-F", "GPLAY-ID", "TAF077-5", "PIPL-6", "GPLAY-FAM",
    ],
)  # fmt: skip
def lasting_identifiers(run: Segment, profile: Profile) -> Iterator[Said]:
    """An identifier that the user can never change was obtained or sent, and not for security that the policy
    names; or one request carried it together with one that can be reset."""
    reads = run.own_calls(obtained=True).where(lambda one: CLASS_OF[one.data_type] == "D1")
    flows = run.carrying
    declared = told(run)
    secured = declared is not None and "security" in declared.purposes
    for group in groups_of(run, reads, flows):
        if CLASS_OF[group.data_type] != "D1":
            continue
        if category_of(group.actor.sdk) == "risk_control":
            if not secured:
                yield Doubt(
                    f"{group.actor.name} guards against fraud and took {NAMES[group.data_type][0]}; the policy was not "
                    "seen to name that purpose: opening it settles it.",
                    f"{group.actor.name}用于安全风控并取得{NAMES[group.data_type][1]}；未见政策说明该目的：打开政策可确认。",
                    [event.id for event in group.events],
                )
            continue
        yield finding(run, group, lambda event: into(run, event), lambda event: into_zh(run, event), FIX)
    linked = flows.where(_links)
    for same in linked.grouped(lambda flow: flow.host):
        kinds = sorted({found.data_type for flow in same for found in flow.found if _is_id(found.data_type)})
        names, names_zh = (
            said((NAMES[kind][0] for kind in kinds), 9),
            said((NAMES[kind][1] for kind in kinds), 9, zh=True),
        )
        yield fact(
            run, same, f"One request to {same[0].host} carried identifiers that last and that can be reset: {names}",
            f"发往{same[0].host}的同一请求同时包含不可变更与可重置的标识：{names_zh}", what="linked identifiers",
            what_zh="关联标识", when=into(run, same[0]), when_zh=into_zh(run, same[0]), grade="A", fix=FIX,
        ).model_copy(update={"sent_to": [same[0].host]})  # fmt: skip
    tried = run.own_calls(obtained=False).where(lambda one: CLASS_OF[one.data_type] == "D1")
    if tried and not reads:
        yield Doubt(
            f"Tried without success: {doubtful_reads(tried)}. Since Android 10 the system withholds them; an older "
            "Android shows what the app would do.",
            f"尝试读取未成功：{doubtful_reads_zh(tried)}。Android 10起系统不再提供；在较低版本上可确认。",
            tried.ids,
        )


def _links(flow: Flow) -> bool:
    kinds = {found.data_type for found in flow.found}
    return bool(kinds & LINKABLE) and any(CLASS_OF[kind] == "D1" for kind in kinds)


def _is_id(kind: str) -> bool:
    return kind in LINKABLE or any(CLASS_OF[known] == "D1" and known == kind for known in CLASS_OF)
