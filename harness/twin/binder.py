"""The contract between app processes and system services: calls by name, found by scanning `services/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.processes import AppProcess

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
Handler = Callable[..., Json | Awaitable[Json]]
AnyHandler = TypeVar("AnyHandler", bound=Handler)

SERVICES: Final[dict[str, Handler]] = {}


class BinderError(Exception):
    """Becomes the named Java exception in the calling app thread."""

    def __init__(self, java_class: str, message: str) -> None:
        super().__init__(f"{java_class}: {message}")
        self.java_class = java_class
        self.message = message


def security(message: str) -> BinderError:
    return BinderError("java.lang.SecurityException", message)


@dataclass(frozen=True, slots=True)
class Call:
    device: TwinDevice
    process: AppProcess


def service(name: str) -> Callable[[AnyHandler], AnyHandler]:
    """Register a handler for `Binder.call(name, …)`. Two handlers of one name are a mistake."""

    def register(handler: AnyHandler) -> AnyHandler:
        if name in SERVICES:
            raise ValueError(
                f"service {name} is defined twice: {SERVICES[name].__module__}, {handler.__module__}"
            )
        SERVICES[name] = handler
        return handler

    return register


def load_services() -> None:
    """Import every module in `services/` once."""
    package = importlib.import_module("harness.twin.services")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
