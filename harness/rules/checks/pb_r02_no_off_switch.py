"""PB-R02: personalised ads or recommendation without a working off switch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.data_type import NAMES
from harness.model.event import Flow
from harness.rules.fact import fact, since, since_zh
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.recipients import category_of
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.timeline.timeline import Segment, said

FIX: Final = (
    "Offer the switch within four taps, keep its state, and send no identifier or the limit "
    "flag when it is off."
)
IDS: Final = frozenset({"oaid", "advertising_id", "android_id", "imei"})
LIMITING: Final = (
    "lmt=1",
    "limit_ad",
    "is_lat",
    "lat=1",
    "npa=1",
    "personal=0",
    "personalized=0",
    "personalized=false",
)
SWITCHES: Final = frozenset({"personal_ads", "personal_content"})


@rule(
    id="PB-R02",
    title="Personalised ads or recommendation without a working off switch",
    title_zh="个性化推荐、广告不能关闭或关闭无效",
    fix_zh="在四次点击内提供开关，保持其状态，关闭后不再发送标识符或附带限制标记。",
    severity="medium",
    scenarios=["SC12", "SC14"],
    gates=["proxy", "screen"],
    clauses=[
        "CVERC-19", "CVERC-20", "CN191-3.6", "PIPL-24", "NDSR-42", "MIIT337-4", "MIIT164-4", "TC202A-3.7",
        "GB35273-7.5", "TAF078-2", "TAF077-20", "SPEC2025-1", "DRAFT26-ADS", "GDPR-21", "CCPA-120", "GPLAY-ADID",
        "MIITN-06",
    ],
    rests_on_order=True,
)  # fmt: skip
def no_off_switch(run: Segment, profile: Profile) -> Iterator[Said]:
    """The app shows feeds or ads and has no switch for them, or the switch turned itself on again, or requests
    carried the same identifiers after it was off."""
    if run.id == "SC12":
        yield from _switch(run)
    else:
        yield from _effect(run)


def _is_ad(flow: Flow) -> bool:
    return category_of(flow.actor.sdk) == "advertising"


def _switch(run: Segment) -> Iterator[Said]:
    ads = [flow for segment in run.whole.segments for flow in segment.flows if _is_ad(flow)]
    feeds = [one for one in run.controls if one.topic == "feed"]
    switches = [one for one in run.controls if one.topic in SWITCHES]
    if switches:
        return
    if not ads and not feeds:
        yield Absent("No feed and no request of an ad SDK was seen.", "未见推荐内容或广告SDK请求。")
        return
    searches = run.crawls.where(lambda one: bool(SWITCHES & set(one.looked_for)))
    if not searches.where(lambda one: one.complete):
        yield Doubt(
            "No switch was found, but the settings were not searched in full: looking by hand settles it.",
            "未找到开关，但未能完整遍历设置：人工查找可确认。",
            searches.ids,
        )
    else:
        yield fact(
            run, [*searches, *feeds[:3], *ads[:3]], "The app shows feeds or ads and has no switch that turns "
            "personalisation off", "存在推荐或广告但没有关闭个性化的开关", what="no off switch",
            what_zh="无法关闭个性化", fix=FIX,
        )  # fmt: skip


def _effect(run: Segment) -> Iterator[Said]:
    moment = run.act("ads_off", "content_off")
    if not moment.came:
        yield Absent("No switch was turned off in this run.", "本次未关闭任何开关。")
        return
    states = [one for one in run.controls.after(moment) if one.topic in SWITCHES and one.state is not None]
    back = [one for one in states if one.state]
    if back:
        yield fact(
            run, back, "The switch was turned off and stood on again later", "开关关闭后又恢复为开启",
            what="switch reset", what_zh="开关被重置", when=since(moment, "it was turned off", back[0]),
            when_zh=since_zh(moment, "关闭", back[0]), fix=FIX,
        )  # fmt: skip
    before, after = run.flows.where(_is_ad).before(moment), run.flows.where(_is_ad).after(moment)
    ids = {one.value_digest for flow in before for one in flow.found if one.data_type in IDS}
    same = after.where(
        lambda flow: (
            not _limited(flow)
            and any(one.data_type in IDS and (one.value_digest in ids or not ids) for one in flow.found)
        )
    )
    if same:
        kinds = dict.fromkeys(
            NAMES[one.data_type][0] for flow in same for one in flow.found if one.data_type in IDS
        )
        kinds_zh = dict.fromkeys(
            NAMES[one.data_type][1] for flow in same for one in flow.found if one.data_type in IDS
        )
        yield fact(
            run, same, f"Ad requests to {said(flow.host for flow in same)} still carried "
            f"{said(kinds)} after the switch "
            "was off, with no limit flag", f"关闭后发往{said((flow.host for flow in same), zh=True)}的"
            f"广告请求仍含{said(kinds_zh, zh=True)}且无限制标记",
            what="off switch without effect", what_zh="关闭无效", when=since(moment, "it was turned off", same[0]),
            when_zh=since_zh(moment, "关闭", same[0]), grade="A", fix=FIX,
        ).model_copy(update={"sent_to": list(dict.fromkeys(flow.host for flow in same))})  # fmt: skip
    if not after:
        yield Doubt(
            "No ad request was seen after the switch was off: using the feed longer settles it.",
            "关闭后未见广告请求：继续使用推荐内容可确认。",
        )
    if not states:
        yield Doubt(
            "The switch was not looked at again after a restart: looking at it by hand settles "
            "whether it kept its state.",
            "重启后未再次查看开关：人工查看可确认其是否保持。",
        )
    straddling = run.flows.where(_is_ad).straddling(moment)
    if straddling:
        yield Doubt(
            "Ad requests straddling the switch prove nothing: a longer watch settles it.",
            "与关闭时刻重叠的广告请求不能证明先后：延长观察可确认。",
            straddling.ids,
        )
    yield from unreadable(run, lambda one: not moment.is_after(one), "after the switch was off", "关闭后")


def _limited(flow: Flow) -> bool:
    return any(word in flow.path.lower() for word in LIMITING)
