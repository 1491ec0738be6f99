"""PB-D03: minors: no special rules or guardian's consent; trackers in children's apps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.data_type import CLASS_OF
from harness.rules.collected import finding, groups_of
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.recipients import is_third_party
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import policies, told
from harness.timeline.consent import NEVER, Moment
from harness.timeline.timeline import Segment

FIX: Final = "Write rules for children, ask the guardian first, and collect nothing before."


@rule(
    id="PB-D03",
    title="Minors: no special rules or guardian consent; trackers in children's apps",
    title_zh="未成年人：没有专门规则或监护人同意",
    fix_zh="制定儿童规则，先征得监护人同意，此前不收集。",
    severity="high",
    scenarios=["SC19"],
    gates=["screen", "proxy", "hooks"],
    clauses=[
        "CVERC-22", "PIPL-31", "CHILD-8", "CHILD-9", "CHILD-10", "CHILD-13", "MINOR-32", "MINOR-34", "NDSR-21",
        "NDSR-22", "FACE-7", "GDPR-8", "COPPA-312.5", "GPLAY-FAM", "TC202A-1.1",
    ],
    rests_on_order=True,
)  # fmt: skip
def minors(run: Segment, profile: Profile) -> Iterator[Said]:
    """The app is for children, or was told that its user is one, and collected personal data without rules for
    children or without a guardian's consent before."""
    told_age = run.act("said_age")
    for_children = run.whole.facts.for_children
    if not (told_age.came or for_children):
        if any(one.topic == "age_gate" for one in run.controls):
            yield Doubt(
                "The age gate was met but no age was given: SC19, or giving 10 and 13 by hand, settles it.",
                "遇到年龄门但未填写年龄：场景SC19或人工填写10岁、13岁可确认。",
            )
        else:
            yield Absent(
                "The app is not said to be for children and asked for no age.",
                "未声明为儿童应用，也未询问年龄。",
            )
        return
    known = Moment(run.begin.lo, run.begin.hi) if for_children else told_age
    guardian = next((Moment.of(one) for one in run.controls if one.topic == "guardian"), NEVER)
    agreed = run.act("chose") if guardian.came else NEVER
    reads = run.own_calls(obtained=True).after(known)
    flows = run.carrying.after(known)
    if profile.guardian_before_ids:
        flows = flows.where(is_third_party)
        reads = reads.where(lambda one: CLASS_OF[one.data_type] in ("D1", "D2") and one.actor.kind == "sdk")
    declared = told(run)
    rules = any(one.document == "children_policy" for one in policies(run)) or (
        declared is not None and declared.has("minors")
    )
    early = groups_of(run, reads.before(agreed), flows.before(agreed))
    if not rules or not guardian.came or profile.guardian_before_ids:
        missing = "no guardian asked" if not guardian.came else "before the guardian agreed"
        missing_zh = "未征得监护人同意" if not guardian.came else "监护人同意之前"
        if guardian.came and not rules:
            missing, missing_zh = "no rules for children", "没有儿童规则"
            early = groups_of(run, reads, flows)
        for group in early:
            yield finding(
                run, group, lambda event, m=missing: f"{run.lead_or_into(event)}, {m}",  # type: ignore[misc]
                lambda event, m=missing_zh: f"{run.lead_or_into_zh(event)}（{m}）", FIX,  # type: ignore[misc]
            )  # fmt: skip
        if not early and not rules:
            yield Doubt(
                "No rules for children were found, and nothing was seen to be collected: whether they are needed is "
                "for a person.",
                "未找到儿童规则，也未见收集：是否需要需人工判断。",
            )
    elif early:
        for group in early:
            yield finding(run, group, run.lead_or_into, run.lead_or_into_zh, FIX)
    yield from unreadable(
        run, lambda one: not agreed.is_before(one), "before a guardian agreed", "监护人同意前"
    )
