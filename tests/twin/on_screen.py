"""A screen without the rest of a phone: real windows, and an app process that keeps what it is told."""

from __future__ import annotations

from types import SimpleNamespace

from harness.twin.faults import Faults
from harness.twin.files import Files
from harness.twin.journal import Journal
from harness.twin.windows import Windows

LONG = "个人信息保护与用户隐私政策说明。" * 40


class AppOnScreen:
    """Stands for an app's process: keeps events, and sends its windows like the Java side does."""

    def __init__(self, device, pid=77, package="com.acme.shop"):
        self.device, self.pid, self.name, self.package, self.uid = device, pid, package, package, 10123
        self.events = []

    async def send(self, event, args):
        self.events.append((event, args))

    def show(self, root, window=1, kind="activity", activity="t1", **more):
        message = {"window": window, "kind": kind, "activity": activity, "title": "", "root": root, **more}
        self.device.windows.update(self, message)


class Activities:
    """Records what the keys ask of the task stack."""

    def __init__(self):
        self.asked = []
        self.front = "com.android.launcher3"

    async def start(self, intent, **more):
        self.asked.append(("start", intent["package"]))

    async def home(self):
        self.asked.append(("home",))

    async def back(self):
        self.asked.append(("back",))

    def foreground_package(self):
        return self.front


def screen_device(tmp_path):
    apps = [
        SimpleNamespace(
            name="com.acme.shop", label="极客商城", launcher=SimpleNamespace(name="com.acme.shop.Main")
        ),
        SimpleNamespace(name="com.acme.quiet", label="Quiet", launcher=None),
    ]
    properties = {"ro.product.name": "twin", "ro.build.version.sdk": "33"}
    device = SimpleNamespace(
        journal=Journal(tmp_path / "journal.jsonl"),
        faults=Faults(),
        files=Files(tmp_path / "files"),
        clock=SimpleNamespace(wall_ms=lambda: 1.8e12),
        identity=SimpleNamespace(clipboard="seeded"),
        properties=SimpleNamespace(get=properties.get),
        packages=SimpleNamespace(
            list=lambda: apps, get=lambda name: next((app for app in apps if app.name == name), None)
        ),
        activities=Activities(),
        sockets={},
    )
    device.windows = Windows(device)
    return device


LAYOUT = ("margin", "padding", "gravity", "layout_gravity", "weight", "orientation", "min_w", "min_h")
STYLE = ("size", "color", "background", "bold", "max_lines", "radius")


def node(view_id, cls, text="", flags=(), w=-2, h=-2, children=(), **more):
    """A view as Java sends it; layout and style fields by name."""
    layout = {"w": w, "h": h} | {name: more.pop(name) for name in LAYOUT if name in more}
    style = {name: more.pop(name) for name in STYLE if name in more}
    return {
        "id": view_id,
        "class": f"android.widget.{cls}",
        "text": text,
        "flags": ["enabled", "visible", *flags],
        "layout": layout,
        "style": style,
        "children": list(children),
        **more,
    }


def column(view_id, *children, **more):
    return node(
        view_id, "LinearLayout", **({"w": -1, "h": -1, "orientation": 1, "children": children} | more)
    )
