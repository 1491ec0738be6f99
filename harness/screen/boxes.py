"""Boxes and switches: whose words they stand for, and whether they are on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harness.screen.topics import about, is_policy, is_terms, talks_consent, talks_privacy
from harness.screen.tree import Node, Tree

MAX_BOX_WORDS: Final = 320
MAX_DRAWN: Final = 170
"""Pixels across; a larger picture is no box."""
_SWITCHES: Final = (
    "Switch",
    "SwitchCompat",
    "ToggleButton",
    "SwitchMaterial",
    "MaterialSwitch",
    "SwitchButton",
)
_DRAWN: Final = ("ImageView", "ImageButton", "View", "AppCompatImageView", "Image")
_BOX_ID: Final = re.compile(r"check|(^|_)cb(_|$)|select|agree|tick|radio|protocol_?(iv|icon|img)|choose")


@dataclass(frozen=True, slots=True)
class Box:
    node: Node
    """The box itself; the outer one's state may lie in a child."""
    words: str
    on: bool | None
    """None when the tree does not tell."""


def is_switch(node: Node) -> bool:
    return node.checkable and node.cls.rpartition(".")[2].endswith(_SWITCHES)


def is_box(node: Node) -> bool:
    """Something to tick: no switch."""
    return (node.checkable and not is_switch(node)) or _is_drawn_box(node)


def consent_boxes(tree: Tree, nodes: list[Node]) -> list[Box]:
    """Boxes whose words are about an agreement."""
    found: list[Box] = []
    for node in nodes:
        if any(kept.node.index <= node.index < kept.node.end for kept in found):
            continue
        if not is_box(node):
            continue
        real = node.checkable
        inner = _innermost(tree, node) if real else node
        words = _words_of(tree, node, nodes)
        if len(words) < MAX_BOX_WORDS and (
            _is_about_agreement(words) or talks_consent(words) or about("of_age", words)
        ):
            found.append(Box(inner, words, _state(tree, node, inner, real)))
    # "Agree to all" and "agree to news" are boxes of consent beside one that names an agreement.
    named = any(is_policy(node.label) or is_terms(node.label) for node in nodes if node.label)
    return found if named or any(_is_about_agreement(box.words) for box in found) else []


def switch_beside(tree: Tree, label: Node, nodes: list[Node]) -> Node | None:
    """The switch on a label's row, or the label's own."""
    if label.checkable:
        return label
    middle = label.center[1]
    row = [
        node
        for node in nodes
        if (node.checkable or is_switch(node) or node.cls.endswith(_SWITCHES))
        and node.bounds[1] - 40 <= middle < node.bounds[3] + 40
        and abs(node.center[1] - middle) < 120
    ]
    return min(row, key=lambda node: abs(node.center[1] - middle), default=None)


def _innermost(tree: Tree, node: Node) -> Node:
    """Where the state is kept: a row that says it is checkable may only pass on what its box says."""
    inside = [child for child in tree.below(node)[1:] if child.checkable and child.area > 0]
    return inside[0] if inside else node


def _state(tree: Tree, outer: Node, inner: Node, real: bool) -> bool | None:
    if real:
        return inner.checked or inner.selected if inner is not outer else outer.checked or outer.selected
    said = " ".join(
        (node.description or node.text)[:60].casefold() for node in tree.below(outer) if node.label
    )
    if about("box_off", said):
        return False
    if about("box_on", said) or outer.selected or outer.checked:
        return True
    return None


def _is_about_agreement(words: str) -> bool:
    if is_policy(words) or is_terms(words):
        return True
    if not talks_consent(words):
        return False
    return talks_privacy(words) or about("implicit", words) or about("data_talk", words) or "《" in words


def _is_drawn_box(node: Node) -> bool:
    """A picture that stands for a box: its id or its description says so, it is small, and takes touches."""
    left, top, right, bottom = node.bounds
    if node.text or not (0 < right - left < MAX_DRAWN and 0 < bottom - top < MAX_DRAWN):
        return False
    if not node.cls.endswith(_DRAWN):
        return False
    name = node.resource.rpartition("/")[2].casefold()
    said = node.description.casefold()
    return bool(_BOX_ID.search(name)) or (
        len(said) < 30 and (about("box_off", said) or about("box_on", said))
    )


def _words_of(tree: Tree, box: Node, nodes: list[Node]) -> str:
    """Its own text, the text inside it, or that on its row."""
    own = box.text.strip()
    if own and (_is_about_agreement(own) or not talks_consent(own)):
        return own
    inside = " ".join(node.label for node in tree.below(box)[1:] if node.label)
    if inside:
        return inside
    if len(box.description) > 12:
        return box.description.strip()
    left, top, _, bottom = box.bounds
    # "I have read and agree to" may be the box's, the names of the documents beside it a text of their own.
    row = [own] if own else []
    row += [
        node.label
        for node in nodes
        if node.label
        and node is not box
        and node.bounds[1] - 24 <= (top + bottom) // 2 < node.bounds[3] + 24
        and node.bounds[2] > left
        and node.area < 40 * max(box.area, 8000)
    ]
    return " ".join(row)
