"""The system's permission dialog: a window of the permission controller, with AOSP's ids."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, Literal

from harness.twin.covers import first_of
from harness.twin.permission_table import GROUPS

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.packages import Package
    from harness.twin.processes import AppProcess

CONTROLLER: Final = "com.android.permissioncontroller"
COMPONENT: Final = f"{CONTROLLER}/.permission.ui.GrantPermissionsActivity"
Answer = Literal["allow", "once", "refuse", "dismiss"]
"""`dismiss`: the dialog went without an answer (BACK, or the app died)."""
Node = dict[str, Any]

WORDS: Final = {
    "zh": {
        "title": "要允许“{app}”{what}吗？",
        "permission_allow_foreground_only_button": "仅在使用该应用时允许",
        "permission_allow_one_time_button": "仅限这一次",
        "permission_allow_button": "允许",
        "permission_deny_button": "不允许",
        "permission_deny_and_dont_ask_again_button": "不允许，且不再询问",
    },
    "en": {
        "title": "Allow {app} to {what}?",
        "permission_allow_foreground_only_button": "While using the app",
        "permission_allow_one_time_button": "Only this time",
        "permission_allow_button": "Allow",
        "permission_deny_button": "Don’t allow",
        "permission_deny_and_dont_ask_again_button": "Don’t allow and don’t ask again",
    },
}
ANSWERS: Final[dict[str, Answer]] = {
    "permission_allow_foreground_only_button": "allow",
    "permission_allow_one_time_button": "once",
    "permission_allow_button": "allow",
    "permission_deny_button": "refuse",
    "permission_deny_and_dont_ask_again_button": "refuse",
}


async def ask(
    device: TwinDevice,
    package: Package,
    group: str,
    refused_before: bool,
    process: AppProcess,
    gone_home: asyncio.Event,
) -> Answer:
    """Show the dialog of one group and wait for the user, or for the end of the app."""
    answers: list[Answer] = []
    answered = asyncio.Event()

    async def clicked(node: Node) -> None:
        answer = ANSWERS.get(str(node.get("rid", "")).rpartition("/")[2])
        if answer is not None:
            answers.append(answer)
            answered.set()

    async def back() -> None:
        answered.set()

    root = dialog(package.label, group, refused_before, _language(device))
    window = device.windows.show_system(CONTROLLER, "GrantPermissionsActivity", root, clicked, back)
    try:
        await first_of(answered, process.ended, gone_home)
        return answers[0] if answers else "dismiss"
    finally:
        device.windows.close_system(window)


def dialog(app: str, group: str, refused_before: bool, language: str) -> Node:
    """The tree of the dialog. From the second question on, refusing means for good, as in AOSP."""
    words = WORDS[language]
    facts = GROUPS[group]
    what = facts.zh if language == "zh" else facts.en
    allow = (
        ["permission_allow_foreground_only_button", "permission_allow_one_time_button"]
        if facts.while_in_use
        else ["permission_allow_button"]
    )
    refuse = "permission_deny_and_dont_ask_again_button" if refused_before else "permission_deny_button"
    message = {
        "id": 3,
        "class": "android.widget.TextView",
        "rid": f"{CONTROLLER}:id/permission_message",
        "text": words["title"].format(app=app, what=what),
        "flags": ["enabled", "visible"],
        "layout": {"w": -1, "h": -2, "gravity": 17, "padding": [63, 63, 63, 42]},
        "style": {"size": 47, "color": "#ff202124"},
    }
    buttons = [_button(10 + index, name, words[name]) for index, name in enumerate([*allow, refuse])]
    return {
        "id": 1,
        "class": "android.widget.LinearLayout",
        "rid": f"{CONTROLLER}:id/grant_dialog",
        "flags": ["enabled", "visible"],
        "layout": {"w": -2, "h": -2, "orientation": 1, "padding": [0, 0, 0, 32]},
        "style": {"background": "#ffffffff", "radius": 42},
        "children": [message, *buttons],
    }


def _button(number: int, name: str, text: str) -> Node:
    return {
        "id": number,
        "class": "android.widget.Button",
        "rid": f"{CONTROLLER}:id/{name}",
        "text": text,
        "flags": ["enabled", "visible", "clickable", "focusable"],
        "layout": {"w": -1, "h": -2, "gravity": 17, "margin": [42, 11, 42, 11]},
        "style": {"size": 37, "color": "#ff1a73e8", "background": "#fff1f3f4", "radius": 21},
    }


def _language(device: TwinDevice) -> str:
    locale = device.properties.get("persist.sys.locale") or "zh-CN"
    return "zh" if locale.startswith("zh") else "en"
