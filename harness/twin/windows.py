"""What is on the screen of one device: windows of apps and of the system, focus, toast and keyboard."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from PIL import Image

from harness.twin import draw, hierarchy, home
from harness.twin.input import Input
from harness.twin.layout import Box, Rect, Spec, lay_out, measure
from harness.twin.views import MATCH, BadTree, View, ViewLayout, ViewStyle, parse_tree

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.processes import AppProcess

Kind = Literal["activity", "dialog", "popup", "system", "panel", "home", "starting"]
"""`system` is a dialog of the system, `panel` covers the screen (shade, quick settings)."""
Node = dict[str, Any]
OnClick = Callable[[Node], Awaitable[None]]
OnBack = Callable[[], Awaitable[None]]

WIDTH: Final = 1080
HEIGHT: Final = 2400
DENSITY: Final = 420
"""Dots per inch."""
STATUS_BAR: Final = 84
NAVIGATION_BAR: Final = 126
MAX_WINDOWS: Final = 64
"""Per process."""
TOAST_KEPT_S: Final = 10.0
ECHO_S: Final = 0.5
"""How long text that was typed counts although the app has not shown it yet."""


@dataclass(slots=True, eq=False)
class Window:
    id: int
    """Unique on the device."""
    kind: Kind
    package: str
    title: str
    root: View
    process: AppProcess | None = None
    """None for windows of the system."""
    number: int = 0
    """What the app calls it."""
    activity: str | None = None
    """Token of the activity it belongs to."""
    cancelable: bool = True
    on_click: OnClick | None = None
    on_back: OnBack | None = None
    scrolled: dict[int, int] = field(default_factory=dict)
    focus: int | None = None
    """Id of the view that has the input focus."""
    typed: dict[int, tuple[str, float]] = field(default_factory=dict)
    """Text sent to the app by view id, and when; dropped once the app shows it."""
    box: Box | None = None
    secure: bool = False
    """Kept off screenshots (FLAG_SECURE): black there, for people and uiautomator as ever."""
    opened_at: float = field(default_factory=time.monotonic)

    @property
    def is_modal(self) -> bool:
        """Takes every touch, so that nothing under it can be reached (or is reported to uiautomator)."""
        return self.kind != "popup"

    @property
    def is_anchored(self) -> bool:
        """Stands where its layout parameters say, and darkens nothing: menus and other popups."""
        return self.kind == "popup" or self.title.startswith("PopupWindow")

    @property
    def is_dialog(self) -> bool:
        return self.kind in ("dialog", "system") and not self.is_anchored

    def text_of(self, view: View) -> str:
        typed = self.typed.get(view.id)
        return typed[0] if typed else view.text


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    package: str
    at: float
    """time.monotonic()"""
    until: float


class Windows:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._windows: dict[int, Window] = {}
        self._next = 1
        self._changed = asyncio.Event()
        self._changed_at = 0.0
        self._hidden: set[str] = set()
        self._home: Window | None = None
        self._blank: Window | None = None
        self._started: set[asyncio.Task[None]] = set()
        self._toast: Toast | None = None
        self.rotation = 0
        """Quarter turns: 0 natural, 1 left, 2 upside down, 3 right."""
        self.rotation_frozen = False
        self.screen_on = True
        self.on_screen: list[Callable[[bool], None]] = []
        """Told whenever the screen goes on or off."""
        self.keyboard_shown = False
        self.input = Input(device, self)
        self.tap = self.input.tap
        self.long_tap = self.input.long_tap
        self.swipe = self.input.swipe
        self.key = self.input.key
        self.text = self.input.text

    # ---- what apps and system services call

    def update(self, process: AppProcess, message: Mapping[str, Any]) -> None:
        """An app's whole tree of one window, new or changed. Raises BadTree."""
        number, kind = message.get("window"), message.get("kind", "activity")
        if not isinstance(number, int | float) or kind not in ("activity", "dialog", "popup"):
            raise BadTree(
                f"window {number!r} of kind {kind!r}: a number and activity, dialog or popup are wanted"
            )
        root = parse_tree(message.get("root"))
        window = self.of_app(process.pid, int(number))
        if window is None:
            if sum(1 for other in self._windows.values() if other.process is process) >= MAX_WINDOWS:
                raise BadTree(f"more than {MAX_WINDOWS} windows in one process")
            window = self._add(Window(self._next, kind, process.package, "", root, process, int(number)))
        window.root = root
        window.title = str(message.get("title") or "")[:1000]
        window.cancelable = bool(message.get("cancelable", True))
        window.secure = message.get("secure") is True
        activity = message.get("activity")
        window.activity = None if activity is None else str(activity)
        self._settle_input(window)
        self._touch(window)

    def remove(self, process: AppProcess, number: int) -> None:
        window = self.of_app(process.pid, number)
        if window is not None:
            self._drop(window)

    def remove_process(self, pid: int) -> None:
        """Everything a dead process had on the screen goes."""
        for window in list(self._windows.values()):
            if window.process is not None and window.process.pid == pid:
                self._drop(window)

    def set_visible(self, token: str | int, visible: bool) -> None:
        """Whether windows of this activity may show (a stopped activity's may not)."""
        (self._hidden.discard if visible else self._hidden.add)(str(token))
        self._touch(None)

    def show_system(
        self, package: str, title: str, root: Node, on_click: OnClick, on_back: OnBack | None = None
    ) -> int:
        """A dialog above everything; `on_click` gets the clicked node. Returns the id to close it by."""
        window = Window(
            self._next, "system", package, title, parse_tree(root), on_click=on_click, on_back=on_back
        )
        return self._add(window).id

    def close_system(self, window_id: int) -> None:
        """Closing what is closed already is fine."""
        window = self._windows.get(window_id)
        if window is not None and window.process is None:
            self._drop(window)

    def toast(self, package: str, text: str, ms: float) -> None:
        now = time.monotonic()
        self._toast = Toast(text[:4000], package, now, now + max(0.0, min(ms, 60_000.0)) / 1000)
        self._device.journal.write("toast", package=package, text=text)
        self._touch(None)

    # ---- what is there

    @property
    def width(self) -> int:
        return HEIGHT if self.rotation % 2 else WIDTH

    @property
    def height(self) -> int:
        return WIDTH if self.rotation % 2 else HEIGHT

    @property
    def screen(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    @property
    def last_toast(self) -> str | None:
        """The last toast's text, for some seconds after it appeared."""
        toast = self._toast
        return toast.text if toast and time.monotonic() - toast.at < TOAST_KEPT_S else None

    def clear_toast(self) -> None:
        self._toast = None

    def of_app(self, pid: int, number: int) -> Window | None:
        for window in self._windows.values():
            if window.process is not None and window.process.pid == pid and window.number == number:
                return window
        return None

    def stack(self) -> list[Window]:
        """What shows, lowest first: the front activity's windows (or the home screen), then the system's."""
        apps = [
            window
            for window in self._windows.values()
            if window.process is not None and self._may_show(window)
        ]
        places = {window.activity: index for index, window in enumerate(apps) if window.kind == "activity"}
        # A dialog is above its own activity, and under an activity that came later.
        apps.sort(key=lambda window: (places.get(window.activity, len(apps)), window.kind != "activity"))
        system = [window for window in self._windows.values() if window.process is None]
        return [*([] if places else [self._behind()]), *apps, *system]

    def reachable(self) -> list[Window]:
        """Windows that can be touched, topmost first, down to a modal one. uiautomator sees just these."""
        found: list[Window] = []
        for window in reversed(self.stack()):
            found.append(window)
            if window.is_modal:
                break
        return found

    @property
    def focused(self) -> Window:
        return self.reachable()[0]

    def box(self, window: Window) -> Box:
        """The laid-out tree of a window."""
        if window.box is None:
            frame = self._frame(window)
            fills = window.kind in ("activity", "dialog") and frame == self.screen
            window.box = lay_out(_decorated(window.root) if fills else window.root, frame, window.scrolled)
        return window.box

    def boxes(self) -> Iterator[tuple[Window, Box]]:
        """Reachable windows with their trees, topmost first."""
        for window in self.reachable():
            yield window, self.box(window)

    def hierarchy(self, compressed: bool = False, max_depth: int = 0, active_only: bool = False) -> str:
        """What uiautomator's dump gives. `max_depth` 0 means any."""
        windows = list(self.boxes())[: 1 if active_only else None]
        return hierarchy.dump(windows, self.rotation, compressed, max_depth)

    def screenshot(self) -> Image.Image:
        if not self.screen_on:
            return draw.black(self.width, self.height)
        return draw.picture(self.scene())

    @property
    def shows(self) -> tuple[float, bool, str]:
        """As long as it is the same, so is what a screenshot shows, but for the clock in the status bar."""
        toast = self._toast.text if self._toast and time.monotonic() < self._toast.until else ""
        return (self._changed_at, self.screen_on, toast)

    def scene(self) -> draw.Scene:
        """All that a screenshot needs, safe to draw in another thread."""
        stack = self.stack()
        lowest = max(
            (index for index, window in enumerate(stack) if window.kind in ("activity", "panel")), default=0
        )
        toast = self._toast if self._toast and time.monotonic() < self._toast.until else None
        layers = tuple(
            draw.Layer(box, window.is_dialog, box.bounds != self.screen, window.secure)
            for window, box in ((window, self.box(window)) for window in stack[lowest:])
        )
        clock = time.strftime("%H:%M", time.gmtime(self._device.clock.wall_ms() / 1000))
        return draw.Scene(self.width, self.height, layers, clock, toast.text if toast else None)

    # ---- waiting

    async def wait_change(self, timeout: float) -> bool:
        """False when nothing on the screen changed for so many seconds."""
        try:
            await asyncio.wait_for(self._changed.wait(), max(0.0, timeout))
        except TimeoutError:
            return False
        return True

    async def idle(self, quiet_s: float = 0.02, limit_s: float = 0.5) -> None:
        """Wait until the answer to the last input is on the screen, as uiautomator waits before it looks.

        An input that changes nothing costs 60 ms; a screen that never rests costs `limit_s`.
        """
        deadline = time.monotonic() + limit_s
        while (now := time.monotonic()) < deadline:
            answered = self._changed_at >= self.input.last_at
            left = self._changed_at + quiet_s - now if answered else self.input.last_at + 0.06 - now
            if left <= 0:
                return
            await self.wait_change(min(left, deadline - now))

    # ---- the device's own windows

    def show_panel(self, quick_settings: bool) -> None:
        self.close_panels()
        self._add(
            Window(self._next, "panel", home.SYSTEM_UI, "NotificationShade", home.panel(quick_settings))
        )

    def close_panels(self) -> bool:
        """True when one was open."""
        panels = [window for window in self._windows.values() if window.kind == "panel"]
        for window in panels:
            self._drop(window)
        return bool(panels)

    def set_rotation(self, rotation: int) -> None:
        if rotation != self.rotation:
            self.rotation = rotation
            for window in self._windows.values():
                window.box = None
            self._home = self._blank = None
            self._touch(None)

    def set_screen(self, on: bool) -> None:
        if on != self.screen_on:
            self.screen_on = on
            self._touch(None)
            for listener in list(self.on_screen):
                listener(on)

    def show_keyboard(self, shown: bool) -> None:
        if shown != self.keyboard_shown:
            self.keyboard_shown = shown
            self._touch(None)

    def scroll(self, window: Window, box: Box, offset: int) -> bool:
        """Set how far a scroller is scrolled; True when that moved anything."""
        offset = max(0, min(offset, box.scroll_range))
        if offset == window.scrolled.get(box.view.id, 0):
            return False
        window.scrolled[box.view.id] = offset
        self._touch(window)
        return True

    # ---- inside

    def _add(self, window: Window) -> Window:
        self._next += 1
        self._windows[window.id] = window
        if window.kind != "activity":
            self.keyboard_shown = False
        if self._is_late(window):
            late_s = self._device.faults.dialogs_late_ms / 1000
            asyncio.get_running_loop().call_later(late_s, self._touch, window)
        self._touch(window)
        return window

    def _is_late(self, window: Window) -> bool:
        """A fault keeps it back for a while."""
        late_s = self._device.faults.dialogs_late_ms / 1000
        return window.kind == "dialog" and time.monotonic() - window.opened_at < late_s

    def _drop(self, window: Window) -> None:
        self._windows.pop(window.id, None)
        self.keyboard_shown = False
        self._touch(None)

    def _touch(self, window: Window | None) -> None:
        if window is not None:
            window.box = None
        self._changed_at = time.monotonic()
        event, self._changed = self._changed, asyncio.Event()
        event.set()

    def _settle_input(self, window: Window) -> None:
        """Let what the app shows now win over what was typed or focused from outside."""
        views = {view.id: view for view in window.root.walk()}
        now = time.monotonic()
        for view_id, (text, at) in list(window.typed.items()):
            view = views.get(view_id)
            if view is None or view.text == text or now - at > ECHO_S:
                del window.typed[view_id]
        focused = next((view.id for view in views.values() if "focused" in view.flags), None)
        if focused is not None or window.focus not in views:
            window.focus = focused
        for view_id in [view_id for view_id in window.scrolled if view_id not in views]:
            del window.scrolled[view_id]

    def _may_show(self, window: Window) -> bool:
        if self._is_late(window):
            return False
        if window.activity is not None:
            return window.activity not in self._hidden
        # A popup names no activity: it goes when its process has none on the screen.
        return not window.title.startswith("PopupWindow") or any(
            other.process is window.process and other.kind == "activity" and self._may_show(other)
            for other in self._windows.values()
        )

    def _behind(self) -> Window:
        """What is under everything when no activity has drawn: the starting app's blank screen, or home."""
        package = self._device.activities.foreground_package()
        if package != home.LAUNCHER:
            if self._blank is None or self._blank.package != package:
                self._blank = Window(0, "starting", package, f"Splash Screen {package}", home.blank())
            return self._blank
        apps = home.launchable(self._device)
        shown = self._home
        if shown is None or shown.title != home.title(apps):
            root = home.screen(apps, self.width)

            async def open_app(node: Node) -> None:
                self._start(home.open_app(self._device, apps, node))

            shown = self._home = Window(0, "home", home.LAUNCHER, home.title(apps), root, on_click=open_app)
        return shown

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that takes longer than the touch that asked for it; its failure is journalled."""

        def ended(task: asyncio.Task[None]) -> None:
            self._started.discard(task)
            error = None if task.cancelled() else task.exception()
            if error is not None:
                self._device.journal.write("ui_failed", error=f"{type(error).__name__}: {error}")

        task = asyncio.ensure_future(work)
        self._started.add(task)
        task.add_done_callback(ended)

    def _frame(self, window: Window) -> Rect:
        screen = self.screen
        layout = window.root.layout
        if window.is_anchored:
            return self._anchored_frame(window.root)
        if not window.is_dialog or (window.kind == "dialog" and layout.w == MATCH and layout.h == MATCH):
            return screen
        room = Rect(42, STATUS_BAR + 42, screen.right - 42, screen.bottom - NAVIGATION_BAR - 42)
        # As on phones: nearly all of a narrow screen, no more than that on a wide one.
        width = min(room.width, 1000) if layout.w < 0 else min(layout.w, screen.width)
        height = Spec("exact", room.height) if layout.h == MATCH else Spec("at_most", room.height)
        tall = (
            min(layout.h, room.height)
            if layout.h >= 0
            else measure(window.root, Spec("exact", width), height).h
        )
        left = (screen.width - width) // 2
        if layout.layout_gravity & 0x70 == 0x50:
            return Rect(left, room.bottom + 42 - tall, left + width, room.bottom + 42)
        top = room.top + (room.height - tall) // 2
        return Rect(left, top, left + width, top + tall)

    def _anchored_frame(self, root: View) -> Rect:
        """x and y come as the root's margin; with a gravity they count from that edge."""
        screen, layout = self.screen, root.layout
        room = Rect(0, STATUS_BAR, screen.right, screen.bottom - NAVIGATION_BAR)
        frame = replace(ViewLayout(w=MATCH, h=MATCH), padding=(0, room.top, 0, screen.bottom - room.bottom))
        around = View(-1, "android.widget.FrameLayout", layout=frame, children=(root,))
        place = lay_out(around, screen, {}).children[0].bounds
        if layout.layout_gravity & 0x77 == 0:  # offsets of a drop-down count from the screen's corner
            place = Rect(place.left, place.top - room.top, place.right, place.bottom - room.top)
        return place


def _decorated(root: View) -> View:
    """An activity's content inside the frames that the platform puts around it, clear of the bars."""
    frame, shown = "android.widget.FrameLayout", frozenset({"enabled", "visible"})
    full = ViewLayout(w=MATCH, h=MATCH)
    content = root
    if not any(view.rid == "android:id/content" for view in root.walk()):
        content = View(-3, frame, rid="android:id/content", flags=shown, layout=full, children=(root,))
    column = View(-2, "android.widget.LinearLayout", flags=shown, layout=full, children=(content,))
    inset = replace(full, padding=(0, STATUS_BAR, 0, NAVIGATION_BAR))
    paper = ViewStyle(background=root.style.background)
    return View(-1, frame, flags=shown, layout=inset, style=paper, children=(column,))
