"""Which screen is this, and which element has which role? When in doubt the kind is `unknown`, `other` or
`negative`, and nothing on such a screen is touched: a wrong tap is worse than none."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from harness.model.event import ScreenElement
from harness.screen.elements import elements_of, permission_element, unread
from harness.screen.kinds import Kind, tell
from harness.screen.permission import PACKAGE as PERMISSION_PACKAGE
from harness.screen.permission import asks_permission, permission_role
from harness.screen.roles import normalise
from harness.screen.topics import language_of
from harness.screen.tree import Bounds, Node, Tree, parse
from harness.screen.window import Window

CONSENT_KINDS: Final = frozenset(
    {"privacy_popup", "privacy_popup_basic_mode", "retention", "cmp_banner", "policy_update"}
)
"""Screens that ask for consent and offer a way to give it."""

LOGIN_KINDS: Final = frozenset({"login", "login_one_key", "login_agreement_dialog"})

AGREE_ROLES: Final = ("agree", "acknowledge", "confirm")
REFUSE_ROLES: Final = (
    "refuse", "refuse_exit", "basic_mode", "guest_login", "exit", "cancel", "later", "close",
)  # fmt: skip
"""In the order of how clearly they refuse."""

_SYSTEM_WINDOWS: Final = re.compile(
    r"com\.android\.systemui|com\.github\.uiautomator|.*inputmethod|.*\.ime(\..*)?|com\.baidu\.input.*|com\.iflytek\.input.*"
)
_DIGIT: Final = re.compile(r"\d+")
MAX_SIGNED: Final = 400
"""Characters of a label that tell two screens apart."""


@dataclass(frozen=True, slots=True)
class ScreenReading:
    kind: Kind
    language: str | None
    why: str
    package: str
    elements: list[ScreenElement] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Labels beside the answers that can be touched and whose meaning is not known."""
    blind: bool = False
    """The tree shows no words at all: what is drawn cannot be read."""
    signature: str = ""
    """Two looks with the same one show the same screen to a person (countdowns and clocks do not count)."""

    @property
    def asks(self) -> bool:
        """Asks for consent and can be answered."""
        answers = ("agree", "acknowledge", "confirm", "refuse", "refuse_exit", "basic_mode", "exit", "cancel")
        return self.kind in CONSENT_KINDS and any(e.role in answers for e in self.elements)

    def touchable(self, role: str) -> list[ScreenElement]:
        """Elements of that role that can be touched, one a point."""
        found = {element.tap: element for element in self.elements if element.role == role and element.tap}
        return list(found.values())


def classify(xml: str | bytes) -> ScreenReading:
    """Raises InputError when it is no dump. Elements are in the order of the dump."""
    tree = parse(xml)
    screen = _screen(tree)
    windows = [tree.nodes[root] for root in tree.roots]
    windows = [window for window in windows if not _SYSTEM_WINDOWS.fullmatch(window.package)]
    for root in windows:
        if PERMISSION_PACKAGE.fullmatch(root.package) and asks_permission(tree.below(root)):
            return _permission(Window(tree, root, screen))
    if not windows:
        return ScreenReading("other", None, "no window of an app", "", signature="nothing")
    return _read(Window(tree, _topmost(tree, windows), screen))


def _screen(tree: Tree) -> Bounds:
    """As large as the largest window; a window alone stands in the middle of its screen."""
    roots = [tree.nodes[root].bounds for root in tree.roots]
    right = max((left + right if left > 0 else right for left, _, right, _ in roots), default=0)
    bottom = max((bottom for *_, bottom in roots), default=0)
    return (0, 0, right, max(bottom, int(1.5 * right) if right < bottom * 2 else bottom))


def _topmost(tree: Tree, windows: list[Node]) -> Node:
    """A dump begins with the active window; a smaller window of the same app lies above it."""
    first = windows[0]
    mine = [w for w in windows if w.package == first.package and any(node.label for node in tree.below(w))]
    return min(mine, key=lambda window: window.area, default=first)


def _permission(window: Window) -> ScreenReading:
    with_role = [(node, role) for node in window.nodes if (role := permission_role(node)) is not None]
    elements = [permission_element(window, node, role) for node, role in with_role]
    return ScreenReading(
        kind="permission",
        language=_language(window, window.nodes),
        why="the system's permission dialog",
        package=window.root.package,
        elements=elements,
        signature=_signature("permission", window.nodes),
    )


def _read(window: Window) -> ScreenReading:
    told = tell(window)
    kind, why = told.kind, told.why
    blind = not any(node.label for node in window.nodes) and not window.inputs
    if blind:
        kind, why = "unknown", "the tree shows no words"
    return ScreenReading(
        kind=kind,
        language=_language(window, told.nodes),
        why=why,
        package=window.root.package,
        elements=elements_of(window, told),
        unread=unread(window, told.nodes) if told.is_question else [],
        blind=blind,
        signature=_signature(kind, window.nodes),
    )


def _language(window: Window, nodes: list[Node]) -> str | None:
    text = "\n".join(node.label for node in nodes if node.label)
    known = [window.words[node.index].language for node in nodes if node.index in window.words]
    return language_of(text, known)


def _signature(kind: str, nodes: list[Node]) -> str:
    parts = [kind, nodes[0].package if nodes else ""]
    for node in nodes:
        if node.label or node.checkable:
            label = node.label[:MAX_SIGNED]
            if _DIGIT.search(label):
                label = _DIGIT.sub("0", normalise(label))
            parts.append(f"{label} {node.checked} {node.selected}")
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()[:16]
