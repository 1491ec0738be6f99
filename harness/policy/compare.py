"""What was observed against what the notice declares: each difference is a gap, hard or soft.

A hard gap contradicts the notice's words. A soft one is an umbrella term, an "etc.", a bare mention, or an
observation whose actor is not sure: it forbids `clear` and proves nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from harness.model.data_type import NAMES, DataType, is_personal
from harness.model.event import UNATTRIBUTED, Actor, ApiCall, Flow
from harness.policy.declared import Declared, DeclaredSdk, Sentence
from harness.policy.names import says_sdk
from harness.sdks.load import load_signatures
from harness.sdks.match import actor_of_host
from harness.sdks.signature import Signature

GapKind = Literal[
    "kind_not_told", "kind_denied", "sdk_not_listed", "sdk_kind_not_told", "recipient_not_told", "scene_not_told",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Observed:
    """One kind, obtained or sent, by one actor, to one recipient, in one scene."""

    data_type: DataType
    actor: Actor
    sent_to: str = ""
    """The host, for what left the device."""
    recipient: Actor = UNATTRIBUTED
    """Who owns that host, as far as the catalogue knows."""
    scene: Literal["", "background"] = ""
    """What the app was doing; "" makes no claim."""
    evidence: tuple[str, ...] = ()
    """Ids of events."""


@dataclass(frozen=True, slots=True)
class Gap:
    kind: GapKind
    hard: bool
    observed: Observed
    says: str
    """What the notice says or does not say; one English sentence."""
    says_zh: str
    sentence: Sentence | None = None
    """The words of the notice that come nearest."""


def observed(
    reads: Iterable[ApiCall],
    flows: Iterable[Flow],
    owner: Callable[[str], Actor] = actor_of_host,
    scene: Literal["", "background"] = "",
) -> list[Observed]:
    """Personal kinds obtained by reads and found in flows, once for each kind, actor and host."""
    found: dict[tuple[DataType, str, str, str], list[Observed]] = {}
    for call in reads:
        if call.result == "obtained" and is_personal(call.data_type):
            one = Observed(call.data_type, call.actor, scene=scene, evidence=(call.id,))
            found.setdefault((one.data_type, one.actor.kind, one.actor.name, ""), []).append(one)
    for flow in flows:
        for kind in dict.fromkeys(value.data_type for value in flow.found if is_personal(value.data_type)):
            one = Observed(kind, flow.actor, flow.host, owner(flow.host), scene, (flow.id,))
            found.setdefault((kind, flow.actor.kind, flow.actor.name, flow.host), []).append(one)
    return [_joined(group) for group in found.values()]


def compare(declared: Declared, seen: Sequence[Observed]) -> list[Gap]:
    """Every gap, in the order of what was seen; none for what the notice tells in particular."""
    return [gap for one in seen for gap in _gaps(declared, one)]


def entries_of(declared: Declared, sdk: str) -> list[DeclaredSdk]:
    """What the notice says of an SDK of the catalogue, by its name, brand, company, package or domain."""
    signature = _signature(sdk)
    return [
        entry
        for entry in declared.sdks
        if entry.sdk == sdk
        or (signature is not None and says_sdk(signature, entry.name, entry.company, entry.text))
    ]


def _gaps(declared: Declared, one: Observed) -> list[Gap]:
    gaps: list[Gap] = []
    if one.actor.kind == "sdk" and one.actor.sdk is not None:
        gaps += _by_sdk(declared, one, one.actor.sdk, one.actor.name, sure=one.actor.frame is not None)
    else:
        gaps += _by_app(declared, one)
    recipient = one.recipient
    if recipient.kind == "sdk" and recipient.sdk is not None and recipient.sdk != one.actor.sdk:
        told = any(_names_host(entry, one.sent_to) for entry in declared.sdks)
        if not told and not entries_of(declared, recipient.sdk):
            gaps.append(_recipient_gap(one))
    if one.scene == "background" and not declared.has("background"):
        en, zh = NAMES[one.data_type]
        gaps.append(Gap(
            "scene_not_told", False, one, f"The notice does not say that {en} is read in the background.",
            f"政策未说明会在后台收集{zh}。",
        ))  # fmt: skip
    return gaps


def _by_app(declared: Declared, one: Observed) -> list[Gap]:
    kind, (en, zh) = one.data_type, NAMES[one.data_type]
    if declared.tells(kind):
        return []
    sure = one.actor.kind == "app"
    denied = declared.denied.get(kind)
    if denied:
        return [Gap(
            "kind_denied", sure, one, f"The notice says that {en} is not collected.",
            f"政策称不收集{zh}。", denied[0].sentence,
        )]  # fmt: skip
    named = declared.kinds.get(kind)
    if named:
        return [_soft(one, f"The notice names {en} without saying that it is collected.",
                      f"政策提到{zh}，但未说明会收集。", named[0].sentence)]  # fmt: skip
    for term in declared.wide:
        if kind in term.covers:
            return [_soft(one, f"The notice says only “{term.word}”, which may mean {en}.",
                          f"政策仅以“{term.word}”概括，未列明{zh}。", term.sentence)]  # fmt: skip
    if kind in declared.open_for:
        return [_soft(one, f"The notice lists kinds like {en} and ends with “etc.”.",
                      f"政策列举同类信息后以“等”概括，未列明{zh}。")]  # fmt: skip
    holder = next((entry for entry in declared.sdks if kind in entry.kinds), None)
    if holder is not None:
        return [_soft(one, f"The notice tells of {en} only for {holder.name}.",
                      f"政策仅说明{holder.name}收集{zh}。", holder.sentence)]  # fmt: skip
    return [Gap("kind_not_told", sure, one, f"The notice does not name {en}.", f"政策未写明收集{zh}。")]


def _by_sdk(declared: Declared, one: Observed, sdk: str, name: str, sure: bool) -> list[Gap]:
    kind, (en, zh) = one.data_type, NAMES[one.data_type]
    entries = entries_of(declared, sdk)
    if not entries:
        return [Gap(
            "sdk_not_listed", sure, one, f"The notice names neither {name} nor its company.",
            f"政策及清单未列出{name}或其公司。",
        )]  # fmt: skip
    if any(kind in entry.kinds for entry in entries):
        return []
    first = entries[0]
    for term in (term for entry in entries for term in entry.wide):
        if kind in term.covers:
            return [_sdk_gap(False, one, f"For {first.name} the notice says only “{term.word}”, which may mean {en}.",
                             f"政策对{first.name}仅以“{term.word}”概括，未列明{zh}。", first.sentence)]  # fmt: skip
    if any(kind in entry.open_for for entry in entries):
        return [_sdk_gap(False, one, f"For {first.name} the notice lists kinds like {en} and ends with “etc.”.",
                         f"政策对{first.name}列举同类信息后以“等”概括，未列明{zh}。", first.sentence)]  # fmt: skip
    if not any(entry.kinds or entry.wide for entry in entries):
        return [_sdk_gap(False, one, f"The notice names {first.name} but not what data it collects.",
                         f"政策列出了{first.name}，但未说明其收集的信息。", first.sentence)]  # fmt: skip
    return [_sdk_gap(sure, one, f"The notice lists {first.name} without {en}.",
                     f"政策列出了{first.name}，但未包括{zh}。", first.sentence)]  # fmt: skip


def _soft(one: Observed, says: str, says_zh: str, sentence: Sentence | None = None) -> Gap:
    return Gap("kind_not_told", False, one, says, says_zh, sentence)


def _sdk_gap(hard: bool, one: Observed, says: str, says_zh: str, sentence: Sentence) -> Gap:
    return Gap("sdk_kind_not_told", hard, one, says, says_zh, sentence)


def _recipient_gap(one: Observed) -> Gap:
    en, zh = NAMES[one.data_type]
    name = one.recipient.name
    return Gap(
        "recipient_not_told", True, one, f"The notice does not say that {en} goes to {name} ({one.sent_to}).",
        f"政策未说明向{name}（{one.sent_to}）提供{zh}。",
    )  # fmt: skip


def _names_host(entry: DeclaredSdk, host: str) -> bool:
    """By its domain; the part above a public ending is enough."""
    return bool(host) and ".".join(host.split(".")[-2:]) in entry.text


@functools.cache
def _signature(sdk: str) -> Signature | None:
    return next((one for one in load_signatures() if one.id == sdk), None)


def _joined(group: Sequence[Observed]) -> Observed:
    first = group[0]
    evidence = tuple(dict.fromkeys(one for item in group for one in item.evidence))
    return Observed(first.data_type, first.actor, first.sent_to, first.recipient, first.scene, evidence)
