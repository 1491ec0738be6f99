"""RPCs of the uiautomator server about objects: those a selector finds, or a handle from an earlier call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from harness.twin.binder import Json
from harness.twin.hierarchy import Element, roots
from harness.twin.layout import Box, Rect
from harness.twin.selectors import BadSelector, Selector, describe, find_all

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

Target = dict[str, Any] | str
"""A selector, or the handle of an object."""
NOT_FOUND: Final = "androidx.test.uiautomator.UiObjectNotFoundException"
MAX_HANDLES: Final = 10_000
MAX_OBJECTS: Final = 2_000
"""Answered by objInfoOfAllInstances."""
MAX_SWIPES: Final = 1_000
SCROLL_PART: Final = 0.8
"""How much of a scroller's height one scroll moves."""
FLING_PART: Final = 2.5
STEP_S: Final = 0.005
DEFAULT_STEPS: Final = 55


class JavaFailure(Exception):
    """Becomes a JSON-RPC error that names a Java exception."""

    def __init__(self, java_class: str, message: str) -> None:
        super().__init__(f"{java_class}: {message}")
        self.java_class = java_class
        self.message = message


class Objects:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._windows = device.windows
        self._handles: dict[str, Callable[[], Element]] = {}

    # ---- is it there?

    async def exist(self, target: Target) -> Json:
        await self._windows.idle()
        return bool(self._all(target))

    async def count(self, target: Target) -> Json:
        await self._windows.idle()
        return len(self._all(target))

    async def waitForExists(self, target: Target, ms: float) -> Json:
        return await self._wait(lambda: bool(self._all(target)), ms)

    async def waitUntilGone(self, target: Target, ms: float) -> Json:
        return await self._wait(lambda: not self._all(target), ms)

    async def objInfo(self, target: Target) -> Json:
        await self._windows.idle()
        return _info(self._one(target))

    async def objInfoOfAllInstances(self, target: Target) -> Json:
        await self._windows.idle()
        return [_info(element) for element in self._all(target)[:MAX_OBJECTS]]

    # ---- handles

    async def getUiObject(self, target: Target) -> Json:
        self._one(target)
        return self._keep(lambda: self._one(target))

    async def getUiObjects(self) -> Json:
        return list(self._handles)

    async def removeUiObject(self, handle: str) -> Json:
        self._handles.pop(handle, None)
        return None

    async def getChild(self, handle: str, selector: dict[str, Any]) -> Json:
        return self._related(handle, selector, "child")

    async def getFromParent(self, handle: str, selector: dict[str, Any]) -> Json:
        return self._related(handle, selector, "sibling")

    async def childByText(
        self, parent: Target, child: dict[str, Any], text: str, scroll: bool = False
    ) -> Json:
        return await self._child_by(
            parent, child, lambda element: element.text == text, scroll, f"text={text}"
        )

    async def childByDescription(
        self, parent: Target, child: dict[str, Any], text: str, scroll: bool = False
    ) -> Json:
        return await self._child_by(
            parent, child, lambda element: element.box.view.desc == text, scroll, f"description={text}"
        )

    async def childByInstance(self, parent: Target, child: dict[str, Any], instance: int) -> Json:
        def find() -> Element:
            found = find_all(child, self._one(parent).children())
            if instance >= len(found):
                raise JavaFailure(NOT_FOUND, f"{describe(child)}, instance={instance}")
            return found[instance]

        find()
        return self._keep(find)

    # ---- text

    async def getText(self, target: Target) -> Json:
        return self._one(target).text

    async def setText(self, target: Target, text: str | None) -> Json:
        """False for what is no field."""
        element = self._one(target)
        if not element.box.view.is_editable or element.window.process is None:
            return False
        await self._windows.input.set_text(element.window, element.box.view.id, text or "")
        return True

    async def clearTextField(self, target: Target) -> Json:
        await self.setText(target, "")
        return None

    # ---- touch

    async def longClick(self, target: Target, corner: str = "center") -> Json:
        return await self._click_object(target, corner, long=True)

    async def clickAndWaitForNewWindow(self, target: Target, ms: float) -> Json:
        before = self._windows.focused
        await self._click_object(target, long=False)
        return await self._wait(lambda: self._windows.focused is not before, ms)

    async def dragTo(self, target: Target, *args: Any) -> Json:
        """(object, x, y, steps) or (object, other object, steps)."""
        x1, y1 = _rect(self._one(target)).center
        if len(args) == 2:
            x2, y2 = _rect(self._one(args[0])).center
        elif len(args) == 3:
            x2, y2 = int(args[0]), int(args[1])
        else:
            raise TypeError("dragTo takes a point or an object, and steps")
        await self._windows.swipe(x1, y1, x2, y2, float(args[-1]) * STEP_S * 1000)
        return True

    async def gesture(self, target: Target, *args: Any) -> Json:
        """Two fingers. No view of the twin listens to two, so only the time passes."""
        if len(args) != 5:
            raise TypeError("gesture takes four points and steps")
        self._one(target)
        await self._two_fingers(args[4])
        return True

    async def pinchIn(self, target: Target, percent: int, steps: int) -> Json:
        self._one(target)
        await self._two_fingers(steps)
        return True

    async def pinchOut(self, target: Target, percent: int, steps: int) -> Json:
        self._one(target)
        await self._two_fingers(steps)
        return True

    # ---- scrolling

    async def scrollForward(self, target: Target, vertical: bool, steps: int = DEFAULT_STEPS) -> Json:
        return await self._scroll(target, vertical, SCROLL_PART, steps)

    async def scrollBackward(self, target: Target, vertical: bool, steps: int = DEFAULT_STEPS) -> Json:
        return await self._scroll(target, vertical, -SCROLL_PART, steps)

    async def scrollToEnd(
        self, target: Target, vertical: bool, swipes: int, steps: int = DEFAULT_STEPS
    ) -> Json:
        return await self._scroll_out(target, vertical, SCROLL_PART, swipes, steps)

    async def scrollToBeginning(
        self, target: Target, vertical: bool, swipes: int, steps: int = DEFAULT_STEPS
    ) -> Json:
        return await self._scroll_out(target, vertical, -SCROLL_PART, swipes, steps)

    async def flingForward(self, target: Target, vertical: bool) -> Json:
        return await self._scroll(target, vertical, FLING_PART, 5)

    async def flingBackward(self, target: Target, vertical: bool) -> Json:
        return await self._scroll(target, vertical, -FLING_PART, 5)

    async def flingToEnd(self, target: Target, vertical: bool, swipes: int) -> Json:
        return await self._scroll_out(target, vertical, FLING_PART, swipes, 5)

    async def flingToBeginning(self, target: Target, vertical: bool, swipes: int) -> Json:
        return await self._scroll_out(target, vertical, -FLING_PART, swipes, 5)

    async def scrollTo(self, target: Target, wanted: dict[str, Any], vertical: bool) -> Json:
        """Bring the wanted object into sight; False when the whole scroller does not hold it."""
        if self._all(wanted):
            return True
        await self._scroll_out(target, vertical, -FLING_PART, MAX_SWIPES, 5)
        while not self._all(wanted):
            if not await self._scroll(target, vertical, SCROLL_PART, DEFAULT_STEPS):
                return bool(self._all(wanted))
        return True

    # ---- inside

    def _roots(self) -> list[Element]:
        return roots(list(self._windows.boxes()))

    def _all(self, target: Target) -> list[Element]:
        if isinstance(target, str):
            try:
                return [self._resolve(target)]
            except JavaFailure:
                return []
        return self._matches(target, self._roots())

    def _one(self, target: Target) -> Element:
        if isinstance(target, str):
            return self._resolve(target)
        found = self._matches(target, self._roots())
        if not found:
            raise JavaFailure(NOT_FOUND, describe(target))
        return found[0]

    def _matches(self, selector: Selector, within: list[Element]) -> list[Element]:
        if not isinstance(selector, dict):
            raise TypeError("an object is a selector or a handle")
        try:
            return find_all(selector, within)
        except BadSelector as error:
            raise JavaFailure("java.util.regex.PatternSyntaxException", str(error)) from error

    def _resolve(self, handle: str) -> Element:
        find = self._handles.get(handle)
        if find is None:
            raise JavaFailure(NOT_FOUND, handle)
        return find()

    def _keep(self, find: Callable[[], Element]) -> str:
        if len(self._handles) >= MAX_HANDLES:
            self._handles.pop(next(iter(self._handles)))
        handle = f"{time.monotonic_ns():x}"
        self._handles[handle] = find
        return handle

    def _related(self, handle: str, selector: dict[str, Any], how: str) -> str:
        def find() -> Element:
            element = self._resolve(handle)
            start = element if how == "child" else element.parent
            found = self._matches(selector, start.children() if start else [])
            if not found:
                raise JavaFailure(NOT_FOUND, describe(selector))
            return found[0]

        find()
        return self._keep(find)

    async def _child_by(
        self, parent: Target, child: dict[str, Any], test: Callable[[Element], bool], scroll: bool, said: str
    ) -> str:
        def find() -> Element:
            for element in self._matches(child, self._one(parent).children()):
                if any(test(inside) for inside in element.walk()):
                    return element
            raise JavaFailure(NOT_FOUND, f"{said} in {describe(child)}")

        try:
            find()
        except JavaFailure:
            if not scroll:
                raise
            await self._scroll_out(parent, True, -FLING_PART, MAX_SWIPES, 5)
            while True:
                moved = await self._scroll(parent, True, SCROLL_PART, DEFAULT_STEPS)
                try:
                    find()
                    break
                except JavaFailure:
                    if not moved:
                        raise
        return self._keep(find)

    async def _looked_in_vain(self) -> None:
        """For those who act when an object is waited for and not there."""

    async def _wait(self, is_so: Callable[[], bool], ms: float) -> bool:
        """True as soon as it is so; looks again only when the screen has changed."""
        deadline = time.monotonic() + max(0.0, min(float(ms), 600_000.0)) / 1000
        await self._windows.idle()
        while not is_so():
            await self._looked_in_vain()
            if not await self._windows.wait_change(deadline - time.monotonic()):
                return is_so()
        return True

    async def _click_object(self, target: Target, corner: str = "center", *, long: bool) -> bool:
        rect = _rect(self._one(target))
        x, y = rect.center
        if corner in ("tl", "topleft"):
            x, y = rect.left + 5, rect.top + 5
        elif corner in ("br", "bottomright"):
            x, y = rect.right - 5, rect.bottom - 5
        await (self._windows.long_tap(x, y) if long else self._windows.tap(x, y))
        return True

    async def _swipe_object(self, target: Target, direction: str, percent: float, ms: float) -> bool:
        rect = _rect(self._one(target))
        x, y = rect.center
        reach = max(0.0, min(percent, 1.0))
        ends = {
            "up": (x, y - round((y - rect.top) * reach)),
            "down": (x, y + round((rect.bottom - 1 - y) * reach)),
            "left": (x - round((x - rect.left) * reach), y),
            "right": (x + round((rect.right - 1 - x) * reach), y),
        }
        if direction not in ends:
            return False
        await self._windows.swipe(x, y, *ends[direction], ms)
        return True

    async def _two_fingers(self, steps: float) -> None:
        await asyncio.sleep(max(0.0, min(float(steps) * STEP_S, 60.0)))

    async def _scroll(self, target: Target, vertical: bool, part: float, steps: float) -> bool:
        """True when there is more to scroll to that way."""
        element = self._one(target)
        await asyncio.sleep(max(0.0, min(float(steps) * STEP_S, 60.0)))
        box = _scroller(element.box, vertical)
        if box is None:
            return False
        length = box.bounds.height if vertical else box.bounds.width
        offset = element.window.scrolled.get(box.view.id, 0) + round(length * part)
        await self._windows.input.scroll_to(element.window, box, offset)
        return 0 < offset < box.scroll_range

    async def _scroll_out(
        self, target: Target, vertical: bool, part: float, swipes: int, steps: float
    ) -> bool:
        for _ in range(max(1, min(int(swipes), MAX_SWIPES))):
            if not await self._scroll(target, vertical, part, steps):
                break
        return True


def _scroller(box: Box, vertical: bool) -> Box | None:
    """The box itself or the first scroller in it that has anything to scroll."""
    waiting = [box]
    while waiting:
        inside = waiting.pop(0)
        fits = inside.view.is_vertical_scroller if vertical else inside.view.is_horizontal_scroller
        if fits and inside.scroll_range:
            return inside
        waiting.extend(child for child in inside.children if child.is_shown)
    return None


def _rect(element: Element) -> Rect:
    assert element.box.visible is not None, "only shown boxes become elements"
    return element.box.visible


def _info(element: Element) -> dict[str, Json]:
    view, rect = element.box.view, _rect(element)
    bounds: dict[str, Json] = {
        "bottom": rect.bottom,
        "left": rect.left,
        "right": rect.right,
        "top": rect.top,
    }
    return {
        "bounds": bounds,
        "checkable": element.has("checkable"),
        "checked": element.has("checked"),
        "childCount": sum("visible" in child.view.flags for child in element.box.children),
        "className": view.cls,
        "clickable": element.has("clickable"),
        "contentDescription": view.desc or None,
        "enabled": element.has("enabled"),
        "focusable": element.has("focusable"),
        "focused": element.is_focused,
        "longClickable": element.has("long-clickable"),
        "packageName": element.window.package,
        "resourceName": view.rid or None,
        "scrollable": element.is_scrollable,
        "selected": element.has("selected"),
        "text": element.text,
        "visibleBounds": dict(bounds),
    }
