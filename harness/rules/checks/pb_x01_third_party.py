"""PB-X01: personal data sent to a third party without consent or notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.data_type import NAMES
from harness.policy.compare import entries_of
from harness.policy.declared import Declared
from harness.rules.collected import Group, finding, groups_of
from harness.rules.fact import into, into_zh
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.recipients import company_of, to_third_parties
from harness.rules.rule import Doubt, Said, rule
from harness.rules.told import incomplete, policies, told
from harness.timeline.timeline import Segment

FIX: Final = "Send nothing to the third party before consent, and name it with its data in the policy."


@rule(
    id="PB-X01",
    title="Personal data sent to a third party without consent or notice",
    title_zh="未经同意或告知向第三方提供个人信息",
    fix_zh="同意前不向第三方发送任何信息，并在隐私政策中写明该第三方及其信息。",
    severity="critical",
    scenarios=["SC01", "SC05", "SC08", "SC12"],
    reads_policy=True,
    gates=["proxy", "canaries", "clock"],
    clauses=[
        "CVERC-06", "CVERC-07", "CVERC-12", "CN191-5.1", "CN191-5.3", "PIPL-23", "MIIT337-3", "MIIT164-3",
        "TC202A-5.1", "TC202A-5.2", "TC203A-2.8", "DRAFT26-3P", "CSL-42", "TAF078-5", "GDPR-6", "GDPR-13",
        "CCPA-120", "GPLAY-DS", "COPPA-312.5", "MIITN-02",
    ],
    rests_on_order=True,
)  # fmt: skip
def to_third_party(run: Segment, profile: Profile) -> Iterator[Said]:
    """A request to a known third party carried personal data, certainly before the user had agreed, or without
    any document naming that recipient."""
    flows = to_third_parties(run)
    nothing = run.reads().where(lambda read: False)
    early = flows.before(run.consent)
    for group in groups_of(run, nothing, early):
        yield finding(run, group, run.lead, run.lead_zh, FIX)
    straddling = flows.straddling(run.consent)
    if straddling:
        yield Doubt(
            "Requests to third parties straddling the agreement prove nothing: a run that leaves the dialog up "
            "settles it.",
            "发往第三方的请求与同意时刻重叠，不能证明先后：让弹窗保持不动再测可确认。",
            straddling.ids,
        )
    declared, partly = told(run), incomplete(run)
    late = groups_of(run, nothing, flows.after(run.consent))
    for group in late:
        if declared is None:
            yield _compare(group)
        elif not _named(run, declared, group) and partly is None:
            yield finding(
                run, group, lambda event: into(run, event) + ", to a recipient that no document names",
                lambda event: into_zh(run, event) + "（政策未告知接收方）", FIX,
            )  # fmt: skip
    if late and partly is not None:
        yield partly
    yield from unreadable(run, lambda event: True, "during the scenario", "场景期间")


def _compare(group: Group) -> Doubt:
    return Doubt(
        f"{group.actor.name} was sent {NAMES[group.data_type][0]} after consent; whether the policy names it was not "
        "looked up: opening the policy (SC02, SC12) settles it.",
        f"同意后向{group.actor.name}发送了{NAMES[group.data_type][1]}；未查阅政策是否告知：打开政策（SC02、SC12）可确认。",
        [event.id for event in group.events],
    )


def _named(run: Segment, declared: Declared, group: Group) -> bool:
    """By the SDK, its company, or the domain it was sent to."""
    if group.actor.sdk is not None and entries_of(declared, group.actor.sdk):
        return True
    company = company_of(group.actor.sdk).lower()
    if company and any(company in one.name.lower() for one in declared.recipients):
        return True
    domains = {flow.destination.registrable_domain for flow in group.flows} - {""}
    texts = [one.text.lower() for one in policies(run)]
    return bool(domains) and all(any(domain in text for text in texts) for domain in domains)
