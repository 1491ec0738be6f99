"""How a question about data is put: what refusing takes beside what agreeing takes, as the tree and the picture show.

Sizes are in pixels. What the picture does not tell is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from harness.model.screen_facts import AnswerLook, BoxLook, ChoiceDesign, ScreenElement, TextLook
from harness.screen.pixels import Picture, Rgb, is_near

AGREEING: Final = ("agree", "agree_login", "acknowledge", "confirm")
REFUSING: Final = ("refuse", "refuse_exit", "basic_mode", "exit", "cancel", "later", "close")
"""In the order of how clearly they refuse."""
LEADING: Final = ("manage",)
"""Behind it a way to refuse may lie, one step further."""
CHOOSING: Final = frozenset({
    "privacy_popup", "privacy_popup_basic_mode", "retention", "cmp_banner", "policy_update", "notice",
    "login_agreement_dialog", "basic_mode_confirm", "login", "login_one_key",
})  # fmt: skip


def design_of(
    kind: str, elements: Sequence[ScreenElement], screenshot: bytes | None = None
) -> ChoiceDesign | None:
    """None for a screen that offers no choice about data. Raises InputError for a picture that is none."""
    if kind not in CHOOSING:
        return None
    picture = Picture(screenshot) if screenshot is not None else None
    agree, refuse = _first(elements, AGREEING), _first(elements, REFUSING)
    body = max((e for e in elements if e.role == "body"), key=lambda e: len(e.text), default=None)
    page = picture.ground(body.bounds) if picture is not None and body is not None else None
    agree_look, refuse_look = _look(agree, picture, page), _look(refuse, picture, page)
    links = [e for e in elements if e.role in ("policy_link", "vendor_list")]
    boxes = [e for e in elements if e.role == "checkbox"]
    return ChoiceDesign(
        agree=agree_look,
        refuse=refuse_look,
        steps_to_agree=1 + sum(box.checked is False for box in boxes) if agree is not None else None,
        steps_to_refuse=1 if refuse is not None else None,
        refuse_behind=[e.text for e in elements if e.role in LEADING] if refuse is None else [],
        ticked_boxes=[box.text for box in boxes if box.checked],
        boxes=[_box(box, picture) for box in boxes],
        implicit=[e.text for e in elements if e.role == "agree_implicit"],
        policy_text=_text_look(body, picture) if body is not None else None,
        link_in_view=_in_view(links, picture) if links else None,
        size_ratio=_ratio(_size(agree_look), _size(refuse_look)),
        contrast_ratio=_ratio(
            agree_look.contrast if agree_look else None, refuse_look.contrast if refuse_look else None
        ),
    )


def look_of_text(element: ScreenElement, screenshot: bytes) -> TextLook:
    """How a text on the screen looks. Raises InputError for a picture that is none."""
    return _text_look(element, Picture(screenshot))


def _first(elements: Sequence[ScreenElement], roles: Sequence[str]) -> ScreenElement | None:
    """The clearest answer; of two alike the larger."""
    for role in roles:
        found = [element for element in elements if element.role == role]
        if found:
            return max(found, key=_area)
    return None


def _area(element: ScreenElement) -> int:
    left, top, right, bottom = element.bounds
    return max(0, right - left) * max(0, bottom - top)


def _look(element: ScreenElement | None, picture: Picture | None, page: Rgb | None) -> AnswerLook | None:
    if element is None:
        return None
    colours = picture.colours(element.bounds) if picture is not None else None
    return AnswerLook(
        role=element.role,
        text=element.text[:200],
        width=max(0, element.bounds[2] - element.bounds[0]),
        height=max(0, element.bounds[3] - element.bounds[1]),
        writing=_hex(colours.writing) if colours else None,
        ground=_hex(colours.ground) if colours else None,
        contrast=colours.contrast if colours else None,
        filled=not is_near(colours.ground, page) if colours is not None and page is not None else None,
    )


def _box(box: ScreenElement, picture: Picture | None) -> BoxLook:
    drawn = picture.is_ticked(box.bounds) if picture is not None else None
    return BoxLook(text=box.text[:300], checked=box.checked, looks_ticked=drawn)


def _text_look(element: ScreenElement, picture: Picture | None) -> TextLook:
    colours = picture.colours(element.bounds) if picture is not None else None
    return TextLook(
        characters=len(element.text),
        line_height=picture.line_height(element.bounds) if picture is not None else None,
        contrast=colours.contrast if colours else None,
    )


def _in_view(links: list[ScreenElement], picture: Picture | None) -> bool | None:
    """Whether a link can be seen without scrolling. None when the screen's size is not known."""
    if picture is None:
        return None
    return any(
        _area(link) > 0
        and link.bounds[1] < picture.height
        and link.bounds[3] > 0
        and link.bounds[0] < picture.width
        for link in links
    )


def _ratio(agree: float | None, refuse: float | None) -> float | None:
    return round(agree / refuse, 2) if agree and refuse else None


def _size(look: AnswerLook | None) -> float | None:
    return look.area if look is not None else None


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
