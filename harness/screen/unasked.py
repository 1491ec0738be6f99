"""The kind of a window whose answers, if any, answer to no words about a policy."""

from __future__ import annotations

from typing import Final

from harness.screen.boxes import is_switch, switch_beside
from harness.screen.look import (
    LONG_DOCUMENT,
    MAX_BUTTONS,
    MAX_SHORT,
    Look,
    Told,
    deletion,
    is_social,
    rationale,
)
from harness.screen.permission import ALLOWING, DENYING, asks
from harness.screen.roles import normalise
from harness.screen.topics import about, is_implicit, is_policy, is_terms, talks_privacy, weight
from harness.screen.tree import Node
from harness.screen.window import AGREEING, MAX_STRANGERS, REFUSING, WEAK, Window

_SETTING_ROLES: Final = frozenset(
    {"withdraw", "delete_account", "logout", "ads_switch", "recommend_switch", "optout"}
)


class Unasked(Look):
    """A window whose answers, if any, answer to no words about a policy."""

    def __init__(self, window: Window, whole: list[Node] | None = None) -> None:
        nodes = window.focus() if whole is None else whole
        super().__init__(window, nodes)
        self.is_part = len(nodes) < len(window.nodes)
        few = 0 < len(self.buttons) <= MAX_BUTTONS and len(nodes) < 60
        self.is_dialog = window.is_modal or self.is_part or few

    def tell(self) -> Told:
        for found in (
            self._login(),
            self._retention(),
            self._withdrawal(),
            self._permission(),
            self._settings(),
        ):
            if found is not None:
                return found
        document = self._document()
        if document is not None:
            return document
        answers = self.roles | self.guessed
        if not self.window.is_modal and is_social(self.nodes) and self._mentions_privacy():
            return Told("negative", "a thread or an article with votes and replies", self.nodes)
        is_page = (
            not self.window.is_modal
            and not self.is_part
            and self.window.strangers(self.nodes) > MAX_STRANGERS
        )
        if is_page and not (answers & (AGREEING | REFUSING) and is_social(self.nodes)):
            return Told("other", "a page with many things to touch", self.nodes)
        if answers & (AGREEING | REFUSING | ALLOWING):
            return Told("negative", f"answers ({self.said()}), but no policy asked about", self.nodes)
        if about("lookalike", self.text) and self.is_dialog and self.buttons:
            return Told("negative", "a dialog or page that asks about something else", self.nodes)
        if self.window.is_modal and any(node.clickable for node in self.nodes):
            return Told("negative", "a dialog that asks about something else", self.nodes)
        if (
            self.is_dialog
            and self.roles & (WEAK | {"confirm", "acknowledge", "goto_settings"})
            and self.texts
        ):
            return Told("negative", "a question about something else", self.nodes)
        return Told("other", "no question of consent", self.nodes)

    def _login(self) -> Told | None:
        inputs = self.window.inputs
        if "one_key_login" in self.roles:
            return Told("login_one_key", "one-key login", self.nodes)
        submits = self.roles & {"login_submit", "agree_login", "switch_login"}
        password = any(node.password for node in inputs)
        if (password and submits) or (inputs and len(inputs) <= 6 and submits and not self.roles & AGREEING):
            return Told("login", "a form to log in", self.nodes)
        if submits and is_implicit(self.text):
            return Told("login", "a way to log in, and going on counts as agreeing", self.nodes)
        many = sum(self.window.role(node) == "switch_login" for node in self.buttons)
        if many >= 2 or (submits and self.roles & {"guest_login"}) or (many and "login_submit" in self.roles):
            return Told("login", "ways to log in", self.nodes)
        return None

    def _retention(self) -> Told | None:
        stays = self.roles & {"cancel", "agree", "acknowledge", "confirm"}
        leaves = self.roles & {"exit", "refuse_exit", "refuse"}
        said = " ".join(
            node.label for node in self.texts if len(node.label) > (22 if node.label.isascii() else 8)
        )
        if (
            self.is_dialog
            and "exit" in leaves
            and any(about("reread", normalise(node.label)) for node in self.buttons)
        ):
            return Told("retention", "asks whether to leave, or to read the policy again", self.nodes)
        ends = (
            leaves & {"exit", "refuse_exit"}
            or talks_privacy(said)
            or about("second_chance", said)
            or about("second_weak", said)
        )
        if (
            self.is_dialog
            and stays
            and leaves
            and ends
            and about("leave", said)
            and not about("lookalike", said)
        ):
            return Told("retention", "asks whether to leave for want of agreement", self.nodes)
        return None

    def _withdrawal(self) -> Told | None:
        if not self.is_dialog and not about("delete_talk", self.title):
            return None
        answers = self.roles & {
            "erase",
            "revoke",
            "confirm",
            "cancel",
            "acknowledge",
            "withdraw",
            "delete_account",
            "later",
        }
        if answers <= {"cancel", "later"} and "basic_mode" not in self.roles:
            # Nothing there does it: a text that tells of it, with a way back.
            return None
        early = f"{self.early} {' '.join(node.label for node in self.texts)[:160]}"
        if about("withdraw_talk", early) and len(self.buttons) <= 4 and not _rows(self):
            return Told("withdraw_confirm", "asks whether to withdraw the consent", self.nodes)
        if about("delete_talk", early) and not _rows(self):
            return deletion(self)
        if about("basic_talk", early) and self.roles & {"confirm", "basic_mode", "acknowledge"}:
            return Told("basic_mode_confirm", "asks whether to go on with basic functions only", self.nodes)
        return None

    def _permission(self) -> Told | None:
        allows, denies = self.roles & (ALLOWING | {"agree"}), self.roles & (DENYING | {"refuse"})
        if not self.is_dialog or _rows(self) or self.window.root.package == "com.android.settings":
            return None
        if about("authorise_talk", self.text) and (allows or "confirm" in self.roles):
            return Told("in_app_authorisation", "asks to give a service the account's data", self.nodes)
        if not about("permission_talk", self.text) or about("lookalike", self.early):
            return None
        if about("notify", self.text) and not about("permission_word", self.text):
            # To be told of news is an offer, not a question about the device.
            return None
        if allows & ALLOWING and denies and asks(self.nodes) and len(self.text) < 160:
            return Told("in_app_permission", "the app's own question about a permission", self.nodes)
        return rationale(self)

    def _settings(self) -> Told | None:
        if self.window.is_modal and self.window.root.area < 0.5 * max(1, _area(self.window.screen)):
            return None
        own = [
            self.window.role(node)
            for node in self.nodes
            if self.window.role(node) in _SETTING_ROLES and self.window.words[node.index].sure
        ]
        rows = _rows(self)
        deleting = "delete_account" in own and about("delete_talk", self.title)
        if deleting and weight(self.text) > 80 and rows <= 1:
            return Told("account_deletion", "tells what deleting the account does", self.nodes)
        if "withdraw" in own:
            return Told("settings_withdraw", "a page with a way to withdraw the consent", self.nodes)
        if {"ads_switch", "recommend_switch", "optout"} & set(own) and self._has_switch():
            return Told("settings_ads", "a page with a switch for personal ads or content", self.nodes)
        if rows >= 3 or (rows >= 1 and own) or ("delete_account" in own or "logout" in own):
            return Told("settings", "a page of settings", self.nodes)
        return None

    def _mentions_privacy(self) -> bool:
        return talks_privacy(self.text) or about("cookie_banner", self.text) or is_terms(self.text)

    def _has_switch(self) -> bool:
        if any(is_switch(node) for node in self.nodes):
            return True
        named = [
            node
            for node in self.nodes
            if self.window.role(node) in ("ads_switch", "recommend_switch", "optout")
        ]
        return any(switch_beside(self.window.tree, node, self.nodes) for node in named) or len(named) >= 2

    def _document(self) -> Told | None:
        if self.is_part and not self.roles & (AGREEING | REFUSING):
            return Unasked(self.window, self.window.nodes)._document()
        whole = sum(weight(node.label) for node in self.nodes)
        names = [
            node
            for node in self.nodes
            if len(node.label) < 60 and (is_policy(node.label) or is_terms(node.label))
        ]
        pages = any(node.cls.endswith("WebView") for node in self.nodes)
        early = [node for node in names if node.index <= self.nodes[0].index + max(30, len(self.nodes) // 4)]
        if (
            early
            and (whole >= LONG_DOCUMENT or (pages and whole >= 200))
            and len(self.buttons) <= MAX_BUTTONS
            and not is_social(self.nodes)
        ):
            return Told("policy_document", "a long text under the name of a policy", self.nodes)
        return None


def _rows(look: Look) -> int:
    """Rows that a page of settings has."""
    short = [node.label.strip() for node in look.nodes if 0 < len(node.label) < 30][:MAX_SHORT]
    return sum(about("settings_talk", label) for label in short)


def _area(bounds: tuple[int, int, int, int]) -> int:
    return max(0, bounds[2] - bounds[0]) * max(0, bounds[3] - bounds[1])
