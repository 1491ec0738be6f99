"""Which dialog is this, and which element has which role? When in doubt the kind is `other` or `negative`,
and nothing on such a screen is touched: a wrong tap is worse than none."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final, Literal

from harness.model.event import ScreenElement
from harness.screen.permission import PACKAGE as PERMISSION_PACKAGE
from harness.screen.permission import asks_permission, permission_role
from harness.screen.roles import (
    Word,
    about,
    is_implicit,
    is_policy,
    is_terms,
    language_of,
    normalise,
    policy_spans,
    talks_consent,
    talks_privacy,
    word_of,
)
from harness.screen.touch import span_point, touch_point
from harness.screen.tree import Bounds, Node, Tree, parse

Kind = Literal[
    "privacy_popup", "privacy_popup_basic_mode", "retention", "cmp_banner", "policy_update", "notice",
    "permission", "login", "login_one_key", "login_agreement_dialog", "policy_document", "negative",
    "unknown", "other",
]  # fmt: skip

CONSENT_KINDS: Final = frozenset(
    {"privacy_popup", "privacy_popup_basic_mode", "retention", "cmp_banner", "policy_update"}
)
"""Screens that ask for consent and offer a way to give it."""

AGREE_ROLES: Final = ("agree", "acknowledge", "confirm")
REFUSE_ROLES: Final = ("refuse", "refuse_exit", "basic_mode", "exit", "cancel", "later", "close")
"""In the order of how clearly they refuse."""

MAX_STRANGERS: Final = 6
"""A dialog has few things to touch that have nothing to do with its question; a page has many."""
SENTENCE: Final = 12
LONG_DOCUMENT: Final = 600

_SYSTEM_WINDOWS: Final = ("com.android.systemui", "com.github.uiautomator")
_WEAK_REFUSALS: Final = frozenset({"exit", "cancel", "later", "close"})


@dataclass(frozen=True, slots=True)
class ScreenReading:
    kind: Kind
    language: str | None
    why: str
    package: str
    elements: list[ScreenElement] = field(default_factory=list)
    blind: bool = False
    """The tree shows no words at all: what is drawn cannot be read."""
    signature: str = ""
    """Two looks with the same one show the same screen to a person (countdowns and clocks do not count)."""

    @property
    def asks(self) -> bool:
        """Asks for consent and can be answered."""
        return self.kind in CONSENT_KINDS

    def touchable(self, role: str) -> list[ScreenElement]:
        """Elements of that role that can be touched, one a point."""
        found = {element.tap: element for element in self.elements if element.role == role and element.tap}
        return list(found.values())


def classify(xml: str | bytes) -> ScreenReading:
    """Raises InputError when it is no dump. Elements are in the order of the dump."""
    tree = parse(xml)
    windows = [tree.nodes[root] for root in tree.roots]
    windows = [window for window in windows if not window.package.startswith(_SYSTEM_WINDOWS)]
    for window in windows:
        nodes = tree.below(window)
        if PERMISSION_PACKAGE.fullmatch(window.package) and asks_permission(nodes):
            return _permission(tree, nodes)
    if not windows:
        return ScreenReading("other", None, "no window of an app", "", signature="nothing")
    return _Window(tree, _topmost(tree, windows)).read()


def _topmost(tree: Tree, windows: list[Node]) -> Node:
    """A dump begins with the active window; a smaller window of the same app lies above it."""
    first = windows[0]
    mine = [w for w in windows if w.package == first.package and any(node.label for node in tree.below(w))]
    return min(mine, key=lambda window: window.area, default=first)


def _permission(tree: Tree, nodes: list[Node]) -> ScreenReading:
    with_role = [(node, role) for node in nodes if (role := permission_role(node)) is not None]
    labelled = [node for node, _ in with_role]
    elements = [_element(tree, node, role, labelled) for node, role in with_role]
    text = " ".join(node.label for node in nodes)
    return ScreenReading(
        "permission",
        language_of(text, _words(nodes)),
        "the system's permission dialog",
        nodes[0].package,
        elements,
    )


class _Window:
    """One window, read step by step: words, scope, kind, elements."""

    def __init__(self, tree: Tree, window: Node) -> None:
        self.tree = tree
        self.window = window
        self.nodes = [node for node in tree.below(window) if node.area > 0]
        self.words: dict[int, Word] = {}
        for node in self.nodes:
            word = word_of(node.label) if node.label and not _is_input(node) and not node.checkable else None
            if word is not None:
                self.words[node.index] = word
        self.labelled = [node for node in self.nodes if node.index in self.words]
        self.points = {node.index: touch_point(tree, node, self.labelled) for node in self.labelled}

    def read(self) -> ScreenReading:
        scope = self._scope()
        nodes = [node for node in self.nodes if scope is None or scope.index <= node.index < scope.end]
        text = "\n".join(node.label for node in nodes)
        kind, why = self._kind(scope, nodes, text)
        blind = not any(node.label for node in self.nodes) and not any(_is_input(node) for node in self.nodes)
        if blind:
            kind, why = "unknown", "the tree shows no words"
        return ScreenReading(
            kind=kind,
            language=language_of(text, [self.words[n.index] for n in nodes if n.index in self.words]),
            why=why,
            package=self.window.package,
            elements=self._elements(nodes),
            blind=blind,
            signature=_signature(kind, self.nodes),
        )

    def _role_nodes(self, *roles: str, touchable: bool = True) -> list[Node]:
        return [
            node
            for node in self.labelled
            if self.words[node.index].role in roles and (not touchable or self._is_button(node))
        ]

    def _is_button(self, node: Node) -> bool:
        """Takes touches, or would if it were enabled (a countdown)."""
        return self.points[node.index] is not None or (node.clickable and not node.enabled)

    def _scope(self) -> Node | None:
        """The smallest part of the tree that holds the answers and the words they answer to."""
        agree = self._role_nodes("agree") or self._role_nodes("acknowledge", "confirm", "agree_login")
        refuse = self._role_nodes("refuse", "refuse_exit", "basic_mode") or self._role_nodes(*_WEAK_REFUSALS)
        answers = [*agree, *refuse]
        if not answers:
            return None
        for part in [answers[0], *self.tree.ancestors(answers[0])]:
            inside = [node for node in answers if part.index <= node.index < part.end]
            both = any(node in agree for node in inside) and (
                not refuse or any(node in refuse for node in inside)
            )
            if (both or not agree) and self._tells_of_policy(part):
                return part
        return None

    def _tells_of_policy(self, part: Node) -> bool:
        """A sentence or a title of the part is about a privacy policy; a bare link is not enough."""
        texts = [node.label for node in self.tree.below(part) if node.label and node.index not in self.words]
        named = [text for text in texts if is_policy(text)]
        if any(len(text) >= SENTENCE and self._is_sentence(text) for text in named):
            return True
        about = [
            text for text in texts if len(text) >= SENTENCE and talks_privacy(text) and text not in named
        ]
        pieces = "".join(texts)
        return bool(named) and (bool(about) or (talks_consent(pieces) and len(pieces) >= 2 * SENTENCE))

    @staticmethod
    def _is_sentence(text: str) -> bool:
        spans = policy_spans(text)
        return len(text) - sum(end - start for start, end in spans) >= 4

    def _kind(self, scope: Node | None, nodes: list[Node], text: str) -> tuple[Kind, str]:
        roles = {
            self.words[node.index].role
            for node in nodes
            if node.index in self.words and self._is_button(node)
        }
        explicit, weak = roles & {"refuse", "refuse_exit", "basic_mode"}, roles & _WEAK_REFUSALS
        if scope is None:
            return self._kind_without_question(roles, text)
        if any(_is_input(node) for node in nodes):
            return "login", "a form to log in, with a policy named on it"
        if "one_key_login" in roles:
            return "login_one_key", "one-key login, with a policy named on it"
        if self._strangers(nodes) > MAX_STRANGERS:
            return "other", "words of consent on a page with many other things to touch"
        if "agree_login" in roles and "agree" not in roles:
            return "login_agreement_dialog", "agreement asked for logging in"
        said = "policy named, answers: " + ", ".join(sorted(roles))
        if "agree" not in roles:
            return self._kind_without_agree(roles, nodes, text, explicit, said)
        if self._is_second_chance(nodes, text):
            return "retention", said
        if about("cookie_banner", text) and "manage" in roles:
            return "cmp_banner", said
        if _is_update(nodes):
            return "policy_update", said
        if "basic_mode" in roles:
            return "privacy_popup_basic_mode", said
        if explicit or weak:
            return "privacy_popup", said
        return "privacy_popup", said + "; no way to refuse"

    def _kind_without_agree(
        self, roles: set[str], nodes: list[Node], text: str, explicit: set[str], said: str
    ) -> tuple[Kind, str]:
        """Agreeing may hide behind "OK", when the text asks for it and there is a choice or a consent box."""
        unclear = roles & {"acknowledge", "confirm"}
        choice = explicit or roles & {"exit", "cancel"}
        if (unclear and explicit) or (unclear and _boxes(self.tree, nodes)):
            return "privacy_popup", said + "; agreeing has an unclear label"
        if unclear and choice and talks_consent(text):
            return "privacy_popup", said + "; agreeing has an unclear label"
        if self._asks_to_leave(text, roles):
            return "retention", said
        if roles & {"acknowledge", "confirm", "agree_login"}:
            return "notice", said
        return self._kind_without_question(roles, text)

    def _kind_without_question(self, roles: set[str], text: str) -> tuple[Kind, str]:
        inputs = any(_is_input(node) for node in self.nodes)
        if "one_key_login" in roles:
            return "login_one_key", "one-key login"
        if inputs and roles & {"login_submit", "agree_login"}:
            return "login", "a form to log in"
        if len(text) >= LONG_DOCUMENT and any(
            is_policy(node.label) and len(node.label) < 40 for node in self.nodes
        ):
            return "policy_document", "a long text under the name of a policy"
        if "agree" in roles and roles & {"refuse", "refuse_exit", "cancel", "exit", "later"}:
            if self._asks_to_leave(text, roles):
                return "retention", "asks again for the agreement"
            return "negative", "answers like those of a consent dialog, but no policy named"
        if self._asks_to_leave(text, roles):
            return "retention", "asks whether to leave for want of agreement"
        return "other", "no question of consent"

    def _is_second_chance(self, nodes: list[Node], text: str) -> bool:
        buttons = [node.label for node in nodes if node.index in self.words]
        if any(label.startswith(("仍", "还是", "坚持")) or "still" in label.casefold() for label in buttons):
            return True
        return about("second_chance", text)

    def _asks_to_leave(self, text: str, roles: set[str]) -> bool:
        """ "Without agreeing you cannot go on: leave, or think again?" """
        stays = roles & {"cancel", "agree", "acknowledge", "confirm"}
        leaves = roles & {"exit", "refuse_exit", "refuse"}
        said = "\n".join(
            line for line in text.split("\n") if word_of(line) is None and self._is_sentence(line)
        )
        return bool(stays and leaves) and about("leave", said)

    def _strangers(self, nodes: list[Node]) -> int:
        """Things to touch that have neither a role nor the name of a document."""
        return sum(
            1
            for node in nodes
            if node.clickable
            and node.label
            and node.index not in self.words
            and not node.checkable
            and not policy_spans(node.label)
            and len(node.label) < 40
        )

    def _elements(self, nodes: list[Node]) -> list[ScreenElement]:
        elements = []
        boxes = {box.index: (state, label) for box, state, label in _boxes(self.tree, nodes)}
        texts = [n for n in nodes if n.label and n.index not in self.words and not _is_input(n)]
        body = max(texts, key=lambda node: len(node.label), default=None)
        title = next((n for n in texts if n is not body and len(n.label) <= 30 and not n.clickable), None)
        for node in nodes:
            if node.index in boxes:
                state, label = boxes[node.index]
                elements.append(_box_element(node, label, state))
            elif node.index in self.words:
                point = self.points[node.index]
                if point is not None or self._is_button(node):
                    elements.append(_made(node, self.words[node.index].role, point))
            elif node is title or node is body:
                elements.append(_made(node, "title" if node is title else "body", None))
            if node.label and node.index not in self.words:
                elements += _links(node, self.tree)
                if is_implicit(node.label):
                    elements.append(_made(node, "agree_implicit", None))
        return elements


def _is_update(nodes: list[Node]) -> bool:
    titles = [node.label for node in nodes if 0 < len(node.label) <= 30]
    return any(about("update", title) and (is_terms(title) or talks_privacy(title)) for title in titles)


def _is_input(node: Node) -> bool:
    return node.cls.endswith(("EditText", "AutoCompleteTextView")) or node.password


def _boxes(tree: Tree, nodes: list[Node]) -> list[tuple[Node, bool | None, str]]:
    """Boxes whose words are about the agreement: (box, ticked or None when it cannot be read, words)."""
    found: list[tuple[Node, bool | None, str]] = []
    for node in nodes:
        box = node.checkable and not node.cls.endswith(("Switch", "ToggleButton"))
        drawn = _is_drawn_box(node)
        if not (box or drawn) or any(kept.index <= node.index < kept.end for kept, _, _ in found):
            continue
        label = node.label if box else ""
        label = label or _words_beside(tree, node, nodes)
        if (is_policy(label) or is_terms(label)) and len(label) < 300:
            found.append(
                (node, (node.checked or node.selected) if box else (True if node.selected else None), label)
            )
    return found


def _is_drawn_box(node: Node) -> bool:
    """A picture that stands for a box: its id says so, it is small, and it takes touches."""
    name = node.resource.rpartition("/")[2].casefold()
    width = node.bounds[2] - node.bounds[0]
    return (
        node.clickable
        and not node.text
        and node.cls.endswith(("ImageView", "ImageButton", "View"))
        and any(word in name for word in ("check", "cb_", "_cb", "select", "agree", "tick"))
        and width < 160
    )


def _words_beside(tree: Tree, box: Node, nodes: list[Node]) -> str:
    """The text on the box's row, inside it, or in the same row's other views."""
    inside = " ".join(node.label for node in tree.below(box) if node.label)
    if inside:
        return inside
    middle = box.center[1]
    row = [
        node.label
        for node in nodes
        if node.label and node.bounds[1] <= middle < node.bounds[3] and node.bounds[0] >= box.bounds[0]
    ]
    return " ".join(row)


def _links(node: Node, tree: Tree) -> list[ScreenElement]:
    """Policies that a text names. A short text of its own is the link; in a sentence it is a span."""
    label = node.label
    spans = policy_spans(label)
    if not spans:
        return []
    if len(spans) == 1 and len(label) - (spans[0][1] - spans[0][0]) <= 4:
        point = touch_point(tree, node, [])
        return [_made(node, "policy_link", point)] if point or label.startswith("《") else []
    return [
        ScreenElement(
            role="policy_link",
            text=label[start:end].strip("《》"),
            bounds=node.bounds,
            tap=span_point(label, node.bounds, start, end) if node.enabled else None,
            clickable=node.clickable,
        )
        for start, end in spans
    ]


def _element(tree: Tree, node: Node, role: str, labelled: list[Node]) -> ScreenElement:
    point = None if role in ("title", "body") else touch_point(tree, node, labelled)
    checked = node.checked if node.checkable else None
    return _made(node, role, point).model_copy(update={"checked": checked})


def _box_element(node: Node, label: str, state: bool | None) -> ScreenElement:
    left, top, right, bottom = node.bounds
    # The words of a box may hold links; its left end is the box itself.
    point = (min(left + (bottom - top) // 2, (left + right) // 2), (top + bottom) // 2)
    return ScreenElement(
        role="checkbox",
        text=label[:300],
        bounds=node.bounds,
        tap=point if node.enabled else None,
        checked=state,
        clickable=node.clickable or node.checkable,
    )


def _made(node: Node, role: str, point: tuple[int, int] | None) -> ScreenElement:
    bounds: Bounds = node.bounds
    clickable = node.clickable or point is not None
    return ScreenElement(role=role, text=node.label[:2000], bounds=bounds, tap=point, clickable=clickable)


def _signature(kind: str, nodes: list[Node]) -> str:
    digest = hashlib.sha256(f"{kind} {nodes[0].package if nodes else ''}".encode())
    for node in nodes:
        if node.label or node.checkable:
            label = re.sub(r"\d+", "0", normalise(node.label[:200]))
            digest.update(f"\n{label} {node.checked} {node.selected}".encode())
    return digest.hexdigest()[:16]


def _words(nodes: list[Node]) -> list[Word]:
    return [word for node in nodes if node.label and (word := word_of(node.label)) is not None]
