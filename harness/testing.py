"""The kit for contributors: draw a screen as a dump, and a scripted device that acts on touches."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from PIL import Image

from harness.device.phone import ShellResult
from harness.device.screen import Current, Dump
from harness.model.errors import RunFailure

WIDTH, HEIGHT = 1080, 2400
LINE = 60
GLYPH = 48


@dataclass
class View:
    """A node to be drawn. `children` lie below each other, or beside each other in a row."""

    cls: str
    text: str = ""
    flags: frozenset[str] = frozenset()
    rid: str = ""
    desc: str = ""
    children: list[View] = field(default_factory=list)
    row: bool = False
    size: tuple[int, int] | None = None
    overlay: bool = False
    """Lies over the view before it."""
    bounds: tuple[int, int, int, int] = (0, 0, 0, 0)


def text(words: str, *flags: str, rid: str = "") -> View:
    return View("android.widget.TextView", words, frozenset(flags), rid)


def button(words: str, *flags: str, rid: str = "", cls: str = "android.widget.Button") -> View:
    return View(cls, words, frozenset({"clickable", *flags}), rid)


def box(words: str, *flags: str, rid: str = "", cls: str = "android.widget.CheckBox") -> View:
    return View(cls, words, frozenset({"clickable", "checkable", *flags}), rid)


def field_for(words: str) -> View:
    return View("android.widget.EditText", words, frozenset({"clickable"}))


def image(*flags: str, rid: str = "", desc: str = "", size: tuple[int, int] = (60, 60)) -> View:
    return View("android.widget.ImageView", "", frozenset(flags), rid, desc, size=size)


def column(*children: View, flags: tuple[str, ...] = (), cls: str = "android.widget.LinearLayout") -> View:
    return View(cls, "", frozenset(flags), children=list(children))


def row(*children: View, flags: tuple[str, ...] = (), cls: str = "android.widget.LinearLayout") -> View:
    return View(cls, "", frozenset(flags), children=list(children), row=True)


def over(rid: str = "") -> View:
    """An empty view that takes the touches meant for the one before it."""
    return View("android.view.View", "", frozenset({"clickable"}), rid, overlay=True)


@dataclass
class Window:
    views: tuple[View, ...]
    package: str
    dialog: bool


def page(*views: View, package: str = "com.x") -> Window:
    return Window(views, package, False)


def dialog(*views: View, package: str = "com.x") -> Window:
    return Window(views, package, True)


STYLES = ("alert", "parent", "overlay", "compose", "flutter", "web", "over-page")
"""How toolkits draw one question: see `question`."""


def question(
    style: str, title: str, body: str, answers: list[str], boxes: list[View], is_page: bool, beside: bool
) -> Window:
    """The same words as AlertDialog, as labels in clickable parents, as labels under empty views, as Compose,
    Flutter or a web page say them, or as a dialog in the tree of the page under it."""
    parts = _parts(style, title, body, answers, boxes, beside)
    if style == "over-page":
        feed = column(*[column(text(f"频道 {i}"), image(), flags=("clickable",)) for i in range(9)])
        return Window((feed, column(*parts)), "com.x", False)
    return Window(tuple(parts), "com.x", not is_page)


def _parts(
    style: str, title: str, body: str, answers: list[str], boxes: list[View], beside: bool
) -> list[View]:
    group = row if beside else column
    match style:
        case "parent":
            buttons = [column(text(label), flags=("clickable",)) for label in answers]
        case "overlay":
            buttons = [column(text(label), over()) for label in answers]
        case "compose":
            buttons = [
                View("android.view.View", "", frozenset({"clickable"}), children=[text(label)])
                for label in answers
            ]
        case "flutter":
            said = [View("android.view.View", desc=words) for words in (title, body) if words]
            pressed = [
                View("android.widget.Button", "", frozenset({"clickable"}), desc=label) for label in answers
            ]
            return [*said, *boxes, *pressed]
        case "web":
            pieces = [View("android.widget.TextView", piece) for piece in _sentences(body)]
            pressed = [View("android.widget.Button", label, frozenset({"clickable"})) for label in answers]
            page_view = View("android.webkit.WebView", children=[
                View("android.view.View", children=[View("android.view.View", title), *pieces, *boxes, *pressed])
            ])  # fmt: skip
            return [page_view]
        case _:
            ids = {0: "android:id/button2", 1: "android:id/button1"} if style == "alert" else {}
            buttons = [button(label, rid=ids.get(i, "")) for i, label in enumerate(answers)]
    named = [text(title)] if title else []
    return [*named, text(body), *boxes, group(*buttons)]


def _sentences(words: str) -> list[str]:
    """A web page's text comes in pieces: one a sentence."""
    marked = words.replace("。", "。\n").replace(". ", ".\n")
    return [piece.strip() for piece in marked.split("\n") if piece.strip()]


def draw(*windows: Window) -> str:
    """A hierarchy dump, the active window first."""
    parts = "".join(_window(window) for window in windows)
    return f"<?xml version='1.0' encoding='UTF-8' ?><hierarchy rotation=\"0\">{parts}</hierarchy>"


def _window(window: Window) -> str:
    frame = View(
        "android.widget.FrameLayout",
        children=[View("android.widget.LinearLayout", children=list(window.views))],
    )
    left, right = (90, 990) if window.dialog else (0, WIDTH)
    height = _lay(frame, left, 700 if window.dialog else 0, right)
    if not window.dialog:
        frame.bounds = (0, 0, WIDTH, max(HEIGHT, height))
    return _xml(frame, window.package, 0)


def _lay(view: View, left: int, top: int, right: int) -> int:
    """Sets the bounds; returns the bottom."""
    if view.size:
        view.bounds = (left, top, left + view.size[0], top + view.size[1])
        return view.bounds[3]
    if view.row and view.children:
        share = (right - left) // len(view.children)
        bottoms = [
            _lay(child, left + i * share, top, left + (i + 1) * share)
            for i, child in enumerate(view.children)
        ]
        bottom = max(bottoms)
    elif view.children:
        bottom = top
        for index, child in enumerate(view.children):
            if child.overlay:
                child.bounds = view.children[index - 1].bounds
            else:
                bottom = _lay(child, left, bottom, right)
    else:
        units = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in view.text)
        lines = max(1, math.ceil(units * GLYPH / max(right - left, GLYPH)))
        bottom = top + lines * LINE + (40 if "clickable" in view.flags else 0)
    view.bounds = (left, top, right, bottom)
    return bottom


def _xml(view: View, package: str, index: int) -> str:
    left, top, right, bottom = view.bounds
    flags = {
        name: str(name in view.flags).lower()
        for name in ("checkable", "checked", "clickable", "selected", "password")
    }
    flags["enabled"] = str("disabled" not in view.flags).lower()
    if "scrollable" in view.flags:
        flags["scrollable"] = "true"
    attributes = {
        "index": str(index), "text": view.text, "resource-id": view.rid, "class": view.cls,
        "package": package, "content-desc": view.desc, **flags, "bounds": f"[{left},{top}][{right},{bottom}]",
    }  # fmt: skip
    shown = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<node {shown}>{''.join(_xml(child, package, i) for i, child in enumerate(view.children))}</node>"


LAUNCHER = draw(page(text("Phone"), text("Browser"), package="com.android.launcher3"))


@dataclass
class ScriptedDevice:
    """Screens in, actions out. `on` says which screen a touch on a label (or a key) leads to.

    It is phone, screen and time at once: time passes only when someone sleeps or a call takes some. Nothing
    is asserted here; `done` is what was done to it, in words.
    """

    screens: dict[str, str]
    on: dict[tuple[str, str], str]
    """(screen, label touched | "back" | "home") → screen; a label not listed changes nothing."""
    start: str = "first"
    start_again: str | None = None
    """Screen of later launches; the first one's when None."""
    package: str = "com.x"
    after: dict[str, tuple[float, str]] = field(default_factory=dict)
    """screen → (seconds, next screen): what changes by itself."""
    call_seconds: float = 0.02
    fail: Callable[[ScriptedDevice, str], None] | None = None
    """Called before each action with its name; raises what should go wrong."""
    serial: str = "scripted"
    done: list[str] = field(default_factory=list)
    changes: list[tuple[str, float]] = field(default_factory=list)
    """What changed by itself, and when (milliseconds)."""
    at: str = "home"
    launches: int = 0
    _now: float = 1000.0
    _since: float = 1000.0

    def now_ms(self) -> float:
        return self._now * 1000

    def sleep(self, seconds: float) -> None:
        self._now += seconds

    def go(self, screen: str) -> None:
        self.at, self._since = screen, self._now

    def dump(self) -> Dump:
        self._act("dump")
        if self.at in self.after and self._now - self._since >= self.after[self.at][0]:
            seconds, screen = self.after[self.at]
            self.changes.append((screen, (self._since + seconds) * 1000))
            self.go(screen)
        before = self.now_ms()
        self._now += self.call_seconds
        return Dump(self._xml(), before, self.now_ms())

    def tap(self, x: int, y: int) -> None:
        label = self._label_at(x, y)
        self.done.append(f"tap {label}")
        self._act("tap")
        self._now += self.call_seconds
        self.go(self.on.get((self.at, label), self.at))

    def press(self, key: str) -> None:
        self.done.append(f"press {key}")
        self._act("press")
        self._now += self.call_seconds
        self.go("home" if key == "home" else self.on.get((self.at, key), self.at))

    def swipe(self, x1: int, y1: int, x2: int, y2: int) -> None:
        self.done.append("swipe")
        self._act("swipe")
        self._now += self.call_seconds
        self.go(self.on.get((self.at, "swipe"), self.at))

    def screenshot(self) -> bytes:
        self._act("screenshot")
        buffer = io.BytesIO()
        Image.new("RGB", (8, 16), "white").save(buffer, "PNG")
        return buffer.getvalue()

    def current(self) -> Current:
        self._act("current")
        return Current("com.android.launcher3" if self.at == "home" else self.package, f"{self.package}.Main")

    def launch(self, package: str) -> str | None:
        self.done.append("launch")
        self._act("launch")
        self.launches += 1
        self.go(self.start if self.launches == 1 or self.start_again is None else self.start_again)
        return None

    def force_stop(self, package: str) -> None:
        self.done.append("force-stop")
        self._act("force_stop")
        self.go("home")

    def shell(self, command: str, timeout: float = 30) -> ShellResult:
        self._act("shell")
        return ShellResult("", "", 0)

    def reboot(self) -> str:
        self.done.append("reboot")
        self._act("reboot")
        self._now += 30
        self.go("home")
        return ""

    def _act(self, name: str) -> None:
        if self.fail is not None:
            self.fail(self, name)

    def _xml(self) -> str:
        return LAUNCHER if self.at == "home" else self.screens[self.at]

    def _label_at(self, x: int, y: int) -> str:
        from harness.screen.tree import contains, parse

        hit = [node for node in parse(self._xml()).nodes if node.label and contains(node.bounds, (x, y))]
        return min(hit, key=lambda node: node.area).label if hit else f"nothing at {x},{y}"


def hung(serial: str = "scripted") -> RunFailure:
    return RunFailure("screen_hung", f"{serial}: no answer in 10 s")


def lost(serial: str = "scripted") -> RunFailure:
    return RunFailure("device_lost", f"{serial}: went away")
