"""PB-S03: data beyond what the type of app needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.data_type import CLASS_OF
from harness.rules.app_types import app_types
from harness.rules.collected import groups_of
from harness.rules.fact import fact, into, into_zh
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.timeline.timeline import Segment, said

FIX: Final = "Let the basic function work without it; ask when an extended function needs it."
NECESSARY: Final = {
    "phone": "手机号", "id_number": "证件", "id_photo": "证件", "bank_card": "银行卡", "name": "姓名",
    "address": "地址", "birthday": "年龄", "sex": "性别",
}  # fmt: skip
"""What a form demands, with the word that stands for it in the list of the type."""

WAYS_ROUND: Final = frozenset({"skip", "guest", "back"})


@rule(
    id="PB-S03",
    title="Data beyond what the app type needs",
    title_zh="收集超出该类App必要范围",
    fix_zh="基本功能应无需该信息即可使用，在扩展功能需要时再询问。",
    severity="medium",
    scenarios=["SC05", "SC08", "SC18"],
    gates=["hooks", "proxy"],
    clauses=[
        "CN191-4.1", "CN191-4.2", "NEC39-0", "NEC39-NONE", "NEC39-PHONE", "PIPL-6", "CVERC-13", "CVERC-15",
        "MIIT337-2", "MIIT164-2", "GB41391-6.1", "TAF078-1", "TAF077-2", "TAF077-5", "GDPR-5", "MINOR-32",
        "TC203A-2.3", "MIITN-03",
    ],
)  # fmt: skip
def more_than_needed(run: Segment, profile: Profile) -> Iterator[Said]:
    """A form that must be filled demands what the basic function of this type of app does not need."""
    kind = app_types().get(run.whole.facts.app_type or "")
    if kind is None:
        yield Absent(
            "Not tested: the type of app was not named (--app-type), and it is never guessed.",
            "未检测：未指定应用类型（--app-type），不作猜测。",
        )
        return
    for form in run.controls:
        if form.topic != "collection" or not form.demands:
            continue
        excess = [
            one for one in form.demands
            if kind.needs_nothing or not any(NECESSARY.get(one, one) in need for need in kind.necessary_zh)
        ]  # fmt: skip
        if not excess:
            continue
        if WAYS_ROUND & set(form.offers):
            continue
        if "not_tried" in form.offers:
            yield Doubt(
                f"A form asks for {said(excess)}, and nobody tried to go on without it: leaving it empty settles it.",
                f"表单要求填写{said(excess, zh=True)}，未尝试不填写继续使用：留空尝试可确认。",
                [form.id],
            )
            continue
        yield fact(
            run, [form],
            f"The app goes on only with {said(excess)}, which the basic function of type {kind.title} does not need",
            f"必须提供{said(excess, zh=True)}才能继续，超出{kind.title_zh}基本功能的必要范围",
            what=f"beyond need: {said(excess)}", what_zh=f"超出必要：{said(excess, zh=True)}",
            when=into(run, form), when_zh=into_zh(run, form), fix=FIX,
        )  # fmt: skip
    groups = groups_of(run, run.own_calls(obtained=True), run.carrying)
    extra = [one for one in groups if one.data_type not in kind.kinds]
    if extra:
        kinds = dict.fromkeys(f"{one.data_type} ({CLASS_OF[one.data_type]})" for one in extra)
        yield Doubt(
            f"Collected without a switch and outside the list of type {kind.title}: {said(kinds, limit=8)}. Whether "
            "security or an extended function needs it is for a person.",
            f"未提供开关且不在{kind.title_zh}必要信息之列：{said(kinds, limit=8, zh=True)}。"
            "是否为安全或扩展功能所需需人工判断。",
            [event.id for one in extra for event in one.events],
        )
    if kind.seen == "memory":
        yield Doubt(
            f"The entry of type {kind.title} in the list of necessary information was not seen in its wording: "
            "comparing with the published list settles it.",
            f"{kind.title_zh}的必要信息条目未见原文：对照公布文本可确认。",
        )
