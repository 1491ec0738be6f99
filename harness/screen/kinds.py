"""What kind of screen a window is: told from its answers, from what its words are about, and from its shape."""

from __future__ import annotations

from harness.screen.asked import Asked
from harness.screen.look import Kind, Told
from harness.screen.unasked import Unasked
from harness.screen.window import Window

__all__ = ["Kind", "Told", "tell"]


def tell(window: Window) -> Told:
    question = window.question()
    if question is not None:
        told = Asked(window, question).tell()
        if told is not None:
            return told._replace(is_question=True)
    return Unasked(window).tell()
