"""The twin's own screens: the launcher that shows when no app does, the shade and the quick settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from harness.twin.views import View, parse_tree

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

LAUNCHER: Final = "com.android.launcher3"
SYSTEM_UI: Final = "com.android.systemui"
COLUMNS: Final = 4
MAX_ICONS: Final = 200
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Icon:
    package: str
    activity: str
    label: str


def launchable(device: TwinDevice) -> list[Icon]:
    """Installed apps that have a launcher activity, by label."""
    icons = [
        Icon(package.name, package.launcher.name, package.label or package.name)
        for package in device.packages.list()
        if package.launcher is not None
    ]
    return sorted(icons, key=lambda icon: (icon.label, icon.package))[:MAX_ICONS]


def title(icons: list[Icon]) -> str:
    """Changes whenever the home screen has to be made anew."""
    return "Launcher " + " ".join(f"{icon.package}={icon.label}" for icon in icons)


async def open_app(device: TwinDevice, icons: list[Icon], node: Node) -> None:
    """What a tap on an icon does."""
    number = node["id"] - 1000
    if 0 <= number < len(icons):
        await device.activities.start(
            {
                "action": "android.intent.action.MAIN",
                "categories": ["android.intent.category.LAUNCHER"],
                "package": icons[number].package,
                "class": icons[number].activity,
                "flags": 0x10000000,
            }
        )


def screen(icons: list[Icon], width: int) -> View:
    rows = [icons[start : start + COLUMNS] for start in range(0, len(icons), COLUMNS)]
    return parse_tree(
        {
            "id": 1, "class": "android.widget.FrameLayout", "rid": f"{LAUNCHER}:id/launcher",
            "flags": ["enabled", "visible"], "layout": {"w": -1, "h": -1, "padding": [0, 84, 0, 126]},
            "style": {"background": "#ff263c52"},
            "children": [
                {
                    "id": 2, "class": "android.view.ViewGroup", "rid": f"{LAUNCHER}:id/workspace",
                    "flags": ["enabled", "visible"], "layout": {"w": -1, "h": -1},
                    "children": [
                        {
                            "id": 3, "class": "android.widget.LinearLayout", "flags": ["enabled", "visible"],
                            "layout": {"w": -1, "h": -1, "orientation": 1, "padding": [24, 60, 24, 0]},
                            "children": [_row(row, number) for number, row in enumerate(rows)],
                        }
                    ],
                }
            ],
        }
    )  # fmt: skip


def blank() -> View:
    """An app that has not drawn yet."""
    return parse_tree(
        {
            "id": 1, "class": "android.widget.FrameLayout", "flags": ["enabled", "visible"],
            "layout": {"w": -1, "h": -1}, "style": {"background": "#fffafafa"},
        }
    )  # fmt: skip


def _row(icons: list[Icon], number: int) -> Node:
    cells = [_icon(icon, number * COLUMNS + column) for column, icon in enumerate(icons)]
    cells += [
        {"id": 500_000 + number * COLUMNS + column, "class": "android.view.View",
         "layout": {"w": 0, "h": 1, "weight": 1}}
        for column in range(len(icons), COLUMNS)
    ]  # fmt: skip
    return {
        "id": 600_000 + number, "class": "android.widget.LinearLayout", "flags": ["enabled", "visible"],
        "layout": {"w": -1, "h": -2, "orientation": 0, "margin": [0, 0, 0, 48]}, "children": cells,
    }  # fmt: skip


def _icon(icon: Icon, number: int) -> Node:
    return {
        "id": 1000 + number, "class": "android.widget.TextView", "text": icon.label, "desc": icon.label,
        "flags": ["enabled", "visible", "clickable", "long-clickable", "focusable"],
        "layout": {"w": 0, "h": -2, "weight": 1, "gravity": 1, "padding": [8, 190, 8, 8]},
        "style": {"size": 34, "color": "#ffffffff", "max_lines": 1}, "image": icon.label,
    }  # fmt: skip


def panel(quick_settings: bool) -> View:
    """The notification shade, closed or with its tiles."""
    rid = "quick_settings_panel" if quick_settings else "notification_stack_scroller"
    words = (
        ["Internet", "Bluetooth", "Flashlight", "Airplane mode"] if quick_settings else ["No notifications"]
    )
    tile = ["enabled", "visible", "clickable", "focusable"] if quick_settings else ["enabled", "visible"]
    return parse_tree(
        {
            "id": 1, "class": "android.widget.FrameLayout", "flags": ["enabled", "visible"],
            "rid": f"{SYSTEM_UI}:id/notification_panel",
            "layout": {"w": -1, "h": -1, "padding": [42, 126, 42, 126]}, "style": {"background": "#ff20242a"},
            "children": [
                {
                    "id": 2, "class": "android.widget.LinearLayout", "flags": ["enabled", "visible"],
                    "rid": f"{SYSTEM_UI}:id/{rid}", "layout": {"w": -1, "h": -2, "orientation": 1},
                    "children": [
                        {
                            "id": 10 + number,
                            "class": "android.widget.Switch" if quick_settings else "android.widget.TextView",
                            "text": word, "flags": tile,
                            "layout": {"w": -1, "h": -2, "padding": [42, 30, 42, 30]},
                            "style": {"color": "#ffffffff", "size": 42},
                        }
                        for number, word in enumerate(words)
                    ],
                }
            ],
        }
    )  # fmt: skip
