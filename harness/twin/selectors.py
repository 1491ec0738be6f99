"""uiautomator's selectors: which elements of the screen a JSON selector means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from harness.twin.hierarchy import Element

Selector = Mapping[str, Any]
MAX_CHAIN: Final = 50
INSTANCE: Final = 0x01000000

Test = Callable[[Element, Any], bool]


class BadSelector(ValueError):
    """A selector that cannot be read, such as one with a broken regular expression."""


def _starts(text: str, wanted: Any) -> bool:
    return text.lower().startswith(str(wanted).lower())


def _contains(text: str, wanted: Any) -> bool:
    return str(wanted).lower() in text.lower()


def _whole(text: str, pattern: Any) -> bool:
    try:
        return re.fullmatch(str(pattern), text, re.DOTALL) is not None
    except re.error as error:
        raise BadSelector(f"{error} near index {error.pos or 0}\n{pattern}") from error


def _flag(name: str) -> Test:
    return lambda element, wanted: element.has(name) == wanted


_CRITERIA: Final[tuple[tuple[int, str, str, Test], ...]] = (
    (0x01, "text", "TEXT", lambda e, w: e.text == w),
    (0x02, "textContains", "CONTAINS_TEXT", lambda e, w: _contains(e.text, w)),
    (0x04, "textMatches", "TEXT_REGEX", lambda e, w: _whole(e.text, w)),
    (0x08, "textStartsWith", "START_TEXT", lambda e, w: _starts(e.text, w)),
    (0x10, "className", "CLASS", lambda e, w: e.box.view.cls == w),
    (0x20, "classNameMatches", "CLASS_REGEX", lambda e, w: _whole(e.box.view.cls, w)),
    (0x40, "description", "DESCRIPTION", lambda e, w: e.box.view.desc == w),
    (0x80, "descriptionContains", "CONTAINS_DESCRIPTION", lambda e, w: _contains(e.box.view.desc, w)),
    (0x100, "descriptionMatches", "DESCRIPTION_REGEX", lambda e, w: _whole(e.box.view.desc, w)),
    (0x200, "descriptionStartsWith", "START_DESCRIPTION", lambda e, w: _starts(e.box.view.desc, w)),
    (0x400, "checkable", "CHECKABLE", _flag("checkable")),
    (0x800, "checked", "CHECKED", _flag("checked")),
    (0x1000, "clickable", "CLICKABLE", _flag("clickable")),
    (0x2000, "longClickable", "LONG_CLICKABLE", _flag("long-clickable")),
    (0x4000, "scrollable", "SCROLLABLE", lambda e, w: e.is_scrollable == w),
    (0x8000, "enabled", "ENABLED", _flag("enabled")),
    (0x010000, "focusable", "FOCUSABLE", _flag("focusable")),
    (0x020000, "focused", "FOCUSED", lambda e, w: e.is_focused == w),
    (0x040000, "selected", "SELECTED", _flag("selected")),
    (0x080000, "packageName", "PACKAGE_NAME", lambda e, w: e.window.package == w),
    (0x100000, "packageNameMatches", "PACKAGE_NAME_REGEX", lambda e, w: _whole(e.window.package, w)),
    (0x200000, "resourceId", "RESOURCE_ID", lambda e, w: e.box.view.rid == w),
    (0x400000, "resourceIdMatches", "RESOURCE_ID_REGEX", lambda e, w: _whole(e.box.view.rid, w)),
    (0x800000, "index", "INDEX", lambda e, w: e.index == w),
)


def find_all(selector: Selector, roots: Sequence[Element]) -> list[Element]:
    """All elements the selector means, in reading order. With an instance, that one and those after it."""
    found = _instances(selector, (element for root in roots for element in root.walk()))
    for how, step in _steps(selector):
        below: dict[int, Element] = {}
        covered: set[int] = set()
        for element in found:
            # What lies in a container that matched already is not looked through a second time.
            if how == "child" and id(element.box) in covered:
                continue
            start = element if how == "child" else element.parent
            if start is not None:
                inside = list(start.walk())[1:]
                covered.update(id(one.box) for one in inside)
                below.update((id(one.box), one) for one in _instances(step, iter(inside)))
        found = list(below.values())
    return found


def describe(selector: Selector) -> str:
    """As Java prints it, which is the message of UiObjectNotFoundException."""
    mask = _mask(selector)
    parts = [f"{shown}={_plain(selector.get(name))}" for bit, name, shown, _ in _CRITERIA if mask & bit]
    if mask & INSTANCE:
        parts.append(f"INSTANCE={selector.get('instance')}")
    for how, step in _steps(selector):
        parts.append(f"{'CHILD' if how == 'child' else 'PARENT'}={describe(step).removeprefix('UiSelector')}")
    return f"UiSelector[{', '.join(parts)}]"


def _instances(selector: Selector, elements: Iterator[Element]) -> list[Element]:
    mask = _mask(selector)
    tests = [(test, selector.get(name)) for bit, name, _, test in _CRITERIA if mask & bit]
    found = [element for element in elements if all(test(element, wanted) for test, wanted in tests)]
    instance = selector.get("instance") if mask & INSTANCE else 0
    return found[max(0, instance if isinstance(instance, int) else 0) :]


def _steps(selector: Selector) -> list[tuple[str, Selector]]:
    """The chain after the first selector: ("child" | "sibling", selector)."""
    kinds, selectors = selector.get("childOrSibling") or [], selector.get("childOrSiblingSelector") or []
    if len(kinds) > MAX_CHAIN or len(kinds) != len(selectors):
        raise BadSelector(f"childOrSibling has {len(kinds)} steps, its selectors {len(selectors)}")
    steps: list[tuple[str, Selector]] = []
    for kind, step in zip(kinds, selectors, strict=True):
        if kind not in ("child", "sibling") or not isinstance(step, dict):
            raise BadSelector(f"{kind!r} is not child or sibling of a selector")
        steps.append((kind, step))
        steps += _steps(step) if len(steps) < MAX_CHAIN and step.get("childOrSibling") else []
    return steps


def _mask(selector: Selector) -> int:
    mask = selector.get("mask", 0)
    if not isinstance(mask, int):
        raise BadSelector(f"mask {mask!r} is not a number")
    return mask


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
