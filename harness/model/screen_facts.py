"""What is on a screen, and how a question about data is put there."""

from __future__ import annotations

from typing import Literal

from harness.model.fact import Fact


class ScreenElement(Fact):
    role: str
    text: str = ""
    bounds: tuple[int, int, int, int]
    """left, top, right, bottom in pixels"""
    tap: tuple[int, int] | None = None
    checked: bool | None = None
    clickable: bool = False
    inverted: bool = False
    """A switch that is on when the user does *not* want it ("do not sell my data")."""
    source: Literal["tree", "ocr"] = "tree"
    """Where the words were read: in the hierarchy, or in the picture of a screen whose hierarchy has none."""


class AnswerLook(Fact):
    """How one answer of a choice looks. Colours and contrast are None without a picture of it."""

    role: str
    text: str = ""
    width: int
    height: int
    """pixels"""
    ground: str | None = None
    writing: str | None = None
    """#rrggbb"""
    contrast: float | None = None
    """WCAG ratio, 1 to 21."""
    filled: bool | None = None
    """Drawn on a ground of its own: a button; False: words on the ground of the text around it."""

    @property
    def area(self) -> int:
        return self.width * self.height


class TextLook(Fact):
    characters: int
    line_height: float | None = None
    """Pixels from line to line; of a single line the height of its letters. None without a picture."""
    contrast: float | None = None


class BoxLook(Fact):
    """A consent box as the tree and the picture show it."""

    text: str = ""
    checked: bool | None = None
    """As the tree tells; None for a drawn box, of which it tells nothing."""
    looks_ticked: bool | None = None
    """As the picture shows: something stands out in its middle, or nothing does. None when that cannot be told."""


class ChoiceDesign(Fact):
    """How a question about data is put."""

    agree: AnswerLook | None = None
    refuse: AnswerLook | None = None
    """The clearest way to refuse on this screen. None: there is none."""
    steps_to_agree: int | None = None
    """Touches on this screen: boxes that must be ticked first count."""
    steps_to_refuse: int | None = None
    refuse_behind: list[str] = []
    """Without a way to refuse here: labels of pages that may hold one."""
    ticked_boxes: list[str] = []
    """Consent boxes that are on in this look; of the first look at a screen: nobody had touched them."""
    boxes: list[BoxLook] = []
    implicit: list[str] = []
    """Words by which going on counts as agreeing."""
    policy_text: TextLook | None = None
    link_in_view: bool | None = None
    """Whether a link to a policy is seen without scrolling; None without a link or a picture."""
    size_ratio: float | None = None
    """Area of agree over that of refuse."""
    contrast_ratio: float | None = None
