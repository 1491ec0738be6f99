"""Which component an intent means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from harness.twin.apk import Component, Filter

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.packages import Package

Intent = dict[str, Any]
Kind = Literal["activity", "service", "receiver"]
MAIN: Final = "android.intent.action.MAIN"
CATEGORY_DEFAULT: Final = "android.intent.category.DEFAULT"
CATEGORY_LAUNCHER: Final = "android.intent.category.LAUNCHER"
MAX_EXTRAS: Final = 500


@dataclass(frozen=True, slots=True)
class Found:
    package: Package
    component: Component

    @property
    def class_name(self) -> str:
        """The Java class to make: an alias stands for its target."""
        return self.component.target or self.component.name

    @property
    def flat(self) -> str:
        """package/.Class, as Android writes it in logs."""
        return flat(self.package.name, self.component.name)


def flat(package: str, class_name: str) -> str:
    return f"{package}/{class_name[len(package) :] if class_name.startswith(package + '.') else class_name}"


def resolve(device: TwinDevice, intent: Intent, kind: Kind) -> list[Found]:
    """All components that take the intent, best first; one at most for an intent that names a class."""
    package_name, class_name = intent.get("package"), intent.get("class")
    if package_name and class_name:
        package = device.packages.get(package_name)
        if package is None:
            return []
        full = package_name + class_name if class_name.startswith(".") else class_name
        component = package.component(kind, full)
        return [Found(package, component)] if component is not None and component.enabled else []
    packages = [device.packages.get(package_name)] if package_name else device.packages.list()
    found = [
        (_priority(component, intent, kind), Found(package, component))
        for package in packages
        if package is not None and package.enabled
        for component in _components(package, kind)
        if component.enabled and any(_matches(each, intent, kind) for each in component.filters)
    ]
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])]


def describe(intent: Intent) -> str:
    """Intent { act=… } as exceptions and logs show it."""
    parts = []
    if intent.get("action"):
        parts.append(f"act={intent['action']}")
    if intent.get("categories"):
        parts.append(f"cat=[{','.join(intent['categories'])}]")
    if intent.get("data"):
        parts.append(f"dat={intent['data']}")
    if intent.get("type"):
        parts.append(f"typ={intent['type']}")
    if intent.get("flags"):
        parts.append(f"flg=0x{intent['flags']:x}")
    if intent.get("package") and intent.get("class"):
        parts.append(f"cmp={flat(intent['package'], intent['class'])}")
    elif intent.get("package"):
        parts.append(f"pkg={intent['package']}")
    if intent.get("extras"):
        parts.append("(has extras)")
    return "Intent { " + " ".join(parts) + " }"


def _components(package: Package, kind: Kind) -> tuple[Component, ...]:
    match kind:
        case "activity":
            return package.activities
        case "service":
            return package.services
        case "receiver":
            return package.receivers


def _priority(component: Component, intent: Intent, kind: Kind) -> int:
    return max(each.priority for each in component.filters if _matches(each, intent, kind))


def _matches(each: Filter, intent: Intent, kind: Kind) -> bool:
    action = intent.get("action")
    categories = set(intent.get("categories") or ())
    if action is not None and action not in each.actions:
        return False
    if kind == "activity" and action != MAIN:
        categories.add(CATEGORY_DEFAULT)
    if not categories <= set(each.categories):
        return False
    data, mime = intent.get("data"), intent.get("type")
    if data:
        parts = urlsplit(str(data))
        if parts.scheme not in each.schemes:
            return False
        if each.hosts and (parts.hostname or "") not in each.hosts:
            return False
    elif each.schemes:
        return False
    return _takes_type(each, mime)


def _takes_type(each: Filter, mime: str | None) -> bool:
    if not each.mime_types:
        return mime is None
    if mime is None:
        return False
    major = mime.partition("/")[0]
    return any(have in (mime, f"{major}/*", "*/*") or mime == "*/*" for have in each.mime_types)
