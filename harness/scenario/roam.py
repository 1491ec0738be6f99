"""Going through an app's screens, nearest first: to find a place by the shortest path, or to see what is there.

What pays, deletes, posts, calls, agrees or logs out is never touched on the way. A search says that it was complete
only when nothing within its depth was left out."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from harness.model.event import ScreenElement
from harness.scenario.answers import Answers, Manner
from harness.scenario.record import Recorder
from harness.scenario.touch import Finger
from harness.scenario.watch import Handset, Look, Time, Watch
from harness.screen.touch import Touches
from harness.screen.tree import Node, parse

MAX_LABEL: Final = 30
MIN_PAGE: Final = 40
"""Characters of a web page; one with less has not loaded."""
MAX_CANDIDATES: Final = 40
"""Of one screen; a feed has no end."""
_NEVER: Final = re.compile(
    r"支付|付款|购买|下单|结算|充值|提现|转账|开通|订阅|删除|清空|清除|注销|发布|发送|评论|点赞|拨打|呼叫|"
    r"一键登录|退出|分享|上传|提交|同意|撤回|授权|卸载|安装|更新|下载|"
    r"\b(?:pay|buy|order|checkout|purchase|top up|transfer|subscribe|delete|clear|remove|post|send|comment|call|"
    r"dial|sign out|log ?out|share|upload|submit|agree|accept|withdraw|revoke|install|uninstall|update|download|"
    r"kaufen|bezahlen|löschen|senden|abmelden|payer|acheter|supprimer|envoyer|comprar|pagar|eliminar|enviar|"
    r"acquista|paga|elimina|invia|apagar|excluir)\b",
    re.IGNORECASE,
)
_WAY: Final = re.compile(
    r"我的|我$|设置|關於|关于|隐私|隱私|账号|帐号|安全|更多|个人中心|設定|プライバシー|einstellungen|datenschutz|"
    r"param[eè]tres|confidentialit|ajustes|privacidad|impostazioni|"
    r"\b(?:me|my|profile|account|settings|about|privacy|more|security|legal)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to touch on a screen."""

    label: str
    element: ScreenElement


@dataclass(frozen=True, slots=True)
class Place:
    """A screen, and the labels that lead to it from where the search began."""

    mark: str
    path: tuple[str, ...]
    marks: tuple[str, ...]
    """Of every screen on the way, this one last."""


@dataclass(slots=True)
class Trail:
    """What a search came to."""

    found: bool = False
    path: tuple[str, ...] = ()
    screens: int = 0
    taps: int = 0
    left_out: list[str] = field(default_factory=list)
    """Why it is not complete; empty when everything within the depth was seen."""


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes to go through an app and to tell of it."""

    finger: Finger
    watch: Watch
    answers: Answers
    recorder: Recorder
    phone: Handset
    clock: Time
    package: str


class Roamer:
    def __init__(self, means: Means) -> None:
        self._means = means

    def roam(
        self, depth: int, taps: int, deadline_ms: float, manner: Manner, words: re.Pattern[str] | None,
        until: Callable[[Look], bool], feature: bool = False,
    ) -> Trail:  # fmt: skip
        """Breadth first from the screen in front, so the first path found is a shortest one. With `feature` every
        touch is told as a feature that the user opened."""
        trail = Trail()
        look = self._settled(manner)
        if until(look):
            trail.found = True
            return trail
        start = Place(mark_of(look.xml), (), (mark_of(look.xml),))
        seen = {start.mark}
        queue = deque([(start, self._spots(look, words, trail))])
        trail.screens = 1
        if not queue[0][1]:
            trail.left_out.append("the tree of the first screen shows nothing that can be touched")
        while queue:
            place, spots = queue.popleft()
            for spot in spots:
                if trail.taps >= taps or self._means.clock.now_ms() >= deadline_ms:
                    trail.left_out.append("the budget was spent")
                    return trail
                if not self._return_to(place, manner, trail):
                    trail.left_out.append(
                        f"no way back to the screen after {' > '.join(place.path) or 'start'}"
                    )
                    break
                look = self._open(spot, manner, feature, trail)
                mark = mark_of(look.xml)
                path = (*place.path, spot.label)
                if until(look):
                    trail.found, trail.path = True, path
                    return trail
                unread = self._unread(look, spot)
                if unread:
                    trail.left_out.append(unread)
                if mark in seen or look.reading.package != self._means.package:
                    continue
                seen.add(mark)
                trail.screens += 1
                if len(path) < depth and not look.reading.asks:
                    next_place = Place(mark, path, (*place.marks, mark))
                    queue.append((next_place, self._spots(look, words, trail)))
        return trail

    def _spots(self, look: Look, words: re.Pattern[str] | None, trail: Trail) -> list[Spot]:
        """What can be touched there and may be, the likeliest first, then as it stands on the screen."""
        if look.reading.blind:
            trail.left_out.append("a screen whose tree shows no words")
        tree = parse(look.xml)
        touches = Touches(tree)
        labelled = [node for node in tree.nodes if node.label]
        touches.know(labelled)
        found: dict[str, Spot] = {}
        for node in labelled:
            touch = touches.of(node)
            if touch is None or touch.by == "label" or len(node.label) > MAX_LABEL or "EditText" in node.cls:
                continue
            if node.package != look.reading.package or node.label in found:
                continue
            if _NEVER.search(node.label):
                trail.left_out.append(f"{node.label!r} is not touched on the way")
                continue
            element = ScreenElement(
                role="spot", text=node.label, bounds=node.bounds, tap=touch.point, clickable=True
            )
            found[node.label] = Spot(node.label, element)
        if any(node.clickable and not _named(tree.nodes[node.index : node.end]) for node in tree.nodes):
            trail.left_out.append("something that can be touched has no words")
        if any(node.scrollable for node in tree.nodes):
            trail.left_out.append("a screen that scrolls was seen at its top only")
        if len(found) > MAX_CANDIDATES:
            trail.left_out.append(f"more than {MAX_CANDIDATES} things to touch on one screen")
        return sorted(found.values(), key=lambda spot: _rank(spot.label, words))[:MAX_CANDIDATES]

    def _open(self, spot: Spot, manner: Manner, feature: bool, trail: Trail) -> Look:
        trail.taps += 1
        _, look = self._means.finger.touch(spot.element, "the next place of the search")
        if feature:
            lo = look.before_ms
            self._means.recorder.ui("user_act", lo, look.after_ms, act="opened_feature", text=spot.label)
        return self._settled(manner)

    def _unread(self, look: Look, spot: Spot) -> str:
        """Why what opened may hold what is looked for, unseen; empty when it cannot."""
        if look.reading.package != self._means.package:
            return f"{spot.label!r} leads out of the app"
        tree = parse(look.xml)
        for node in tree.nodes:
            if node.cls.endswith("WebView") and not _says_something(tree.nodes[node.index : node.end]):
                return f"the web page behind {spot.label!r} showed no text (a proxy without a network gives none)"
        return ""

    def _settled(self, manner: Manner) -> Look:
        """The screen once it shows the same twice, with permission dialogs answered."""
        last = self._means.watch.look()
        for _ in range(8):
            began = self._means.clock.now_ms()
            if last.reading.kind == "permission":
                reason = "a permission dialog stands in the way"
                if not self._means.answers.permission(last.reading, manner, reason):
                    self._means.finger.press("back", "the permission dialog has no single answer")
            self._means.watch.pause(began, 0.15)
            look = self._means.watch.look()
            if look.reading.signature == last.reading.signature and look.reading.kind != "permission":
                return look
            last = look
        return last

    def _return_to(self, place: Place, manner: Manner, trail: Trail) -> bool:
        """Back until a screen on its path shows, then forward; at worst the app is brought to the front again."""
        for _ in range(len(place.path) + 3):
            look = self._settled(manner)
            mark = mark_of(look.xml)
            if mark in place.marks:
                return self._forward(place, place.marks.index(mark), manner, trail)
            if look.reading.package != self._means.package:
                self._means.phone.launch(self._means.package)
                self._means.watch.pause(self._means.clock.now_ms(), 0.3)
                look = self._settled(manner)
                if mark_of(look.xml) in place.marks:
                    continue
            self._means.finger.press("back", "back to where the search goes on")
        return False

    def _forward(self, place: Place, at: int, manner: Manner, trail: Trail) -> bool:
        for label, mark in zip(place.path[at:], place.marks[at + 1 :], strict=True):
            assert self._means.watch.last is not None
            spot = next((s for s in self._spots(self._means.watch.last, None, Trail()) if s.label == label), None)
            if spot is None:
                return False
            trail.taps += 1
            self._means.finger.touch(spot.element, "forward to where the search goes on")
            if mark_of(self._settled(manner).xml) != mark:
                return False
        return True


def mark_of(xml: str) -> str:
    """A screen by its structure and first labels: rows of a list and numbers make no other screen."""
    tree = parse(xml)
    shape = sorted({(node.cls, node.resource, node.depth) for node in tree.nodes})
    labels = [re.sub(r"\d+", "0", node.label) for node in tree.nodes if node.label][:3]
    package = tree.nodes[0].package if tree.nodes else ""
    return hashlib.sha256(repr((package, shape, labels)).encode(errors="replace")).hexdigest()[:16]


def _named(nodes: list[Node]) -> bool:
    return any(node.label for node in nodes)


def _says_something(nodes: list[Node]) -> bool:
    return sum(len(node.label) for node in nodes) >= MIN_PAGE


def _rank(label: str, words: re.Pattern[str] | None) -> int:
    if words is not None and words.search(label):
        return 0
    return 1 if _WAY.search(label) else 2
