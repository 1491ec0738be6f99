"""PB-N03: the policy cannot be reached within four taps of the main page, or cannot be read there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Crawl, PolicyText
from harness.rules.fact import fact
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.told import is_policy
from harness.timeline.timeline import Segment

FIX: Final = "Put the policy on a fixed path within four taps of the main page, in letters that can be read."


@rule(
    id="PB-N03",
    title="Policy not reachable within four taps of the main page, or unreadable there",
    title_zh="主界面四次点击内到不了隐私政策，或难以阅读",
    fix_zh="将隐私政策放在主界面四次点击内的固定位置，文字清晰可读。",
    severity="medium",
    scenarios=["SC12"],
    gates=["screen", "walk"],
    clauses=[
        "CVERC-03", "CN191-1.3", "CN191-1.4", "TC202A-1.3", "TC202A-1.4", "NDSR-21", "DRAFT26-ENTRY", "MIIT26-9",
        "PIPL-17",
    ],
)  # fmt: skip
def policy_hard_to_reach(run: Segment, profile: Profile) -> Iterator[Said]:
    """The shortest path from the main screen to the policy is longer than four taps, or its page fails two
    measures of legibility."""
    most = profile.limits.policy_taps
    found = [one for one in run.documents if one.taps is not None and is_policy(one, profile.limits)]
    searches = run.crawls.where(lambda one: "policy" in one.looked_for)
    deep = searches.where(lambda one: _tried(one) >= most)
    if not found:
        if deep and any(is_policy(one, profile.limits) for one in run.whole.documents):
            yield fact(
                run, deep, f"No path of up to {most} taps from the main page leads to the policy",
                f"从主界面{most}次点击内无法到达隐私政策",
                what="policy out of reach", what_zh="隐私政策难以访问", fix=FIX,
            )  # fmt: skip
        elif deep:
            yield Absent("No policy was found at all; PB-N01 says so.", "未找到隐私政策，见PB-N01。")
        else:
            yield Doubt(
                f"The search ended before all paths of {most} taps were tried: a search by hand settles it.",
                f"未尝试完{most}次点击内的全部路径：人工查找可确认。",
                searches.ids,
            )
        return
    nearest = min(found, key=lambda one: one.taps or 0)
    if (nearest.taps or 0) > most:
        if deep:
            yield fact(
                run, [nearest, *deep], f"The policy is {nearest.taps} taps from the main page, {most} are allowed",
                f"从主界面需{nearest.taps}次点击才能到达隐私政策，超过{most}次",
                what="policy out of reach", what_zh="隐私政策难以访问", fix=FIX,
            )  # fmt: skip
        else:
            yield Doubt(
                f"The only path found has {nearest.taps} taps, and shorter ones were not all tried: a search by "
                "hand settles it.",
                f"已知路径为{nearest.taps}次点击，更短的路径未试完：人工查找可确认。",
                [nearest.id],
            )
        return
    yield from _legible(run, nearest, profile)


def _tried(search: Crawl) -> int:
    """All paths of at most so many taps were tried; older runs tell only whether all of them were."""
    if search.exhausted is not None:
        return search.exhausted
    return search.depth if search.complete else 0


def _legible(run: Segment, page: PolicyText, profile: Profile) -> Iterator[Said]:
    limits = profile.limits
    failed: list[tuple[str, str]] = []
    unknown: list[str] = []
    if page.glyph_sp is None:
        unknown.append("size of letters")
    elif page.glyph_sp < limits.glyph_sp:
        failed.append((f"letters of {page.glyph_sp:g} sp", f"字号{page.glyph_sp:g}sp"))
    if page.contrast is None:
        unknown.append("contrast")
    elif page.contrast < limits.contrast:
        failed.append((f"contrast {page.contrast:g}:1", f"对比度{page.contrast:g}:1"))
    if page.sideways:
        failed.append(("it must be moved sideways", "需左右移动阅读"))
    if "CN" in profile.jurisdictions and _chinese(page.text) < limits.simplified_share:
        failed.append(("not in Simplified Chinese", "没有简体中文"))
    if len(failed) >= 2:
        what, what_zh = " and ".join(word for word, _ in failed), "、".join(word for _, word in failed)
        yield fact(
            run, [page], f"The policy can hardly be read: {what}", f"隐私政策难以阅读：{what_zh}",
            what="policy hard to read", what_zh="隐私政策难以阅读", fix=FIX,
        )  # fmt: skip
    elif failed:
        yield Doubt(
            f"One measure of legibility fails ({failed[0][0]}): whether it can be read is for a person.",
            f"一项可读性指标不达标（{failed[0][1]}）：是否难以阅读需人工判断。",
            [page.id],
        )
    elif len(unknown) == 2:
        yield Doubt(
            f"It is {page.taps} taps away, but {' and '.join(unknown)} were not measured: its screenshot settles it.",
            f"{page.taps}次点击可达，但字号与对比度未测量：查看截图可确认。",
            [page.id],
        )


def _chinese(text: str) -> float:
    """Share of Chinese characters among the letters; forms are not told apart here."""
    letters = [one for one in text if one.isalpha()]
    return sum("\u3400" <= one <= "\u9fff" for one in letters) / max(1, len(letters))
