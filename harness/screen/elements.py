"""The elements of a screen with their roles, as its kind lets them be."""

from __future__ import annotations

import re
from typing import Final

from harness.model.event import ScreenElement
from harness.screen.boxes import Box, consent_boxes, is_switch, switch_beside
from harness.screen.kinds import Kind, Told
from harness.screen.roles import is_led, normalise, word_of
from harness.screen.topics import about, is_implicit, policy_spans
from harness.screen.tree import Node
from harness.screen.window import Window, is_input
from harness.screen.wrap import span_point

ASKING: Final[frozenset[str]] = frozenset({
    "privacy_popup", "privacy_popup_basic_mode", "retention", "cmp_banner", "policy_update",
    "login_agreement_dialog", "basic_mode_confirm",
})  # fmt: skip

_CONSENT: Final = frozenset({
    "agree", "agree_login", "refuse", "refuse_exit", "exit", "later", "manage", "vendor_list", "basic_mode",
    "close", "acknowledge", "cancel", "confirm", "optout",
})  # fmt: skip
_LOGIN: Final = frozenset({
    "login_submit", "one_key_login", "switch_login", "guest_login", "agree_login", "close", "later", "vendor_list",
    "cancel",
})  # fmt: skip
_PERMISSION: Final = frozenset({
    "allow", "allow_once", "allow_foreground", "allow_always", "allow_limited", "deny", "deny_dont_ask",
    "accuracy_fine", "accuracy_coarse", "goto_settings", "later", "cancel", "confirm", "acknowledge", "close", "exit",
})  # fmt: skip
_SETTINGS: Final = frozenset({
    "withdraw", "delete_account", "logout", "ads_switch", "recommend_switch", "optout", "vendor_list", "goto_settings",
})  # fmt: skip
_CONFIRM: Final = frozenset({
    "confirm", "cancel", "withdraw", "delete_account", "acknowledge", "later", "close", "basic_mode", "exit",
})  # fmt: skip
_ROLES: Final[dict[Kind, frozenset[str]]] = {
    "privacy_popup": _CONSENT, "privacy_popup_basic_mode": _CONSENT, "retention": _CONSENT, "cmp_banner": _CONSENT,
    "policy_update": _CONSENT, "basic_mode_confirm": _CONSENT,
    "login_agreement_dialog": _CONSENT,
    "notice": frozenset({"acknowledge", "confirm", "close", "later", "cancel", "exit", "vendor_list", "manage"}),
    "login": _LOGIN, "login_one_key": _LOGIN,
    "permission_rationale": _PERMISSION, "in_app_permission": _PERMISSION,
    "in_app_authorisation": _PERMISSION | {"agree", "refuse"},
    "settings": _SETTINGS, "settings_withdraw": _SETTINGS, "settings_ads": _SETTINGS,
    "withdraw_confirm": _CONFIRM, "account_deletion": _CONFIRM, "account_deletion_confirm": _CONFIRM,
    "policy_document": frozenset({"close", "vendor_list"}),
    "negative": frozenset({"close", "later", "cancel"}),
    "unknown": frozenset({"close"}), "permission": _PERMISSION,
    "other": frozenset({"close", "later", "vendor_list", "logout", "delete_account"}),
}  # fmt: skip
_AS_CONSENT: Final = {
    "allow": "agree",
    "deny": "refuse",
    "guest_login": "basic_mode",
    "switch_login": "manage",
}
_AS_PERMISSION: Final = {"agree": "allow", "refuse": "deny", "refuse_exit": "deny"}
_AS_LOGIN: Final = {
    "basic_mode": "guest_login",
    "acknowledge": "login_submit",
    "one_key_login": "one_key_login",
}
_GUESSED: Final = frozenset({"agree", "agree_login", "refuse", "refuse_exit", "basic_mode"})
_CLOSE_ID: Final = re.compile(
    r"(^|_|-)(close|dismiss|cancel|x)(_|-|$)|close(btn|button|iv|img|icon)?$|^(iv|btn|img|ic)_?close"
)
_POINTED: Final = re.compile(
    r"(?:点击|点按|轻触|选择|點擊|點選|輕觸|選擇|\b(?:tap|click|select|choose)(?: on)?\s)\s*[“”「『\"']?"
    r"([^“”「」『』\"'，。；：、,.;:（）()\n]{2,40})"
    r"|[“「『\"„«]([^“”「」『』\"„«»\n]{2,40})[”“」』\"»]",
    re.IGNORECASE,
)
"""What a sentence tells to touch, or puts between quotation marks."""
_REFUSING: Final = frozenset({"refuse", "refuse_exit", "basic_mode", "guest_login", "exit"})
_OTHER_WAYS: Final = _REFUSING | {"cancel", "later", "close", "manage"}
MAX_CLOSE: Final = 200
"""Pixels across: a picture that closes is small."""
MAX_TEXT: Final = 2000


def elements_of(window: Window, told: Told) -> list[ScreenElement]:
    """In the order of the dump."""
    return _Elements(window, told).found()


class _Elements:
    def __init__(self, window: Window, told: Told) -> None:
        self.window = window
        self.kind = told.kind
        self.nodes = told.nodes
        self.allowed = _ROLES[told.kind]
        boxes = consent_boxes(window.tree, told.nodes) if self._has_boxes() else []
        self.boxes = {box.node.index: box for box in boxes}
        self.roles = self._shown_roles()

    def found(self) -> list[ScreenElement]:
        texts = [n for n in self.nodes if n.label and n.index not in self.roles and not is_input(n)]
        body = max(texts, key=lambda node: len(node.label), default=None)
        title = next((n for n in texts if n is not body and _is_title(n)), None)
        # A heading repeats the names that the text below links.
        below = body is not None and bool(policy_spans(body.label))
        heading = title if below and title is not None and self.window.touch(title) is None else None
        elements: list[ScreenElement] = []
        for node in self.nodes:
            box = self.boxes.get(node.index)
            if box is not None:
                elements.append(_box(box))
            elif node.index in self.roles:
                elements.append(self._answer(node, self.roles[node.index]))
            elif node is title or node is body:
                elements.append(_made(node, "title" if node is title else "body", None))
            if node.label and node.index not in self.roles and not is_input(node):
                elements += [] if node is heading else self._links(node)
                if is_implicit(node.label):
                    elements.append(_made(node, "agree_implicit", None))
            elif not node.label and "close" in self.allowed and _closes(node):
                elements.append(_made(node, "close", node.center))
        if self.kind in ASKING and body is not None and not any(e.role in _OTHER_WAYS for e in elements):
            elements += self._refusal_in(body)
        return elements

    def _refusal_in(self, node: Node) -> list[ScreenElement]:
        """Where nothing else refuses, the words of the text that may be a link that does."""
        width = self.window.root.bounds[0] + self.window.root.bounds[2]
        for match in _POINTED.finditer(node.label[:MAX_TEXT]):
            which = 1 if match.group(1) else 2
            word = word_of(match.group(which))
            if word is not None and word.sure and word.role in _REFUSING and node.enabled:
                start, end = match.span(which)
                return [
                    ScreenElement(
                        role=word.role, text=match.group(which).strip(), bounds=node.bounds,
                        tap=span_point(node.label, node.bounds, start, end, width), clickable=False,
                    )
                ]  # fmt: skip
        return []

    def _has_boxes(self) -> bool:
        return self.kind not in (
            "settings",
            "settings_ads",
            "settings_withdraw",
            "policy_document",
            "negative",
            "other",
        )

    # Roles

    def _shown_roles(self) -> dict[int, str]:
        sure: dict[int, str] = {}
        guessed: dict[int, str] = {}
        for node in self.nodes:
            word = self.window.words.get(node.index)
            if word is None:
                continue
            role = self._as_kind("agree" if self._says_yes(node, word.role) else word.role)
            if role not in self.allowed or not self._can_be_meant(node, role):
                continue
            (sure if word.sure else guessed)[node.index] = role
        for kin in (("agree", "agree_login"), ("refuse", "refuse_exit", "basic_mode")):
            mine = {index: role for index, role in guessed.items() if role in kin}
            if len(mine) == 1 and not any(role in kin for role in sure.values()):
                sure |= mine
        return sure

    def _says_yes(self, node: Node, role: str) -> bool:
        """ "Yes, …" to a question about data, beside a clear refusal."""
        refuses = any(word.role in ("refuse", "refuse_exit") for word in self.window.words.values())
        return role == "confirm" and self.kind in ASKING and refuses and is_led(node.label)

    def _as_kind(self, role: str) -> str:
        if self.kind in ASKING:
            return _AS_CONSENT.get(role, role)
        if self.kind in ("permission_rationale", "in_app_permission"):
            return _AS_PERMISSION.get(role, role)
        if self.kind in ("login", "login_one_key"):
            return _AS_LOGIN.get(role, role)
        # "Delete" and "revoke" say what they do by what they stand under.
        if self.kind in ("account_deletion", "account_deletion_confirm") and role == "erase":
            return "delete_account"
        if self.kind == "withdraw_confirm" and role == "revoke":
            return "confirm"
        return role

    def _can_be_meant(self, node: Node, role: str) -> bool:
        if role in ("ads_switch", "recommend_switch", "optout"):
            return True
        if role == "close" and not node.text and node.description and not self.window.is_button(node):
            return False
        return self.window.is_button(node)

    def _answer(self, node: Node, role: str) -> ScreenElement:
        touch = self.window.touch(node)
        point = touch.point if touch is not None else None
        if role not in ("ads_switch", "recommend_switch", "optout"):
            return _made(node, role, point)
        switch = switch_beside(self.window.tree, node, self.nodes)
        inverted = role == "optout" and (switch is not None or node.checkable)
        if switch is None:
            return _made(node, role, point)
        if inverted and not about("sale", node.label):
            role = "recommend_switch" if about("recommend", node.label) else "ads_switch"
        element = _made(node, role, switch.center if switch.enabled else None)
        return element.model_copy(update={"checked": switch.checked or switch.selected, "inverted": inverted})

    # Links

    def _links(self, node: Node) -> list[ScreenElement]:
        """Policies that a text names. A short text of its own is the link; in a sentence it is a span."""
        spans = policy_spans(node.label)
        if not spans:
            touch = self.window.touch(node) if self._names_link(node) else None
            return [_made(node, "policy_link", touch.point)] if touch is not None else []
        if len(spans) == 1 and len(node.label) - (spans[0][1] - spans[0][0]) <= max(4, len(node.label) // 3):
            touch = self.window.touch(node) if node.clickable or not node.checkable else None
            point = touch.point if touch is not None else None
            return [_made(node, "policy_link", point)] if point or node.label.startswith("《") else []
        if self.kind in ("policy_document", "negative", "other") and not node.label.count("《"):
            return []
        width = self.window.root.bounds[0] + self.window.root.bounds[2]
        return [
            ScreenElement(
                role="vendor_list" if _lists_vendors(node.label[start:end]) else "policy_link",
                text=node.label[start:end].strip("《》"),
                bounds=node.bounds,
                tap=span_point(node.label, node.bounds, start, end, width) if node.enabled else None,
                clickable=node.clickable,
            )
            for start, end in spans
        ]

    def _names_link(self, node: Node) -> bool:
        """A word such as "Privacy" below a question, where on another page it is a row of settings."""
        return self.kind in ASKING and len(node.label) < 24 and about("policy_word", normalise(node.label))


def unread(window: Window, nodes: list[Node]) -> list[str]:
    """Labels without a role that take touches like a button, themselves or by what they lie in."""
    return [
        node.label
        for node in nodes
        if 0 < len(node.label) < 40
        and (node.index not in window.words or not window.words[node.index].sure)
        and not node.checkable
        and not is_input(node)
        and not policy_spans(node.label)
        and window.touch(node) is not None
    ][:20]


def _lists_vendors(name: str) -> bool:
    word = word_of(name.strip("《》"))
    return word is not None and word.role == "vendor_list"


def _is_title(node: Node) -> bool:
    return 1 < len(node.label) <= 48 and not node.clickable and not node.checkable and not is_switch(node)


def _closes(node: Node) -> bool:
    """A small picture without words whose id says that it closes."""
    name = node.resource.rpartition("/")[2].casefold()
    width, height = node.bounds[2] - node.bounds[0], node.bounds[3] - node.bounds[1]
    return bool(
        node.clickable
        and node.enabled
        and 0 < width <= MAX_CLOSE
        and 0 < height <= MAX_CLOSE
        and _CLOSE_ID.search(name)
    )


def _box(box: Box) -> ScreenElement:
    node = box.node
    left, top, right, bottom = node.bounds
    # The words of a box may hold links; its left end is the box itself.
    point = (min(left + (bottom - top) // 2, (left + right) // 2), (top + bottom) // 2)
    return ScreenElement(
        role="checkbox",
        text=box.words[:300],
        bounds=node.bounds,
        tap=point if node.enabled else None,
        checked=box.on,
        clickable=node.clickable or node.checkable,
    )


def _made(node: Node, role: str, point: tuple[int, int] | None) -> ScreenElement:
    clickable = node.clickable or point is not None
    return ScreenElement(
        role=role, text=node.label[:MAX_TEXT], bounds=node.bounds, tap=point, clickable=clickable
    )


def permission_element(window: Window, node: Node, role: str) -> ScreenElement:
    touch = None if role in ("title", "body") else window.touch(node)
    checked = node.checked if node.checkable else None
    element = _made(node, role, touch.point if touch is not None else None)
    return element.model_copy(update={"checked": checked})
