"""How sure the reading of a screen is: three words, from what the reading itself shows.

The words carry no probability; tests/screen/test_confidence.py holds how often each is right on the labelled set.
"""

from __future__ import annotations

from typing import Final, Literal

from harness.screen.dialogs import AGREE_ROLES, CONSENT_KINDS, REFUSE_ROLES, ScreenReading

Confidence = Literal["high", "medium", "low"]
_ANSWERED: Final = CONSENT_KINDS | {"withdraw_confirm", "basic_mode_confirm", "account_deletion_confirm"}
_QUESTIONS: Final = _ANSWERED | {"in_app_permission", "in_app_authorisation", "permission_rationale"}


def confidence(reading: ScreenReading) -> Confidence:
    """low: no words, or a question of which no answer was found. medium: part of what can be touched beside the
    answers is not understood, two elements claim one answer, or the screen only looks like a question. high: the
    rest."""
    if reading.blind or reading.kind == "unknown":
        return "low"
    if reading.kind == "permission":
        return "high" if _single(reading, ("deny", "deny_dont_ask")) else "medium"
    if reading.kind == "negative":
        return "medium"
    if reading.kind in _QUESTIONS and not any(element.tap for element in reading.elements):
        return "low"
    if reading.kind in _ANSWERED:
        sides = (_single(reading, AGREE_ROLES), _single(reading, REFUSE_ROLES))
        if not any(sides):
            return "low"
        return "high" if all(sides) and not reading.unread else "medium"
    return "medium" if reading.unread else "high"


def _single(reading: ScreenReading, roles: tuple[str, ...]) -> bool:
    """Whether the clearest of these roles that is there is one element's."""
    found = next((found for role in roles if (found := reading.touchable(role))), [])
    return len(found) == 1
