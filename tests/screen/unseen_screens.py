"""Screens written as trees (unseen*.txt): how real apps nest their views, with the role beside each label.

A block is a screen: `@ kind language package`, then windows (`--- page|full|dialog|sheet`), then nodes, one a line,
a space of indentation a level: `<class><flags> [#id] [WxH] text ~description => role`.
Flags: `*` takes touches, `!` disabled, `+`/`-` a box that is ticked or not, `^` selected, `?` hides what is typed,
`%` lies over the view before it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

WIDTH, HEIGHT = 1080, 2400
CLASSES = {
    "F": "android.widget.FrameLayout", "L": "android.widget.LinearLayout", "H": "android.widget.LinearLayout",
    "R": "android.widget.RelativeLayout", "RH": "android.widget.RelativeLayout", "G": "android.view.ViewGroup",
    "GH": "android.view.ViewGroup", "V": "android.view.View", "VH": "android.view.View",
    "T": "android.widget.TextView", "B": "android.widget.Button", "I": "android.widget.ImageView",
    "IB": "android.widget.ImageButton", "S": "android.widget.ScrollView",
    "RV": "androidx.recyclerview.widget.RecyclerView", "W": "android.webkit.WebView", "X": "android.widget.Image",
    "K": "android.widget.CheckBox", "SW": "android.widget.Switch", "E": "android.widget.EditText",
    "RB": "android.widget.RadioButton", "CV": "androidx.compose.ui.platform.ComposeView",
    "P": "androidx.viewpager.widget.ViewPager", "LV": "android.widget.ListView", "O": "android.widget.ProgressBar",
    "CT": "android.widget.CheckedTextView",
}  # fmt: skip
SIDEWAYS = ("H", "RH", "GH", "VH")
LINE = re.compile(r"^( *)([A-Z]+)([*!+\-^?%]*)(?: #(\S+))?(?: (\d+)x(\d+))?(?: (.*?))?(?: => (\w+))?$")


@dataclass
class Drawn:
    cls: str
    flags: str
    rid: str
    text: str
    description: str
    role: str | None
    size: tuple[int, int] | None
    is_row: bool
    children: list[Drawn] = field(default_factory=list)
    bounds: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def label(self):
        return self.text.strip() or self.description.strip()


@dataclass
class Shown:
    name: str
    kind: str
    language: str
    package: str
    windows: list[tuple[str, list[Drawn]]]

    def xml(self):
        parts = "".join(_window(shape, nodes, self.package) for shape, nodes in self.windows)
        return f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">{parts}</hierarchy>"

    def labelled(self):
        """(label, role) of every node that has a role."""
        stack = [node for _, nodes in self.windows for node in nodes]
        found = []
        while stack:
            node = stack.pop()
            stack += node.children
            if node.role:
                found.append((node.label, node.role))
        return found


def read(path: Path) -> list[Shown]:
    shown: list[Shown] = []
    open_: list[tuple[int, Drawn]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("//"):
            continue
        if line.startswith("@ "):
            kind, language, package = line[2:].split()
            shown.append(Shown(f"{path.stem}:{number}", kind, language, package, []))
            continue
        if line.startswith("--- "):
            shown[-1].windows.append((line[4:].strip(), []))
            open_ = []
            continue
        node, depth = _node(line, f"{path.name}:{number}")
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        (open_[-1][1].children if open_ else shown[-1].windows[-1][1]).append(node)
        open_.append((depth, node))
    return shown


def _node(line: str, where: str) -> tuple[Drawn, int]:
    match = LINE.match(line)
    assert match and match[2] in CLASSES, f"{where}: {line}"
    words, _, description = (match[7] or "").partition("~")
    words = words.strip().replace("\\n", "\n")
    size = (int(match[5]), int(match[6])) if match[5] else None
    node = Drawn(
        CLASSES[match[2]],
        match[3],
        match[4] or "",
        words,
        description.strip(),
        match[8],
        size,
        match[2] in SIDEWAYS,
    )
    return node, len(match[1])


def _window(shape: str, nodes: list[Drawn], package: str) -> str:
    frame = Drawn(CLASSES["F"], "", "", "", "", None, None, False, nodes)
    inset, top = {"page": (0, 60), "full": (90, 600), "dialog": (90, 700), "sheet": (0, 1300)}[shape]
    bottom = _lay(frame, inset, top, WIDTH - inset)
    if shape in ("page", "full"):
        outer = Drawn(CLASSES["F"], "", "", "", "", None, None, False, [frame])
        outer.bounds = (0, 0, WIDTH, max(HEIGHT, bottom))
        frame = outer
    return _xml(frame, package, 0)


def _lay(node: Drawn, left: int, top: int, right: int) -> int:
    if node.size and not node.children:
        node.bounds = (left, top, min(right, left + node.size[0]), top + node.size[1])
        return node.bounds[3]
    if node.children and node.is_row:
        small = [child.size[0] if child.size and not child.children else 0 for child in node.children]
        share = (right - left - sum(small)) // max(1, sum(not own for own in small))
        bottom, at = top, left
        for child, own in zip(node.children, small, strict=True):
            bottom = max(bottom, _lay(child, at, top, at + (own or share)))
            at += own or share
    elif node.children:
        bottom = top
        for index, child in enumerate(node.children):
            if "%" in child.flags and index:
                child.bounds = node.children[index - 1].bounds
            else:
                bottom = _lay(child, left, bottom, right)
    else:
        said = node.text or node.description
        units = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in said)
        lines = max(1, math.ceil(units * 42 / max(right - left, 42)))
        bottom = top + (lines * 58 if said else 40) + (48 if "*" in node.flags else 12)
    node.bounds = (left, top, right, bottom)
    return bottom


def _xml(node: Drawn, package: str, index: int) -> str:
    left, top, right, bottom = node.bounds
    flags = {
        "checkable": "+" in node.flags or "-" in node.flags, "checked": "+" in node.flags,
        "clickable": "*" in node.flags, "enabled": "!" not in node.flags, "focusable": "*" in node.flags,
        "focused": False, "scrollable": node.cls.endswith(("ScrollView", "RecyclerView", "ListView")),
        "long-clickable": False, "password": "?" in node.flags, "selected": "^" in node.flags,
    }  # fmt: skip
    rid = f"{package}:id/{node.rid}" if node.rid and ":" not in node.rid else node.rid
    attributes = {
        "index": str(index), "text": node.text, "resource-id": rid, "class": node.cls, "package": package,
        "content-desc": node.description, **{name: str(value).lower() for name, value in flags.items()},
        "bounds": f"[{left},{top}][{right},{bottom}]",
    }  # fmt: skip
    shown = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    inside = "".join(_xml(child, package, at) for at, child in enumerate(node.children))
    return f"<node {shown}>{inside}</node>"
