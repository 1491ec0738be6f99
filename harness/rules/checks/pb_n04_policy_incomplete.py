"""PB-N04: the policy lacks mandatory content, the two lists, or a way to complain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.rules.fact import fact
from harness.rules.profile import Profile
from harness.rules.recipients import to_third_parties
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import incomplete, is_policy, told
from harness.timeline.timeline import Segment, said

FIX: Final = "Add what is missing to the policy, and both lists to the settings."
WORDS: Final[dict[str, tuple[str, str]]] = {
    "operator": ("who the operator is", "运营者"), "contact": ("a contact", "联系方式"),
    "purposes": ("purposes", "处理目的"), "retention": ("how long data are kept", "保存期限"),
    "storage_place": ("where data are kept", "存储地点"), "sharing": ("sharing with others", "对外提供"),
    "access": ("access", "查询"), "correct": ("correction", "更正"), "delete": ("deletion", "删除"),
    "cancel": ("account cancellation", "账号注销"), "withdraw": ("withdrawal of consent", "撤回同意"),
    "complaint": ("a way to complain", "投诉渠道"), "minors": ("minors", "未成年人"),
    "effective_date": ("its date", "生效日期"), "sensitive": ("sensitive data", "敏感个人信息"),
}  # fmt: skip
"""Elements that a policy must have, in words."""


@rule(
    id="PB-N04",
    title="Policy lacks mandatory content or the two lists",
    title_zh="政策缺少必备内容、双清单或投诉渠道",
    fix_zh="补全隐私政策缺少的内容，并在设置中提供双清单。",
    severity="medium",
    scenarios=["SC02", "SC12"],
    gates=["screen"],
    clauses=[
        "CVERC-04", "CVERC-05", "CVERC-18", "CN191-2.1", "CN191-2.4", "CN191-6.5", "PIPL-17", "PIPL-30",
        "PIPL-50", "NDSR-20", "NDSR-21", "MIIT292-1", "MIIT292-2", "MIIT292-3", "TC202A-1.5", "TC202A-2.1",
        "TC202A-2.4", "TC202A-6.3", "GDPR-13", "GPLAY-POL", "CACN-01", "MIITN-09", "GB43435-6.1", "CHILD-8",
    ],
)  # fmt: skip
def policy_incomplete(run: Segment, profile: Profile) -> Iterator[Said]:
    """The policy names no operator or contact, is silent on sharing although third parties were sent data, or
    shows no way to complain, withdraw or cancel."""
    texts = [one for one in run.whole.documents if is_policy(one, profile.limits)]
    declared = told(run)
    if not texts or declared is None:
        yield Absent("No policy was opened; PB-N01 decides.", "未打开隐私政策，由PB-N01判定。")
        return
    unclear = incomplete(run)
    missing = [element for element in WORDS if not declared.elements.get(element)]
    if any(one.topic == "complaint" for segment in run.whole.segments for one in segment.controls):
        # The law asks for the channel, not for a sentence about it.
        missing = [element for element in missing if element != "complaint"]
    grave: list[str] = [element for element in ("operator", "contact") if element in missing]
    shared = [flow for segment in run.whole.segments for flow in to_third_parties(segment)]
    if "sharing" in missing and shared:
        grave.append("sharing")
    if all(element in missing for element in ("complaint", "withdraw", "cancel")):
        grave.append("complaint")
    if grave and unclear is None:
        words = said((WORDS[one][0] for one in grave), limit=9)
        yield fact(
            run, [*texts, *shared[:5]], f"The policy says nothing about {words}",
            f"隐私政策未写明{said((WORDS[one][1] for one in grave), limit=9, zh=True)}",
            what="policy incomplete", what_zh="隐私政策缺少必备内容", fix=FIX,
        )  # fmt: skip
        return
    if missing:
        yield Doubt(
            f"Not found in the policy: {said((WORDS[one][0] for one in missing), limit=20)}. Whether its text "
            "says so in other words is for a person.",
            f"政策中未识别到：{said((WORDS[one][1] for one in missing), limit=20, zh=True)}。是否另有表述需人工阅读。",
            [one.id for one in texts],
        )
    if unclear is not None:
        yield unclear
    if "CN" in profile.jurisdictions:
        yield from _lists(run)


def _lists(run: Segment) -> Iterator[Said]:
    """MIIT292 asks for two lists within two levels of the settings."""
    if run.id != "SC12":
        return
    opened = {one.document for one in run.whole.documents if not one.problem}
    lists = (("collected_list", "已收集个人信息清单"), ("shared_list", "第三方共享清单"))
    absent = [
        name
        for kind, name in lists
        if kind not in opened and not (kind == "shared_list" and "sdk_list" in opened)
    ]
    if absent:
        yield Doubt(
            f"Not found in the settings: {said(absent)}; looking there by hand settles it.",
            f"设置中未找到{said(absent, zh=True)}：人工查看可确认。",
            run.crawls.ids,
        )
