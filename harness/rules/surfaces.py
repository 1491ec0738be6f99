"""Which screens ask for consent, which are the app itself, and how a refusal can be made on them."""

from __future__ import annotations

import re
from typing import Final

from harness.model.event import Screen, ScreenElement
from harness.timeline.timeline import Events, Segment

NOTICES: Final = frozenset(
    {"privacy_popup", "privacy_popup_basic_mode", "cmp_banner", "login_agreement_dialog", "policy_update"}
)
"""Screens that ask the user to accept rules, whatever else they hold."""
WITH_LINK: Final = frozenset({"notice", "login", "login_one_key"})
"""Screens that ask only when a policy link is on them in sight."""
SECOND_CHANCE: Final = frozenset({"retention", "basic_mode_confirm"})
"""Screens that follow a refusal."""
NOT_CONTENT: Final = frozenset({"negative", "policy_document", "unknown"})
"""Screens of the app that are neither a question nor its content: look-alikes such as an ad, the policy."""

AGREE: Final = frozenset({"agree", "agree_login", "agree_implicit", "login_submit", "one_key_login"})
REFUSE: Final = frozenset(
    {"refuse", "refuse_exit", "exit", "later", "close", "cancel", "basic_mode", "guest_login"}
)
"""TC202A counts leaving, closing and cancelling as ways to refuse."""

_POLICY_WORDS: Final = re.compile(
    r"隐私|隱私|协议|協議|政策|条款|條款|同意|privacy|policy|policies|terms|agree|consent|datenschutz|"
    r"confidentialit|privacidad|プライバシー|同意する|개인정보",
    re.IGNORECASE,
)
_OTHER_BOX: Final = re.compile(
    r"记住|記住|自动登录|营销|推广|订阅|remember|keep me|newsletter|marketing|offers", re.IGNORECASE
)


def asks(screen: Screen) -> bool:
    """Whether the screen asks for consent to rules."""
    if screen.screen_kind in NOTICES:
        return True
    return screen.screen_kind in WITH_LINK and any(one.role == "policy_link" for one in screen.elements)


def consent_screens(segment: Segment) -> Events[Screen]:
    return segment.screens.where(asks)


def is_permission(screen: Screen) -> bool:
    """A system permission window."""
    return screen.screen_kind == "permission"


def is_content(screen: Screen, package: str) -> bool:
    """The app's own screen, with nothing in front of it that asks."""
    return (
        screen.package == package
        and not asks(screen)
        and screen.screen_kind not in SECOND_CHANCE | NOT_CONTENT
        and not is_permission(screen)
    )


def covers_policy(box: ScreenElement) -> bool:
    """Whether a box stands for consent to rules; a box without a label on a consent screen does."""
    if _POLICY_WORDS.search(box.text):
        return True
    return not _OTHER_BOX.search(box.text)


def shown_ms(segment: Segment, screen: Screen) -> float:
    """How long at least it stayed until another screen replaced it or the watching ended."""
    later = next((other for other in segment.screens if other.t_lo > screen.t_lo), None)
    return max(0.0, (later.t_lo if later else last_look(segment)) - screen.t_hi)


def last_look(segment: Segment) -> float:
    """When the scenario's last step ended."""
    return max((step.t_hi for step in segment.steps), default=segment.begin.hi)
