"""Text from apps and phones, made safe to look at: nothing in it may steer a terminal or turn a line
around."""

from __future__ import annotations

import unicodedata
from typing import Final

_STEERING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Controls, invisible format characters (bidi overrides among them), surrogates, line separators."""
_KEPT: Final = frozenset("\u200d")
"""The joiner inside emoji."""


def visible(text: str, limit: int = 2000) -> str:
    """On one line; what would not show is shown as �, and what is cut as …"""
    cut = text[:limit]
    shown = "".join(
        " "
        if char in "\n\t"
        else char
        if char in _KEPT or unicodedata.category(char) not in _STEERING
        else "�"
        for char in cut
    )
    return shown + ("…" if len(text) > limit else "")
