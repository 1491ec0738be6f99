"""PB-C02: a consent pop-up without a real choice to refuse."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from harness.model.event import Screen, ScreenElement, Tap
from harness.model.result import Finding
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import AGREE, REFUSE, SECOND_CHANCE, consent_screens
from harness.timeline.timeline import Segment, said

MOST: Final = 3.0
"""How many times larger, or stronger in contrast, agreeing may be drawn before a person should look; ours, no text
sets it."""
LEADS: Final = frozenset({"manage", "later", "vendor_list"})
"""Beside agreeing: what puts the question off, or leads to a page where it may be refused."""
FIX: Final = "Put a refuse button of the same kind next to the agree button."


@rule(
    id="PB-C02",
    title="Consent pop-up without a real refuse choice",
    title_zh="同意弹窗没有拒绝按钮或拒绝明显更难",
    fix_zh="在同意按钮旁设置同类的拒绝按钮。",
    severity="high",
    scenarios=["SC01", "SC03"],
    gates=["screen"],
    clauses=[
        "TC202A-3.1", "MIIT164-1", "PIPL-14", "GDPR-4.11", "GDPR-7", "CNIL24-2", "CCPA-R7004", "GPLAY-PDC",
        "GB42574-9", "CHILD-10", "PIPL-5", "GB41391-6.4",
    ],
)  # fmt: skip
def no_way_to_refuse(run: Segment, profile: Profile) -> Iterator[Said]:
    """The notice offers agreement and nothing that refuses, closes or leaves."""
    screens = consent_screens(run)
    if not screens:
        yield Absent("No screen asked for consent.", "没有出现征求同意的界面。")
        return
    first = screens[0]
    shown = [screen for screen in screens if screen.screen_kind == first.screen_kind]
    elements = [one for screen in shown for one in screen.elements]
    # Words that call going on an agreement are no button.
    agree = [one for one in elements if one.role in AGREE and one.role != "agree_implicit"]
    vague = [one for one in elements if one.role == "acknowledge"]
    words = [one for one in elements if one.role in REFUSE and _is_in_text(one)]
    refuse = [one for one in elements if one.role in REFUSE and not _is_in_text(one)]
    evidence = [screen.id for screen in shown]
    tried = [tap for tap in _taps(run) if tap.role in REFUSE and tap.text in {one.text for one in words}]
    if not refuse and words and (not tried or any(tap.changed for tap in tried)):
        yield _only_words(words[0].text, bool(tried), [*evidence, *(tap.id for tap in tried)])
    elif not refuse:
        yield from _without_refusal(run, profile, first, agree, vague, evidence)
    elif profile.steps_must_be_equal and (longer := list(_unequal(run, first, evidence))):
        yield from longer
    elif weaker := _drawn_weaker(first, agree, refuse):
        yield Doubt(
            f"Agreeing {' and '.join(what for what, _ in weaker)}: whether that misleads is for a person.",
            f"同意{'，且'.join(what for _, what in weaker)}：是否构成误导需人工判断。",
            evidence,
        )


def _is_in_text(element: ScreenElement) -> bool:
    """Words of a sentence that may be touched, not an element of their own."""
    return element.tap is not None and not element.clickable


def _taps(run: Segment) -> Iterator[Tap]:
    return itertools.chain.from_iterable(segment.taps for segment in run.whole.segments)


def _only_words(text: str, tried: bool, evidence: list[str]) -> Doubt:
    if tried:
        return Doubt(
            f"Only the words {text!r} inside the text refuse: whether people find them is for a person.",
            f"只有正文中的文字“{text}”可以拒绝：用户能否发现需人工判断。",
            evidence,
        )
    return Doubt(
        f"Whether the words {text!r} inside the text can be touched was not tried: SC03 settles it.",
        f"未尝试正文中的文字“{text}”能否点击：SC03可确认。",
        evidence,
    )


def _without_refusal(
    run: Segment,
    profile: Profile,
    screen: Screen,
    agree: Sequence[ScreenElement],
    vague: Sequence[ScreenElement],
    evidence: list[str],
) -> Iterator[Said]:
    backs = _backs(run, screen)
    if any(tap.changed for tap in backs):
        return
    if behind := _refused_behind(run):
        if profile.steps_must_be_equal:
            yield _longer(run, [*evidence, *behind])
        return
    if screen.unread:
        yield Doubt(
            f"Besides agreeing, {said(repr(label) for label in screen.unread)} can be tapped on the notice; whether "
            "it refuses is for a person.",
            f"除同意外，提示上还可点击{said((f'“{label}”' for label in screen.unread), zh=True)}："
            "是否表示拒绝需人工判断。",
            evidence,
        )
    elif profile.steps_must_be_equal and agree and (offered := _leading(screen)):
        yield _beside_only(run, evidence, offered)
    elif vague and not agree:
        yield _finding(
            run, evidence, f"only {vague[0].text!r} can be tapped", f"只能点击“{vague[0].text}”，没有拒绝选项"
        )
    elif backs:
        yield _finding(
            run,
            [*evidence, *(tap.id for tap in backs)],
            "nothing refuses or closes it, and the back key does not dismiss it",
            "没有拒绝或关闭选项，返回键也不能退出",
        )
    else:
        yield Doubt(
            "Nothing on the notice refuses, closes or leaves; whether the back key dismisses it was not "
            "tried: SC03, or pressing back by hand, settles it.",
            "提示上没有拒绝、关闭或退出选项；未尝试返回键能否退出：SC03或手动按返回键可确认。",
            evidence,
        )


def _backs(run: Segment, notice: Screen) -> Sequence[Tap]:
    """Presses of the back key on this notice, in whatever scenario of the run: it is the same app, so what SC03
    tried need not be tried in SC01."""
    found: list[Tap] = []
    for segment in run.whole.segments:
        same = next((one for one in consent_screens(segment) if one.screen_kind == notice.screen_kind), None)
        if same is not None:
            found += [tap for tap in segment.taps if tap.role == "back" and tap.t_lo > same.t_hi]
    return found


def _refused_behind(run: Segment) -> list[str]:
    """The two taps by which the walk, in whatever scenario, refused on the page that the notice's settings open."""
    for segment in run.whole.segments:
        for opens, refuses in itertools.pairwise(segment.taps):
            if opens.role == "manage" and opens.changed and refuses.role in REFUSE and refuses.changed:
                return [opens.id, refuses.id]
    return []


def _unequal(run: Segment, first: Screen, evidence: list[str]) -> Iterator[Finding]:
    """Refusing is asked about again, or lies on a page behind the first look."""
    again = [screen for screen in run.screens if screen.screen_kind in SECOND_CHANCE]
    here = [one for one in first.elements if one.role in REFUSE - LEADS]
    if again:
        yield _longer(run, [*evidence, *(screen.id for screen in again)])
    elif not here and not first.unread and (offered := _leading(first)):
        yield _beside_only(run, evidence, offered)


def _leading(screen: Screen) -> list[str]:
    """Labels of what beside agreeing puts off or leads on; empty where agreeing takes as many touches."""
    if screen.design is not None and (screen.design.steps_to_agree or 1) > 1:
        return []
    return [one.text for one in screen.elements if one.role in LEADS]


def _beside_only(run: Segment, evidence: list[str], labels: Sequence[str]) -> Finding:
    return _finding(
        run,
        evidence,
        f"agreeing takes one touch and refusing more: beside it there is only {said(map(repr, labels))}",
        f"同意只需一次点击，拒绝需更多：同意旁只有{said((f'“{label}”' for label in labels), zh=True)}",
    )


def _drawn_weaker(
    screen: Screen, agree: Sequence[ScreenElement], refuse: Sequence[ScreenElement]
) -> list[tuple[str, str]]:
    """In what refusing is drawn much weaker than agreeing, in English and Chinese."""
    found: list[tuple[str, str]] = []
    if agree and _area(agree) > MOST * _area(refuse):
        found.append(("is drawn more than three times as large as refusing", "按钮面积超过拒绝按钮三倍"))
    design = screen.design
    if design is None or design.agree is None or design.refuse is None:
        return found
    if design.contrast_ratio is not None and design.contrast_ratio > MOST:
        found.append(
            (
                f"stands out more than three times as strongly as refusing (contrast {design.agree.contrast:g} "
                f"against {design.refuse.contrast:g})",
                f"按钮对比度超过拒绝三倍（{design.agree.contrast:g}与{design.refuse.contrast:g}）",
            )
        )
    if design.agree.filled and design.refuse.filled is False:
        found.append(("is a filled button where refusing is bare words", "为填充按钮而拒绝仅为文字"))
    return found


def _longer(run: Segment, evidence: list[str]) -> Finding:
    return _finding(run, evidence, "refusing takes more steps than agreeing", "拒绝比同意需要更多步骤")


def _area(elements: Sequence[ScreenElement]) -> float:
    return max((one.bounds[2] - one.bounds[0]) * (one.bounds[3] - one.bounds[1]) for one in elements)


def _finding(run: Segment, evidence: list[str], what: str, what_zh: str) -> Finding:
    return Finding(
        says=f"On the consent notice {what} ({run.id}).",
        says_zh=f"同意提示上{what_zh}（{run.id}）。",
        evidence=evidence,
        what="no real choice to refuse",
        what_zh="没有真正的拒绝选项",
        when="on the consent notice",
        when_zh="同意提示上",
        fix=FIX,
    )
