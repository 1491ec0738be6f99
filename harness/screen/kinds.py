"""What kind of screen a window is: told from its answers, from what its words are about, and from its shape."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from harness.screen.boxes import consent_boxes, is_switch, switch_beside
from harness.screen.permission import ALLOWING, DENYING, asks
from harness.screen.roles import Word, normalise
from harness.screen.topics import about, is_policy, is_terms, policy_spans, talks_consent, talks_privacy
from harness.screen.tree import Node
from harness.screen.window import AGREEING, MAX_STRANGERS, REFUSING, WEAK, Window

Kind = Literal[
    "privacy_popup", "privacy_popup_basic_mode", "basic_mode_confirm", "retention", "cmp_banner", "policy_update",
    "notice", "permission", "permission_rationale", "in_app_permission", "in_app_authorisation", "login",
    "login_one_key", "login_agreement_dialog", "settings", "settings_withdraw", "settings_ads",
    "withdraw_confirm", "account_deletion", "account_deletion_confirm", "policy_document", "negative",
    "unknown", "other",
]  # fmt: skip

LONG_DOCUMENT: Final = 600
_STILL: Final = ("仍", "还是", "坚持", "我再", "還是", "それでも", "그래도")
EARLY: Final = 48
"""What a text is about is said in its first characters."""
SHORT_BODY: Final = 130
MAX_BUTTONS: Final = 7
MAX_ANSWER: Final = 24
"""Characters of a label that answers."""
MAX_SHORT: Final = 250
"""Short labels that are looked at for what a page is about."""


class Told(NamedTuple):
    kind: Kind
    why: str
    nodes: list[Node]
    """The part of the window that it is about."""
    is_question: bool = False
    """That part holds answers and the words they answer to."""


def tell(window: Window) -> Told:
    question = window.question()
    if question is not None:
        told = _Asked(window, question).tell()
        if told is not None:
            return told._replace(is_question=True)
    return _Unasked(window).tell()


class _Look:
    """What both need to know of some nodes."""

    def __init__(self, window: Window, nodes: list[Node]) -> None:
        self.window = window
        self.nodes = nodes
        self.buttons = [node for node in nodes if node.index in window.words and window.is_button(node)]
        self.roles = {window.words[node.index].role for node in self.buttons if window.words[node.index].sure}
        guessed = {window.words[node.index].role for node in self.buttons} - self.roles
        self.guessed = guessed & (AGREEING | REFUSING)
        self.texts = [node for node in window.texts if nodes and _within(node, nodes)]
        self.title = next((n.label for n in self.texts if len(n.label) <= 40 and not n.clickable), "")
        self.text = " ".join(node.label for node in self.texts)
        body = max((node.label for node in self.texts), key=len, default="")
        self.body = body
        self.early = f"{self.title} {body[:EARLY]}"

    def said(self) -> str:
        return ", ".join(sorted(self.roles | {f"{role}?" for role in self.guessed})) or "none"


def _within(node: Node, nodes: list[Node]) -> bool:
    return nodes[0].index <= node.index <= nodes[-1].index


class _Asked(_Look):
    """A part that holds answers and words about a policy or someone's data."""

    def __init__(self, window: Window, nodes: list[Node]) -> None:
        super().__init__(window, nodes)
        kept = {node.index for node in nodes}
        self.texts = [node for node in self.texts if node.index in kept]
        self.text = " ".join(node.label for node in self.texts)
        self.agrees = bool((self.roles | self.guessed) & AGREEING)
        self.refuses = bool((self.roles | self.guessed) & (REFUSING | WEAK))

    def tell(self) -> Told | None:
        other = self._another_question()
        if other is not None:
            return other
        if self.agrees and not self._is_asking():
            return self._told("negative", "names a policy, but does not ask to read or agree")
        login = self._login()
        if login is not None:
            return login
        if self._is_basic_confirm():
            return self._told("basic_mode_confirm", "asks whether to go on with basic functions only")
        if not self.agrees:
            return self._without_agree()
        is_named = is_policy(self.title) or is_terms(self.title) or talks_privacy(self.title)
        supported = self.roles & REFUSING or ((self.refuses or is_named) and self._asks_to_agree(self.text))
        if not self.roles & AGREEING and not supported:
            return self._told("unknown", "a label that may agree, but nothing that supports it")
        return self._consent("policy named")

    def _told(self, kind: Kind, why: str) -> Told:
        return Told(kind, f"{why}; answers: {self.said()}", self.nodes)

    def _another_question(self) -> Told | None:
        """Dialogs that name a policy but ask something else."""
        labels = " ".join(node.label for node in self.buttons)
        early = self.early
        confirms = self.roles & {"confirm", "withdraw", "cancel", "acknowledge"}
        is_small = self.window.is_modal or len(self.buttons) <= 3
        if about("withdraw_talk", early) and confirms and is_small:
            return self._told("withdraw_confirm", "asks whether to withdraw the consent")
        if about("delete_talk", f"{early} {labels}") and not self.agrees:
            return _deletion(self)
        privacy_first = (
            talks_privacy(self.title) or is_terms(self.title) or self._asks_to_agree(self.body[:90])
        )
        if about("lookalike", early) and not talks_privacy(self.title) and not is_terms(self.title):
            return self._told("negative", "asks about something else and names a policy beside it")
        if (
            about("lookalike", f"{self.text} {labels}")
            and not privacy_first
            and not self._asks_to_agree(self.text)
        ):
            return self._told("negative", "asks about something else and names a policy beside it")
        if self._is_social() and not self.window.is_modal:
            return self._told("negative", "a thread or an article with votes and replies")
        about_permission = about("permission_talk", early) and not talks_privacy(early)
        consents = self.agrees and self.roles & {"refuse", "refuse_exit"} and about("asks", self.text)
        is_rationale = not consents or about("permission_only", self.text)
        if about_permission and is_rationale and not self._asks_to_agree(self.text):
            return _rationale(self)
        if about("authorise_talk", early) and not talks_privacy(self.title) and not about("welcome", early):
            return self._told(
                "in_app_authorisation", "asks to give another app or service the account's data"
            )
        return None

    def _is_asking(self) -> bool:
        """Asks to read or agree: in words, by a title that is a policy's name, or by both answers."""
        is_named = (is_policy(self.title) or is_terms(self.title)) and self.title != self.body
        if about("asks", self.text) or is_named:
            return True
        labels = [normalise(node.label) for node in self.buttons]
        return (
            bool(self.roles & AGREEING)
            and (bool(self.roles & REFUSING) or any(about("asks", label) for label in labels))
            and not about("lookalike", self.text)
        )

    def _asks_to_agree(self, text: str) -> bool:
        """Reading or agreeing to a policy is what the text asks for."""
        return talks_consent(text) and (is_policy(text) or is_terms(text) or talks_privacy(text))

    def _is_social(self) -> bool:
        return _is_social(self.nodes)

    def _login(self) -> Told | None:
        inputs = [node for node in self.nodes if node in self.window.inputs]
        submits = self.roles & {"login_submit", "one_key_login", "switch_login"}
        if "one_key_login" in self.roles:
            return self._told("login_one_key", "one-key login, with a policy named on it")
        if inputs:
            if submits or any(node.password for node in inputs) or "agree_login" in self.roles:
                return self._told("login", "a form to log in, with a policy named on it")
            return self._told("other", "a form, with a policy named on it")
        if submits and "agree" not in self.roles:
            return self._told("login", "ways to log in, with a policy named on it")
        if "agree_login" in self.roles and "agree" not in self.roles:
            return self._told("login_agreement_dialog", "agreement asked for logging in")
        if not self.agrees:
            return None
        behind = _shows_login(self.window, self.nodes)
        before_login = about("login_talk", self.early) or about("operator", self.text)
        if (behind and len(self.text) < 400) or (before_login and len(self.text) < 260):
            return self._told("login_agreement_dialog", "agreement asked before logging in")
        return None

    def _is_basic_confirm(self) -> bool:
        """Basic mode is the subject, not one of the ways out of a question about a policy."""
        if not about("basic_talk", self.early):
            return False
        goes_on = self.roles & {"confirm", "basic_mode", "acknowledge"}
        return bool(goes_on) and (not is_policy(self.title)) and not about("welcome", self.early)

    def _without_agree(self) -> Told | None:
        """Agreeing may hide behind "OK", when the text asks for it and there is a choice or a consent box."""
        unclear = self.roles & {"acknowledge", "confirm", "allow"}
        explicit = self.roles & REFUSING
        choice = explicit or self.roles & {"exit", "cancel", "manage", "later"}
        boxes = consent_boxes(self.window.tree, self.nodes)
        if unclear and (explicit or boxes):
            return self._consent("agreeing has an unclear label")
        if unclear and choice and talks_consent(self.text):
            return self._consent("agreeing has an unclear label")
        if self._asks_to_leave():
            return self._told("retention", "asks whether to leave for want of agreement")
        if unclear or self.roles & {"close"}:
            if (
                len(self.text) >= LONG_DOCUMENT
                and not self.window.is_modal
                and "acknowledge" not in self.roles
            ):
                return None
            if not self.window.is_modal and len(self.buttons) > MAX_BUTTONS:
                return None
            if about("update", self.early):
                return self._told("policy_update", "tells that a policy has changed")
            return self._told("notice", "tells of a policy and asks for no answer")
        if explicit and not unclear:
            return self._only_refusal()
        return None

    def _only_refusal(self) -> Told:
        """One answer refuses in so many words; of the others none is known to agree."""
        refusals = [node for node in self.buttons if self.window.role(node) in REFUSING]
        if any(about("poison", normalise(n.label)) for n in self.nodes if 0 < len(n.label) <= 2 * MAX_ANSWER):
            return self._told("negative", "the other answer buys, deletes or sends something")
        if about("asks", self.text):
            other = self._opposite(refusals)
            if other is not None:
                self.window.words[other.index] = Word("agree", self.window.words[refusals[0].index].language)
                self.roles |= {"agree"}
                return self._consent("the one other answer goes on")
            if any(about("refusal", normalise(node.label)) for node in refusals):
                return self._consent("how to agree is not understood")
        return self._told("unknown", "a refusal is there, and nothing that agrees")

    def _opposite(self, refusals: list[Node]) -> Node | None:
        """The only other button, of the refusal's kind and beside or above it, when it says to go on."""
        others = [
            node
            for node in self.nodes
            if 0 < len(node.label) <= MAX_ANSWER
            and node not in refusals
            and not node.checkable
            and not policy_spans(node.label)
            and self.window.role(node) not in ("manage", "vendor_list", "close")
            and self.window.touches(node)
        ]
        if len(others) != 1 or not others[0].enabled:
            return None
        label = normalise(others[0].label)
        beside = any(_stand_together(others[0], node) for node in refusals)
        return others[0] if beside and about("go", label) and not about("poison", label) else None

    def _consent(self, why: str) -> Told:
        if self._second_chance() >= 3:
            return self._told("retention", f"{why}, asked again")
        if self._is_cmp():
            return self._told("cmp_banner", f"{why}, cookies or partners, and choices")
        if about("update", self.title) or (
            about("update", self.body[:70]) and not about("welcome", self.early)
        ):
            return self._told("policy_update", f"{why}, and told to have changed")
        if "basic_mode" in self.roles:
            return self._told("privacy_popup_basic_mode", f"{why}, and a way with basic functions only")
        none = "" if self.refuses else "; no way to refuse"
        return self._told("privacy_popup", why + none)

    def _second_chance(self) -> int:
        """How much speaks for a question that is asked again; 3 are enough."""
        labels = [node.label for node in self.buttons]
        still = any(label.startswith(_STILL) or "still" in label.casefold().split() for label in labels)
        short = len(self.body) <= SHORT_BODY * (1.4 if self.body.isascii() else 1)
        score = 3 if still else 0
        score += 1 if short else -2
        if about("second_chance", self.title):
            score += 3
        elif about("second_chance", self.body[:80]):
            score += 2
        elif about("second_chance", self.text) or (
            about("second_weak", self.text) and not about("reading", self.text)
        ):
            score += 1
        if self.roles & {"refuse_exit", "exit"}:
            score += 1
        return score - 3 if about("welcome", self.early) else score

    def _is_cmp(self) -> bool:
        said = _unnamed(self.text)
        if not about("cookie_banner", said):
            return False
        if any(about("all", normalise(node.label)) for node in self.buttons):
            return True
        if "manage" in self.roles or "confirm" in self.roles or "vendor_list" in self.roles:
            return True
        return about("cookie_banner", _unnamed(self.early)) or "cookie" in said.casefold()

    def _asks_to_leave(self) -> bool:
        """ "Without agreeing you cannot go on: leave, or think again?" """
        stays = bool(self.roles & {"cancel", "agree", "acknowledge", "confirm"})
        leaves = self.roles & {"exit", "refuse_exit"}
        # Beside "leave" stands a way to stay, by whatever name.
        stays = stays or bool(leaves and self.window.strangers(self.nodes))
        leaves = leaves or self.roles & {"refuse"}
        said = " ".join(node.label for node in self.texts if not _is_link(node))
        return bool(stays and leaves) and about("leave", said)


def _stand_together(one: Node, other: Node) -> bool:
    """On one row, or below each other and about as wide."""
    if abs(one.center[1] - other.center[1]) < 90:
        return True
    widths = sorted((one.bounds[2] - one.bounds[0], other.bounds[2] - other.bounds[0]))
    return abs(one.center[1] - other.center[1]) < 420 and 3 * widths[0] >= widths[1]


def _unnamed(text: str) -> str:
    """The text without the names of documents."""
    for start, end in reversed(policy_spans(text)):
        text = text[:start] + text[end:]
    return text


def _is_link(node: Node) -> bool:
    spans = policy_spans(node.label)
    return len(node.label) - sum(end - start for start, end in spans) < 4 and bool(spans)


class _Unasked(_Look):
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
        if not self.window.is_modal and _is_social(self.nodes) and self._mentions_privacy():
            return Told("negative", "a thread or an article with votes and replies", self.nodes)
        is_page = (
            not self.window.is_modal
            and not self.is_part
            and self.window.strangers(self.nodes) > MAX_STRANGERS
        )
        if is_page and not (answers & (AGREEING | REFUSING) and _is_social(self.nodes)):
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
        if self.is_dialog and stays and leaves and about("leave", said) and not about("lookalike", said):
            return Told("retention", "asks whether to leave for want of agreement", self.nodes)
        return None

    def _withdrawal(self) -> Told | None:
        if not self.is_dialog and not about("delete_talk", self.title):
            return None
        answers = self.roles & {"confirm", "cancel", "acknowledge", "withdraw", "delete_account", "later"}
        if not answers:
            return None
        early = f"{self.early} {' '.join(node.label for node in self.texts)[:160]}"
        if about("withdraw_talk", early) and len(self.buttons) <= 4 and not _rows(self):
            return Told("withdraw_confirm", "asks whether to withdraw the consent", self.nodes)
        if about("delete_talk", early) and not _rows(self):
            return _deletion(self)
        if about("basic_talk", early) and self.roles & {"confirm", "basic_mode", "acknowledge"}:
            return Told("basic_mode_confirm", "asks whether to go on with basic functions only", self.nodes)
        return None

    def _permission(self) -> Told | None:
        allows, denies = self.roles & (ALLOWING | {"agree"}), self.roles & (DENYING | {"refuse"})
        if not self.is_dialog or _rows(self):
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
        return _rationale(self) if self.buttons else None

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
        if deleting and len(self.text) > 80 and rows <= 1:
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
            return _Unasked(self.window, self.window.nodes)._document()
        whole = sum(len(node.label) for node in self.nodes)
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
            and not _is_social(self.nodes)
        ):
            return Told("policy_document", "a long text under the name of a policy", self.nodes)
        return None


_SETTING_ROLES: Final = frozenset(
    {"withdraw", "delete_account", "logout", "ads_switch", "recommend_switch", "optout"}
)


def _rows(look: _Look) -> int:
    """Rows that a page of settings has."""
    short = [node.label.strip() for node in look.nodes if 0 < len(node.label) < 30][:MAX_SHORT]
    return sum(about("settings_talk", label) for label in short)


def _is_social(nodes: list[Node]) -> bool:
    """Replies, votes and the like are on it."""
    short = [node.label.strip() for node in nodes if 0 < len(node.label) < 30][:MAX_SHORT]
    return any(about("social", label) for label in short)


def _rationale(look: _Look) -> Told:
    return Told(
        "permission_rationale", f"tells why a permission is needed; answers: {look.said()}", look.nodes
    )


def _deletion(look: _Look) -> Told:
    is_part = len(look.nodes) < len(look.window.nodes) // 2
    if look.window.is_modal or is_part or (len(look.text) < 90 and len(look.nodes) < 25):
        return Told("account_deletion_confirm", "asks whether to delete the account", look.nodes)
    return Told("account_deletion", "tells what deleting the account does", look.nodes)


def _shows_login(window: Window, nodes: list[Node]) -> bool:
    """Behind the dialog, in the same window, lies a page to log in."""
    inside = {node.index for node in nodes}
    return any(
        window.role(node) in ("login_submit", "one_key_login", "switch_login")
        for node in window.labelled
        if node.index not in inside
    )


def _area(bounds: tuple[int, int, int, int]) -> int:
    return max(0, bounds[2] - bounds[0]) * max(0, bounds[3] - bounds[1])
