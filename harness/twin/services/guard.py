"""What services ask before they answer: who calls, what it may, and the words Android refuses with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from harness.twin.binder import BinderError, Call, security
from harness.twin.device import TwinDevice

T = TypeVar("T")

PREFIX = "android.permission."


class PerDevice(Generic[T]):
    """A service's state on each device, made at first use and gone with the device."""

    def __init__(self, make: Callable[[TwinDevice], T]) -> None:
        self._make = make
        self._states: WeakKeyDictionary[TwinDevice, T] = WeakKeyDictionary()

    def of(self, device: TwinDevice) -> T:
        state = self._states.get(device)
        if state is None:
            state = self._states[device] = self._make(device)
        return state


def holds(call: Call, *permissions: str) -> bool:
    """Whether the caller holds one of these (named without "android.permission.", or in full)."""
    return any(call.device.permissions.check(call.process.package, full(name)) for name in permissions)


def full(permission: str) -> str:
    return permission if "." in permission else PREFIX + permission


def enforce(call: Call, who: str, permission: str) -> None:
    """`Context.enforceCallingOrSelfPermission`: refuse with its message."""
    if not holds(call, permission):
        raise security(f"{who}: Neither user {call.process.uid} nor current process has {full(permission)}.")


def target_sdk(call: Call) -> int:
    return call.device.packages.require(call.process.package).target_sdk


def note(call: Call, op: str) -> None:
    """Tell AppOps (its short names, as `dumpsys appops` shows them) that the caller just did this."""
    call.device.permissions.note_op(call.process.package, op)


def in_use(call: Call) -> bool:
    """Whether the user knows the caller is at work: an activity in front, or a foreground service."""
    activities, package = call.device.activities, call.process.package
    return activities.is_foreground(package) or any(
        each.foreground for each in activities.background.services(package)
    )


def may_locate(call: Call) -> bool:
    """Whether the place may be known just now: since target 29 an app at rest needs an extra permission."""
    return target_sdk(call) < 29 or in_use(call) or holds(call, "ACCESS_BACKGROUND_LOCATION")


def fine_location(call: Call) -> bool:
    """Whether the caller may see what tells its exact place; before target 29 coarse was enough."""
    coarse_too = target_sdk(call) < 29 and holds(call, "ACCESS_COARSE_LOCATION")
    return (holds(call, "ACCESS_FINE_LOCATION") or coarse_too) and may_locate(call)


def illegal_argument(message: str) -> BinderError:
    return BinderError("java.lang.IllegalArgumentException", message)
