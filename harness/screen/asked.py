"""The kind of a part that asks: it holds answers, and words about a policy or someone's data."""

from __future__ import annotations

from typing import Final

from harness.screen.boxes import consent_boxes
from harness.screen.look import LONG_DOCUMENT, MAX_BUTTONS, Kind, Look, Told, deletion, is_social, rationale
from harness.screen.roles import Word, normalise
from harness.screen.telling import unquoted
from harness.screen.topics import (
    about,
    comes_first,
    is_policy,
    is_terms,
    policy_spans,
    talks_consent,
    talks_privacy,
)
from harness.screen.tree import Node
from harness.screen.window import AGREEING, MAX_ANSWER, REFUSING, WEAK, Window, refuses_whole

_STILL: Final = ("仍", "还是", "坚持", "我再", "還是", "それでも", "그래도")
SHORT_BODY: Final = 130


class Asked(Look):
    """A part that holds answers and words about a policy or someone's data."""

    def __init__(self, window: Window, nodes: list[Node]) -> None:
        super().__init__(window, nodes)
        kept = {node.index for node in nodes}
        self.texts = [node for node in self.texts if node.index in kept]
        self.text = " ".join(node.label for node in self.texts)
        if self._allows_all():
            self.roles |= {"agree"}
        self.agrees = bool((self.roles | self.guessed) & AGREEING)
        self.refuses = bool((self.roles | self.guessed) & (REFUSING | WEAK))

    def _allows_all(self) -> bool:
        """ "Allow all", beside choices, under words about data: what a banner calls to agree."""
        beside = (self.roles | self.guessed) & (REFUSING | {"manage", "confirm"})
        return (
            bool(beside)
            and about("data_talk", self.text)
            and any(
                self.window.role(node) == "allow" and about("all", normalise(node.label))
                for node in self.buttons
            )
        )

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
        if not supported and is_policy(self.text) and about("asks", self.text):
            supported = any(
                self.window.role(n) in AGREEING and about("first_person", normalise(n.label))
                for n in self.buttons
            )
        if not self.roles & AGREEING and not supported:
            return self._told("unknown", "a label that may agree, but nothing that supports it")
        return self._consent(
            "a policy is named" if is_policy(self.text) or is_terms(self.text) else "data is asked about"
        )

    def _told(self, kind: Kind, why: str) -> Told:
        return Told(kind, f"{why}; answers: {self.said()}", self.nodes)

    def _another_question(self) -> Told | None:
        """Dialogs that name a policy but ask something else."""
        labels = " ".join(node.label for node in self.buttons)
        early = self.early
        if any(about("write", node.text or node.description) for node in self.window.inputs):
            return self._told("negative", "a conversation that names a policy")
        if len(self.text) < LONG_DOCUMENT and (
            about("errand", self.text)
            or any(about("perhaps", normalise(n.label)) for n in self.nodes if n.label)
        ):
            return self._told("negative", "an invitation, a test or a signature that names a policy")
        confirms = self.roles & {"revoke", "confirm", "withdraw", "cancel", "acknowledge"}
        is_small = self.window.is_modal or len(self.buttons) <= 3
        if about("withdraw_talk", early) and confirms and is_small:
            return self._told("withdraw_confirm", "asks whether to withdraw the consent")
        if about("delete_talk", f"{early} {labels}") and not self.agrees:
            return deletion(self)
        privacy_first = (
            comes_first("policy", "lookalike", early)
            or talks_privacy(self.title)
            or is_terms(self.title)
            or self._asks_to_agree(self.body[:90])
        )
        named = talks_privacy(self.title) or is_terms(self.title)
        if about("lookalike", early) and not named and not comes_first("policy", "lookalike", early):
            return self._told("negative", "asks about something else and names a policy beside it")
        if (
            about("lookalike", f"{self.text} {labels}")
            and not privacy_first
            and not self._asks_to_agree(self.text)
        ):
            return self._told("negative", "asks about something else and names a policy beside it")
        if is_social(self.nodes) and not self.window.is_modal:
            return self._told("negative", "a thread or an article with votes and replies")
        about_permission = about("permission_talk", early) and not talks_privacy(early)
        consents = self.agrees and self.roles & {"refuse", "refuse_exit"} and about("asks", self.text)
        is_rationale = not consents or about("permission_only", self.text)
        is_rationale = is_rationale and not consent_boxes(self.window.tree, self.nodes)
        if about_permission and is_rationale and not self._asks_to_agree(self.text):
            told = rationale(self)
            if told is not None:
                return told
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
        bare = explicit and not any(
            about("refusal", normalise(node.label))
            for node in self.buttons
            if self.window.role(node) in REFUSING
        )
        requests = about("request", unquoted(self.text))
        if unclear and bare and not boxes and not requests:
            return self._told("negative", "yes and no to a statement that nobody is asked to agree to")
        if unclear and (explicit or boxes):
            return self._consent("agreeing has an unclear label")
        if unclear and choice and requests and talks_consent(self.text):
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
        if about("asks", self.text) or about("cookie_banner", self.text):
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
        if about("poison", label) or not any(_stand_together(others[0], node) for node in refusals):
            return None
        eliminated = self._is_third_of_three(others[0], refusals) or self._is_other_of_two(
            others[0], refusals
        )
        return others[0] if about("go", label) or eliminated else None

    def _is_other_of_two(self, other: Node, refusals: list[Node]) -> bool:
        """Two buttons drawn alike, one of which refuses what a named policy asks for."""
        return (
            len(refusals) == 1
            and is_policy(self.text)
            and _is_drawn_like(other, refusals[0])
            and self.window.role(other) is None
            and not about("aside", normalise(other.label))
            and not about("choices", normalise(other.label))
        )

    def _is_third_of_three(self, other: Node, refusals: list[Node]) -> bool:
        """Nothing, choices, and one more button at least as large: the words of a banner leave it one sense."""
        choices = [node for node in self.buttons if self.window.role(node) == "manage"]
        return (
            bool(choices)
            and any(refuses_whole(node.label) for node in refusals)
            and all(other.area >= 0.9 * node.area for node in (*refusals, *choices))
            and (talks_consent(self.text) or about("cookie_banner", self.text))
            and not about("aside", normalise(other.label))
        )

    def _consent(self, why: str) -> Told:
        if self._second_chance() >= 3:
            return self._told("retention", f"{why}, asked again")
        if self._is_cmp():
            return self._told("cmp_banner", f"{why}, cookies or partners, and choices")
        if about("update", self.title) or (
            about("update", self.body[:70]) and not about("welcome", self.early)
        ):
            return self._told("policy_update", f"{why}, and told to have changed")
        if self.roles & {"basic_mode", "guest_login"}:
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
        if self.roles & {"basic_mode", "guest_login"} and about("basic_talk", self.body):
            # Who does not agree is told of another way, not that there is none.
            score -= 3
        return score - 3 if about("welcome", self.early) else score

    def _is_cmp(self) -> bool:
        said = _unnamed(self.text)
        whole = [n for n in self.buttons if self.window.role(n) in REFUSING and refuses_whole(n.label)]
        if whole and "manage" in self.roles and about("data_talk", said):
            return True
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


def _is_drawn_like(one: Node, other: Node) -> bool:
    sizes = [(node.bounds[2] - node.bounds[0], node.bounds[3] - node.bounds[1]) for node in (one, other)]
    return one.cls == other.cls and all(abs(a - b) <= 0.2 * max(a, b) for a, b in zip(*sizes, strict=True))


def _unnamed(text: str) -> str:
    """The text without the names of documents."""
    for start, end in reversed(policy_spans(text)):
        text = text[:start] + text[end:]
    return text


def _is_link(node: Node) -> bool:
    spans = policy_spans(node.label)
    return len(node.label) - sum(end - start for start, end in spans) < 4 and bool(spans)


def _shows_login(window: Window, nodes: list[Node]) -> bool:
    """Behind the dialog, in the same window, lies a page to log in."""
    inside = {node.index for node in nodes}
    return any(
        window.role(node) in ("login_submit", "one_key_login", "switch_login")
        for node in window.labelled
        if node.index not in inside
    )
