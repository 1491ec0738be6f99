"""PB-X04: other people's identity data in a response, unmasked, though the screen hides them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Exposed, Flow
from harness.rules.fact import fact, into, into_zh
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.timeline.timeline import Segment, said

FIX: Final = "Mask on the server what the screen masks, and send only what the screen shows."
WORDS: Final[dict[str, tuple[str, str]]] = {
    "id_number": ("ID numbers", "身份证号"), "phone": ("phone numbers", "手机号"),
    "bank_card": ("bank cards", "银行卡号"), "name_and_address": ("names with addresses", "姓名与地址"),
}  # fmt: skip


@rule(
    id="PB-X04",
    title="Other people's identity data exposed in responses",
    title_zh="接口返回他人未脱敏身份信息",
    fix_zh="界面脱敏的内容应在服务器端脱敏，只下发界面需要的内容。",
    severity="critical",
    scenarios=["SC05", "SC08"],
    also=["SC01", "SC03"],
    gates=["proxy", "screen"],
    clauses=["PIPL-51", "NDSR-9", "CVERC-23", "GDPR-32", "GDPR-25"],
)
def over_exposure(run: Segment, profile: Profile) -> Iterator[Said]:
    """A response carried other people's ID numbers, phone numbers, bank cards or addresses in full, while the
    screen showed them masked or not at all: whoever reads the traffic can look people up."""
    answered = run.flows.where(lambda flow: flow.answered_by == "server")
    if not answered:
        if run.flows:
            yield Absent(
                "Not tested: the harness's sinkhole answered every request, so no server's response was seen; "
                "--network live shows them.",
                "未检测：请求均由本工具的沉洞应答，未见服务器响应；使用--network live可见。",
            )
        else:
            yield Absent("The app made no request that was answered.", "应用未发出得到应答的请求。")
        return
    exposing = answered.where(lambda flow: bool(_others(flow)))
    for flow in exposing:
        hidden = [one for one in _others(flow) if one.shown in ("masked", "absent")]
        people = {one.value_digest for one in hidden}
        if len(people) >= profile.limits.other_people:
            kinds = list(dict.fromkeys(one.data for one in hidden))
            words, words_zh = (
                said(WORDS[one][0] for one in kinds),
                said((WORDS[one][1] for one in kinds), zh=True),
            )
            yield fact(
                run, [flow],
                f"{flow.host} sent {words} of {len(people)} other people in full, which the screen "
                "masks or does not show",
                f"{flow.host}返回{len(people)}名他人的完整{words_zh}，界面已脱敏或未显示",
                what=f"exposed: {words}", what_zh=f"过度返回：{words_zh}", when=into(run, flow),
                when_zh=into_zh(run, flow), fix=FIX,
            ).model_copy(update={"sent_to": []})  # fmt: skip
    unsure = exposing.where(lambda flow: any(one.shown in ("plain", "unknown") for one in _others(flow)))
    if unsure:
        yield Doubt(
            f"{said(flow.host for flow in unsure)} sent identity data of people; the screen shows "
            "them too, or could not "
            "be compared: whether the user is meant to see them is for a person.",
            f"{said((flow.host for flow in unsure), zh=True)}返回了身份信息，界面亦显示或无法比对：是"
            "否应向该用户展示需人工判断。",
            unsure.ids,
        )
    yield from unreadable(run, lambda event: True, "during the scenario", "场景期间")


def _others(flow: Flow) -> list[Exposed]:
    return [one for one in flow.exposed if not one.own]
