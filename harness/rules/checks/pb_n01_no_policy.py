"""PB-N01: no privacy policy, or a dead link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import PolicyText
from harness.rules.fact import fact
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Note, Said, rule
from harness.rules.told import OPEN, is_policy
from harness.timeline.timeline import Segment, said

FIX: Final = (
    "Publish a policy with purposes, data and contact, and link it where the user agrees and in settings."
)


@rule(
    id="PB-N01",
    title="No privacy policy, or a dead link",
    title_zh="没有隐私政策或链接打不开",
    fix_zh="公布写明目的、信息种类和联系方式的隐私政策，并在同意处和设置中提供链接。",
    severity="high",
    scenarios=["SC12"],
    also=["SC01", "SC02"],
    gates=["screen", "walk"],
    clauses=[
        "CVERC-01", "MPSN-01", "CN191-1.1", "PIPL-7", "PIPL-17", "NDSR-21", "TC202A-1.1", "SPEC2025-1",
        "SPEC2025-2", "GDPR-13", "GPLAY-POL", "GB35273-5.5",
    ],
)  # fmt: skip
def no_policy(run: Segment, profile: Profile) -> Iterator[Said]:
    """A complete search of the app found no text that tells what is collected, why and whom to ask."""
    documents = [one for one in run.whole.documents if one.document == "policy"]
    good = [one for one in documents if is_policy(one, profile.limits)]
    if good:
        yield Note(
            f"A policy of {len(good[0].text)} characters was opened ({good[0].title or good[0].url or 'in the app'}).",
            f"已打开隐私政策（{len(good[0].text)}字）。",
            [good[0].id],
        )
        return
    searches = run.crawls.where(lambda one: "policy" in one.looked_for)
    complete = searches.where(lambda one: one.complete)
    blocked = [one for one in documents if one.problem]
    if not complete:
        why = said(one.detail or "it was cut short" for one in searches) or "no search was recorded"
        yield Doubt(
            f"No policy was found, but the app was not searched in full ({why}): a search by hand settles it.",
            "未找到隐私政策，但未能完整遍历应用：人工查找可确认。",
            searches.ids,
        )
    elif blocked and (run.whole.facts.network == "sinkhole" or all(_intercepted(one) for one in blocked)):
        # Nothing reached the network: a page from there shows nothing, whatever the app does.
        yield Doubt(
            f"The policy's link failed under interception ({said(one.problem for one in blocked)}): opening it "
            "without the proxy settles it.",
            "隐私政策链接在代理拦截下打开失败：关闭代理后打开可确认。",
            [one.id for one in blocked],
        )
    else:
        dead = said(
            one.problem
            or (f"HTTP {one.status}" if (one.status or 0) >= OPEN else f"{len(one.text)} characters")
            for one in documents
        )
        yield fact(
            run,
            [*complete, *documents],
            "No usable privacy policy in the whole app" + (f"; what was opened: {dead}" if documents else ""),
            "遍历应用未找到可用的隐私政策" + ("，打开的链接无效或内容不足" if documents else ""),
            what="no privacy policy" if not documents else "dead or empty policy",
            what_zh="没有隐私政策" if not documents else "隐私政策打不开或无内容",
            fix=FIX,
        )


def _intercepted(document: PolicyText) -> bool:
    return "pinn" in document.problem or "proxy" in document.problem
