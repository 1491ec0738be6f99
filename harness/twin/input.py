"""Fingers and keys: what a tap, a swipe, a key or typed text does to the windows of a device."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from harness.twin.fonts import advance, line_height
from harness.twin.keys import KEYS, character, code_of
from harness.twin.layout import Box

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.windows import Window, Windows

TOUCH_SLOP: Final = 21
"""Pixels a finger may move and still tap."""
LONG_PRESS_MS: Final = 500
MAX_GESTURE_MS: Final = 60_000
EDGE_PANEL: Final = 84
"""A swipe down from above this line opens the shade."""


def clipboard_text(device: TwinDevice) -> str:
    """What a paste inserts; "" when the clipboard holds no text."""
    # Services import the device, which imports this module.
    from harness.twin.services.clipboard import CLIPBOARDS

    clip = CLIPBOARDS.of(device).clip
    return "" if clip is None else "".join(item.get("text") or "" for item in clip.items)


def set_clipboard_text(device: TwinDevice, label: str | None, text: str) -> None:
    from harness.twin.services.clipboard import CLIPBOARDS, Clip

    CLIPBOARDS.of(device).clip = Clip(label, ["text/plain"], [{"text": text}])


class Input:
    def __init__(self, device: TwinDevice, windows: Windows) -> None:
        self._device = device
        self._windows = windows
        self._down: tuple[float, float, float] | None = None
        self._at: tuple[float, float] = (0.0, 0.0)
        self.last_at = 0.0
        """time.monotonic() of the last input that reached a window."""

    # ---- fingers

    async def tap(self, x: float, y: float) -> None:
        self._device.journal.write("tap", x=x, y=y)
        await self._press(x, y, long=False)

    async def long_tap(self, x: float, y: float, ms: float = LONG_PRESS_MS) -> None:
        self._device.journal.write("long_tap", x=x, y=y, ms=ms)
        await asyncio.sleep(min(ms, MAX_GESTURE_MS) / 1000)
        await self._press(x, y, long=ms >= LONG_PRESS_MS)

    async def swipe(self, x1: float, y1: float, x2: float, y2: float, ms: float = 300) -> None:
        """Takes as long as it says; one that does not move is a tap, or a long one."""
        self._device.journal.write("swipe", x1=x1, y1=y1, x2=x2, y2=y2, ms=ms)
        await asyncio.sleep(max(0.0, min(ms, MAX_GESTURE_MS)) / 1000)
        if abs(x2 - x1) < TOUCH_SLOP and abs(y2 - y1) < TOUCH_SLOP:
            return await self._press(x1, y1, long=ms >= LONG_PRESS_MS)
        return await self._drag(x1, y1, x2, y2)

    async def swipe_points(self, points: list[tuple[float, float]], ms: float) -> None:
        for (x1, y1), (x2, y2) in pairwise(points):
            await self.swipe(x1, y1, x2, y2, ms)

    async def touch(self, action: int, x: float, y: float) -> bool:
        """0 down, 1 up, 2 move, as MotionEvent numbers them. False for an up or a move without a down."""
        now = time.monotonic()
        if action == 0:
            self._device.journal.write("touch", action="down", x=x, y=y)
            self._down, self._at = (x, y, now), (x, y)
            return True
        if self._down is None or action not in (1, 2):
            return False
        self._at = (x, y)
        if action == 1:
            self._device.journal.write("touch", action="up", x=x, y=y)
            (start_x, start_y, began), self._down = self._down, None
            if abs(x - start_x) < TOUCH_SLOP and abs(y - start_y) < TOUCH_SLOP:
                await self._press(start_x, start_y, long=(now - began) * 1000 >= LONG_PRESS_MS)
            else:
                await self._drag(start_x, start_y, x, y)
        return True

    # ---- keys and text

    async def key(self, key: int | str, long: bool = False) -> None:
        """Press a key by number or name (KEYCODE_BACK, back, 4). ValueError for a name that is no key."""
        code = code_of(key)
        self._device.journal.write("key", code=code, name=KEYS.get(code, str(code)), long=long)
        await self._key(code)

    async def text(self, text: str) -> bool:
        """Type into the field that has the focus; False when none has."""
        self._device.journal.write("text", text=text)
        return await self._edit(lambda old: old + text)

    async def clear(self) -> bool:
        return await self._edit(lambda old: "")

    async def set_text(self, window: Window, view_id: int, text: str) -> None:
        """Replace what stands in a field."""
        window.typed[view_id] = (text, time.monotonic())
        await self._send(window, "view.text", view=view_id, text=text)

    # ---- inside: touch

    async def _press(self, x: float, y: float, long: bool) -> None:
        windows = self._windows
        if not windows.screen_on or self._device.faults.taps_ignored:
            return None
        self.last_at = time.monotonic()
        if y >= windows.height - 126 and windows.focused.kind in ("activity", "home", "starting"):
            return await self._navigate(x)
        for window, box in windows.boxes():
            if box.bounds.contains(x, y):
                return await self._press_in(window, box, x, y, long)
            if window.is_modal or window.cancelable:
                await self._outside(window)
            if window.is_modal:
                return None
        return None

    async def _navigate(self, x: float) -> None:
        """The bar below the apps: back, home, recents."""
        third = self._windows.width / 3
        await self._key(4 if x < third else 3 if x < 2 * third else 187)

    async def _outside(self, window: Window) -> None:
        if window.kind in ("dialog", "popup") and window.cancelable:
            await self._send(window, "window.outside")

    async def _press_in(self, window: Window, root: Box, x: float, y: float, long: bool) -> None:
        box = _hit(root, x, y)
        if box is None or "enabled" not in box.view.flags:
            return
        view = box.view
        if window.process is None:
            if window.on_click is not None and "clickable" in view.flags:
                await window.on_click(dict(view.raw))
            return
        if view.is_editable and not long:
            if window.focus != view.id:
                window.focus = view.id
                await self._send(window, "view.focus", view=view.id)
            self._windows.show_keyboard(True)
        span = _span_at(box, x, y)
        if span is not None and not long:
            await self._send(window, "view.span", view=view.id, span=span)
        elif long and "long-clickable" in view.flags:
            await self._send(window, "view.long_click", view=view.id)
        elif "clickable" in view.flags:
            await self._send(window, "view.click", view=view.id, x=round(x), y=round(y))

    async def _drag(self, x1: float, y1: float, x2: float, y2: float) -> None:
        windows = self._windows
        if not windows.screen_on:
            return None
        self.last_at = time.monotonic()
        if y1 < EDGE_PANEL and y2 - y1 > 4 * TOUCH_SLOP:
            return windows.show_panel(quick_settings=False)
        for window, root in windows.boxes():
            if root.bounds.contains(x1, y1):
                vertical = abs(y2 - y1) >= abs(x2 - x1)
                box = _scroller_at(root, x1, y1, vertical)
                if window.kind == "panel" and y1 - y2 > 4 * TOUCH_SLOP:
                    windows.close_panels()
                elif box is not None:
                    moved = y1 - y2 if vertical else x1 - x2
                    await self.scroll_to(window, box, window.scrolled.get(box.view.id, 0) + round(moved))
                return None
            if window.is_modal:
                return None
        return None

    async def scroll_to(self, window: Window, box: Box, offset: int) -> bool:
        """True when the scroller moved; its app is told where it is."""
        self.last_at = time.monotonic()
        if not self._windows.scroll(window, box, offset):
            return False
        if window.process is not None:
            await self._send(window, "view.scroll", view=box.view.id, y=window.scrolled[box.view.id])
        return True

    # ---- inside: keys

    async def _key(self, code: int) -> None:
        windows = self._windows
        self.last_at = time.monotonic()
        match code:
            case 26:
                windows.set_screen(not windows.screen_on)
            case 224:
                windows.set_screen(True)
            case 223:
                windows.set_screen(False)
            case _ if not windows.screen_on:
                pass
            case 3:
                await self._go_home()
            case 4:
                await self._go_back()
            case 67:
                await self._edit(lambda old: old[:-1])
            case 279:
                await self._edit(lambda old: old + clipboard_text(self._device))
            case 23 | 66 | 160:
                await self._enter()
            case 61:
                await self._next_field()
            case _:
                typed = character(code)
                if typed:
                    await self._edit(lambda old: old + typed)

    async def _go_home(self) -> None:
        self._windows.close_panels()
        self._windows.show_keyboard(False)
        await self._device.activities.home()

    async def _go_back(self) -> None:
        windows = self._windows
        if windows.keyboard_shown:
            return windows.show_keyboard(False)
        if windows.close_panels():
            return None
        window = windows.focused
        if window.kind in ("dialog", "popup"):
            return await self._send(window, "window.back")
        if window.kind == "system":
            return await window.on_back() if window.on_back else None
        if window.kind in ("activity", "starting"):
            await self._device.activities.back()
        return None

    async def _enter(self) -> None:
        """Enter presses the focused button."""
        window, box = self._focused()
        if box is None or box.view.is_editable or window.process is None:
            return
        if "clickable" in box.view.flags:
            x, y = box.bounds.center
            await self._send(window, "view.click", view=box.view.id, x=x, y=y)

    async def _next_field(self) -> None:
        window = self._windows.focused
        if window.process is None:
            return
        views = [
            view.id for view in window.root.walk() if "focusable" in view.flags and "visible" in view.flags
        ]
        if views:
            at = views.index(window.focus) if window.focus in views else -1
            window.focus = views[(at + 1) % len(views)]
            await self._send(window, "view.focus", view=window.focus)

    def _focused(self) -> tuple[Window, Box | None]:
        window = self._windows.focused
        return window, None if window.focus is None else self._windows.box(window).find(window.focus)

    async def _edit(self, change: Callable[[str], str]) -> bool:
        self.last_at = time.monotonic()
        window, box = self._focused()
        if box is None or not box.view.is_editable or window.process is None:
            return False
        await self.set_text(window, box.view.id, change(window.text_of(box.view)))
        return True

    async def _send(self, window: Window, event: str, **args: str | int) -> None:
        """Tell an app; one that is dying does not hear it, as on a phone."""
        self.last_at = time.monotonic()
        assert window.process is not None, "only windows of apps are told"
        self._device.journal.write(
            "ui_event", event=event, pid=window.process.pid, window=window.number, **args
        )
        await window.process.send(event, {"window": window.number, **args})


def _hit(root: Box, x: float, y: float) -> Box | None:
    """The view that takes a touch: the deepest one there that is touchable, what is drawn later first."""
    # Post-order without recursion: a box is asked itself only after all its children declined.
    waiting: list[tuple[Box, bool]] = [(root, False)]
    while waiting:
        box, asked = waiting.pop()
        if asked:
            flags = box.view.flags
            if "clickable" in flags or "long-clickable" in flags or box.view.is_editable:
                return box
            if _span_at(box, x, y) is not None:
                return box
        elif box.is_shown and box.visible is not None and box.visible.contains(x, y):
            waiting.append((box, True))
            waiting.extend((child, False) for child in box.children)
    return None


def _span_at(box: Box, x: float, y: float) -> int | None:
    """Id of the clickable span whose characters are under the point."""
    view = box.view
    if not view.text or not any(span.clickable for span in view.spans):
        return None
    size = view.style.size
    tall = line_height(size)
    for placed in box.lines:
        if not placed.y <= y < placed.y + tall:
            continue
        at = float(placed.x)
        for offset, char in enumerate(placed.line.shown):
            step = advance(char, size)
            if at <= x < at + step:
                position = placed.line.start + offset
                return next(
                    (span.id for span in view.spans if span.clickable and span.start <= position < span.end),
                    None,
                )
            at += step
    return None


def _scroller_at(root: Box, x: float, y: float, vertical: bool) -> Box | None:
    found = None
    waiting = [root]
    while waiting:
        box = waiting.pop()
        if box.is_shown and box.visible is not None and box.visible.contains(x, y):
            fits = box.view.is_vertical_scroller if vertical else box.view.is_horizontal_scroller
            if fits and box.scroll_range:
                found = box
            waiting.extend(box.children)
    return found
