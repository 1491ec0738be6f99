"""PB-X02: personal data sent abroad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.rules.collected import finding, groups_of
from harness.rules.fact import into, into_zh
from harness.rules.profile import Profile
from harness.rules.recipients import country_of
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import cut, incomplete, told
from harness.timeline.timeline import Segment, said

FIX: Final = "Tell recipient, place and data of the transfer, or keep the data in the country."
EEA: Final = frozenset({
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IS", "IT", "LI", "LV", "LT",
    "LU", "MT", "NL", "NO", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
})  # fmt: skip


@rule(
    id="PB-X02",
    title="Personal data sent abroad",
    title_zh="个人信息出境",
    fix_zh="告知接收方、所在地和所传信息，或将数据留在境内。",
    severity="medium",
    scenarios=["SC05", "SC08"],
    reads_policy=True,
    gates=["proxy", "canaries"],
    clauses=["PIPL-38", "PIPL-39", "PIPL-40", "NDSR-35", "XB24-1", "TC202A-1.5", "GDPR-44"],
)
def sent_abroad(run: Segment, profile: Profile) -> Iterator[Said]:
    """Personal data went to a server abroad while the policy denies it or is silent. Whether an assessment, a
    contract or an exemption stands behind it is never visible."""
    carrying = run.carrying
    if carrying and all(flow.answered_by == "sinkhole" for flow in carrying):
        yield Absent(
            "Not tested: the harness's sinkhole took all requests, so where a server stands was not seen; "
            "--network live shows it.",
            "未检测：请求均由本工具的沉洞接收，未知服务器所在地；使用--network live可见。",
        )
        return
    home = (
        frozenset({"CN"}) if "CN" in profile.jurisdictions else EEA if "EU" in profile.jurisdictions else None
    )
    if home is None:
        yield Absent(f"Profile {profile.id} sets no border.", f"{profile.title_zh}口径不涉及出境。")
        return
    foreign = carrying.where(lambda flow: (country_of(flow) or "?") not in {*home, "?"})
    unknown = carrying.where(lambda flow: country_of(flow) is None)
    declared, partly = told(run), incomplete(run)
    transfer = declared.transfer_abroad if declared is not None else ""
    nothing = run.reads().where(lambda read: False)
    for group in groups_of(run, nothing, foreign):
        places = said(dict.fromkeys(country_of(flow) or "?" for flow in group.flows))
        places, places_zh = f"{places} (by the address's registration)", f"{places}（按IP地址注册地）"
        if transfer == "told":
            continue
        if partly is not None or declared is None:
            yield Doubt(
                f"Personal data went to {places}; whether the policy tells of it was not seen: opening it settles it.",
                f"个人信息发往{places_zh}；未见政策是否告知：打开政策可确认。",
                [flow.id for flow in group.flows],
            )
            continue
        denied = declared.transfer_sentences[:1] if transfer == "denied" else ()
        words = (
            f"although the policy says {cut(denied[0].text)!r}"
            if denied
            else "and the policy is silent on it"
        )
        words_zh = f"而政策称“{cut(denied[0].text)}”" if denied else "而政策未说明"
        yield finding(
            run, group, lambda event, w=f"to {places}, {words}": f"{into(run, event)}, {w}",  # type: ignore[misc]
            lambda event, w=f"发往{places_zh}，{words_zh}": f"{into_zh(run, event)}（{w}）", FIX,  # type: ignore[misc]
        )  # fmt: skip
    if unknown:
        yield Doubt(
            f"Where {said(flow.host for flow in unknown)} stands is not known (a network of copies, or no address): "
            "the operator has to show it.",
            f"{said((flow.host for flow in unknown), zh=True)}所在地未知（内容分发网络或无地址）：需运营者说明。",
            unknown.ids,
        )
