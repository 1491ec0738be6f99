"""The clipboard. Since Android 10 only the app in front (or the keyboard) may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harness.twin.binder import Call, service
from harness.twin.device import TwinDevice
from harness.twin.services.guard import PerDevice, note


@dataclass
class Clip:
    label: str | None
    mimes: list[str]
    items: list[dict[str, Any]]
    """Each {text, html, uri, intent}; what is absent is None."""


@dataclass
class Clipboard:
    clip: Clip | None


def _initial(device: TwinDevice) -> Clipboard:
    return Clipboard(Clip(None, ["text/plain"], [{"text": device.identity.clipboard}]))


CLIPBOARDS = PerDevice(_initial)


@service("clipboard.get")
def get_clip(call: Call) -> dict[str, Any] | None:
    clip = _visible(call)
    if clip is None:
        return None
    note(call, "READ_CLIPBOARD")
    return {"label": clip.label, "mimes": clip.mimes, "items": clip.items}


@service("clipboard.description")
def description(call: Call) -> dict[str, Any] | None:
    """Label and types without the content, which AppOps does not count as a read."""
    clip = _visible(call)
    return None if clip is None else {"label": clip.label, "mimes": clip.mimes}


@service("clipboard.set")
def set_clip(call: Call, clip: dict[str, Any] | None) -> None:
    note(call, "WRITE_CLIPBOARD")
    made = None if clip is None else Clip(clip.get("label"), list(clip["mimes"]), list(clip["items"]))
    CLIPBOARDS.of(call.device).clip = made
    for process in call.device.processes.live():
        process.post("clipboard.changed", {})


def _visible(call: Call) -> Clip | None:
    in_front = call.device.activities.foreground_package() == call.process.package
    return CLIPBOARDS.of(call.device).clip if in_front else None
