"""What apps tell the window manager, and ask of it."""

from __future__ import annotations

from typing import Any

from harness.twin.binder import BinderError, Call, service
from harness.twin.views import BadTree


@service("window.update")
def update_window(call: Call, message: dict[str, Any]) -> None:
    try:
        call.device.windows.update(call.process, message)
    except BadTree as error:
        raise BinderError("java.lang.IllegalArgumentException", str(error)) from error


@service("window.remove")
def remove_window(call: Call, window: int) -> None:
    call.device.windows.remove(call.process, int(window))


@service("toast.show")
def show_toast(call: Call, text: str, ms: float = 2000) -> None:
    call.device.windows.toast(call.process.package, str(text), float(ms))


@service("window.bounds")
def view_bounds(call: Call, window: int, view: int | None = None) -> list[int] | None:
    """left, top, right, bottom on the screen; of the whole window without a view; None when not there."""
    shown = call.device.windows.of_app(call.process.pid, int(window))
    if shown is None:
        return None
    box = call.device.windows.box(shown)
    found = box if view is None else box.find(int(view))
    return None if found is None else list(found.bounds)
