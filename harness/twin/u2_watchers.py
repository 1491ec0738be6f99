"""Watchers of the uiautomator server: what to press when something is on the screen that nobody asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from harness.twin.binder import Json
from harness.twin.keys import is_press_name
from harness.twin.u2_objects import JavaFailure, Objects

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

MAX_WATCHERS: Final = 100


@dataclass(slots=True)
class Watcher:
    conditions: list[dict[str, Any]]
    """Selectors that must all match."""
    act: Callable[[], Awaitable[None]]
    triggered: bool = False


class Watchers(Objects):
    """They run when asked to, and while a wait for an object goes on in vain, as UiWatcher's do."""

    def __init__(self, device: TwinDevice) -> None:
        super().__init__(device)
        self._watchers: dict[str, Watcher] = {}

    async def registerClickUiObjectWatcher(
        self, name: str, conditions: list[dict[str, Any]], target: dict[str, Any]
    ) -> Json:
        async def press() -> None:
            if self._all(target):
                await self._click_object(target, long=False)

        self._register(name, Watcher(conditions, press))
        return None

    async def registerPressKeyskWatcher(
        self, name: str, conditions: list[dict[str, Any]], keys: list[str]
    ) -> Json:
        async def press() -> None:
            for key in keys:
                if is_press_name(key):
                    await self._windows.key(key)

        self._register(name, Watcher(conditions, press))
        return None

    async def removeWatcher(self, name: str) -> Json:
        self._watchers.pop(name, None)
        return None

    async def getWatchers(self) -> Json:
        return list(self._watchers)

    async def hasWatcherTriggered(self, name: str) -> Json:
        return name in self._watchers and self._watchers[name].triggered

    async def hasAnyWatcherTriggered(self) -> Json:
        return any(watcher.triggered for watcher in self._watchers.values())

    async def resetWatcherTriggers(self) -> Json:
        for watcher in self._watchers.values():
            watcher.triggered = False
        return None

    async def runWatchers(self) -> Json:
        await self._looked_in_vain()
        return None

    def _register(self, name: str, watcher: Watcher) -> None:
        if len(self._watchers) >= MAX_WATCHERS:
            raise JavaFailure("java.lang.IllegalStateException", f"more than {MAX_WATCHERS} watchers")
        self._watchers[name] = watcher

    async def _looked_in_vain(self) -> None:
        for watcher in list(self._watchers.values()):
            if all(self._all(condition) for condition in watcher.conditions):
                watcher.triggered = True
                await watcher.act()
