"""What both sides of telling a screen's kind need to know of a part of a window, and what it can be."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from harness.screen.topics import about
from harness.screen.tree import Node
from harness.screen.window import AGREEING, REFUSING, Window

Kind = Literal[
    "privacy_popup", "privacy_popup_basic_mode", "basic_mode_confirm", "retention", "cmp_banner", "policy_update",
    "notice", "permission", "permission_rationale", "in_app_permission", "in_app_authorisation", "login",
    "login_one_key", "login_agreement_dialog", "settings", "settings_withdraw", "settings_ads",
    "withdraw_confirm", "account_deletion", "account_deletion_confirm", "policy_document", "negative",
    "unknown", "other",
]  # fmt: skip

LONG_DOCUMENT: Final = 600
EARLY: Final = 48
"""What a text is about is said in its first characters."""
MAX_BUTTONS: Final = 7
MAX_SHORT: Final = 250
"""Short labels that are looked at for what a page is about."""

LINKS: Final = ("policy_link", "vendor_list")
"""What only leads on."""


class Told(NamedTuple):
    kind: Kind
    why: str
    nodes: list[Node]
    """The part of the window that it is about."""
    is_question: bool = False
    """That part holds answers and the words they answer to."""


class Look:
    """What both need to know of some nodes."""

    def __init__(self, window: Window, nodes: list[Node]) -> None:
        self.window = window
        self.nodes = nodes
        self.buttons = [node for node in nodes if node.index in window.words and window.is_button(node)]
        self.roles = {window.words[node.index].role for node in self.buttons if window.words[node.index].sure}
        guessed = {window.words[node.index].role for node in self.buttons} - self.roles
        self.guessed = guessed & (AGREEING | REFUSING)
        self.texts = [node for node in window.texts if nodes and _within(node, nodes)]
        self.title = next((n.label for n in self.texts if _is_short(n.label) and not n.clickable), "")
        self.text = " ".join(node.label for node in self.texts)
        body = max((node.label for node in self.texts), key=len, default="")
        self.body = body
        self.early = f"{self.title} {body[:EARLY]}"

    def said(self) -> str:
        return ", ".join(sorted(self.roles | {f"{role}?" for role in self.guessed})) or "none"


def _is_short(label: str) -> bool:
    """As long as a title can be; letters say less than characters."""
    return len(label) <= (70 if label.isascii() or max(label) < "\u3000" else 40)


def _within(node: Node, nodes: list[Node]) -> bool:
    return nodes[0].index <= node.index <= nodes[-1].index


def is_social(nodes: list[Node]) -> bool:
    """Replies, votes and the like are on it."""
    short = [node.label.strip() for node in nodes if 0 < len(node.label) < 30][:MAX_SHORT]
    return any(about("social", label) for label in short)


def rationale(look: Look) -> Told | None:
    """None for a page on which nothing but links can be touched: it asks nobody."""
    if all(look.window.role(node) in LINKS for node in look.buttons):
        return None
    return Told(
        "permission_rationale", f"tells why a permission is needed; answers: {look.said()}", look.nodes
    )


def deletion(look: Look) -> Told:
    is_part = len(look.nodes) < len(look.window.nodes) // 2
    chosen = any(node.checkable for node in look.nodes)
    short = len(look.text) < 90 and len(look.nodes) < 25 and not chosen
    if look.window.is_modal or is_part or short:
        return Told("account_deletion_confirm", "asks whether to delete the account", look.nodes)
    return Told("account_deletion", "tells what deleting the account does", look.nodes)
