"""Screens of the phone's own apps: where an app sends people when no other app takes its intent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from harness.twin.home import LAUNCHER
from harness.twin.resolve import MAIN, Intent

VIEW: Final = "android.intent.action.VIEW"
SETTINGS: Final = "android.settings."
SETTINGS_APP: Final = "com.android.settings"
SHARING: Final = (
    "android.intent.action.CHOOSER",
    "android.intent.action.SEND",
    "android.intent.action.SENDTO",
)
DIALLING: Final = ("android.intent.action.DIAL", "android.intent.action.CALL")
MAX_TEXT: Final = 2000


@dataclass(frozen=True, slots=True)
class SystemScreen:
    component: str
    """package/.Class, as logs name what is in front."""
    title: str
    text: str

    @property
    def package(self) -> str:
        return self.component.partition("/")[0]

    def tree(self) -> dict[str, Any]:
        """Says where the phone would be; the twin goes no further (a browser loads nothing)."""
        return {
            "id": 1,
            "class": "android.widget.LinearLayout",
            "flags": ["enabled", "visible"],
            "layout": {"w": -1, "h": -1, "orientation": 1, "padding": [42, 42, 42, 42]},
            "style": {"background": "#ffffffff"},
            "children": [
                self._line(2, f"{self.package}:id/title", self.title, 56, True),
                self._line(3, f"{self.package}:id/text", self.text, 40, False),
            ],
        }

    def _line(self, number: int, rid: str, text: str, size: int, bold: bool) -> dict[str, Any]:
        return {
            "id": number,
            "class": "android.widget.TextView",
            "rid": rid,
            "text": text,
            "flags": ["enabled", "visible"],
            "layout": {"w": -1, "h": -2, "padding": [0, 0, 0, 32]},
            "style": {"size": size, "bold": bold, "color": "#ff202124"},
        }


def screen_for(intent: Intent) -> SystemScreen | None:
    """What answers an intent that no installed app takes; None when a plain phone has nothing either."""
    action, data = str(intent.get("action") or ""), str(intent.get("data") or "")[:MAX_TEXT]
    if intent.get("package") == SETTINGS_APP and _names_settings(intent):
        return SystemScreen(f"{SETTINGS_APP}/.Settings", "Settings", action.removeprefix(SETTINGS))
    if intent.get("class") or intent.get("package"):
        return None
    if action in ("", VIEW) and data.lower().startswith(("http://", "https://")):
        return SystemScreen("com.android.browser/.BrowserActivity", "Browser", data)
    if action.startswith(SETTINGS):
        return SystemScreen(
            "com.android.settings/.Settings", "Settings", f"{action.removeprefix(SETTINGS)} {data}".strip()
        )
    if action in DIALLING:
        return SystemScreen("com.android.dialer/.DialtactsActivity", "Phone", data)
    if action in SHARING:
        return SystemScreen("android/com.android.internal.app.ChooserActivity", "Share", data)
    return None


def goes_home(intent: Intent) -> bool:
    """Whether the launcher is meant."""
    home = "android.intent.category.HOME" in (intent.get("categories") or ())
    return (home and intent.get("action") == MAIN) or intent.get("package") == LAUNCHER


def _names_settings(intent: Intent) -> bool:
    wanted = intent.get("class")
    return wanted in ("com.android.settings.Settings", ".Settings") or (
        wanted is None and intent.get("action") in (None, MAIN)
    )
