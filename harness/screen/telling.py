"""Whether words tell of a policy, or of what is done with someone's data."""

from __future__ import annotations

import re
from typing import Final

from harness.screen.topics import (
    about,
    is_policy,
    is_terms,
    policy_spans,
    talks_consent,
    talks_privacy,
    weight,
)

SENTENCE: Final = 12
"""Characters of the shortest sentence; in letters twice as many."""
_FILE: Final = re.compile(
    r"https?://\S+|\S+\.(?:pdf|docx?|xlsx?|html?|txt|png|jpe?g|zip|apk)\b", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"「[^「」]{8,}」|“[^“”]{8,}”|«[^«»]{8,}»|„[^„“]{8,}“|\"[^\"]{8,}\"")
ENOUGH: Final = 3
"""Points for words beside a clear yes and a clear no."""
ENOUGH_ALONE: Final = 5
"""The same beside a yes alone."""


def tells_of_data(text: str) -> bool:
    """A sentence about a policy, or about what is done with someone's data, that asks or explains."""
    if is_policy(text):
        spans = policy_spans(text)
        return len(text) - sum(end - start for start, end in spans) >= 4
    if len(text) < (SENTENCE if not text.isascii() and text.count(" ") < 2 else 2 * SENTENCE):
        return False
    # Whether it asks is the dearest to find out.
    return (talks_privacy(text) or about("cookie_banner", text)) and about("asks", text)


def unquoted(text: str) -> str:
    """Without what it quotes: a quoted sentence asks nobody."""
    return _QUOTED.sub(" ", text)


def speaks_of_data(text: str, is_choice: bool) -> bool:
    """Words of a part that holds clear answers (both of them when it is a choice): no single word decides."""
    # The name of a file is no name of a document that is asked about.
    text = _FILE.sub(" ", text)
    if weight(text) < 2 * SENTENCE:
        return False
    privacy, cookies = talks_privacy(text), about("cookie_use", text)
    if not (privacy or cookies or is_policy(text)):
        return False
    if not (cookies or is_policy(text) or about("addressed", text)):
        # Data is spoken of, and neither whose nor by whom.
        return False
    points = (
        2 * privacy
        + 2 * cookies
        + is_policy(text)
        + is_terms(text)
        + about("data_talk", text)
        + talks_consent(text)
        + about("asks", text)
        + about("request", text)
    )
    return points >= (ENOUGH if is_choice else ENOUGH_ALONE)
