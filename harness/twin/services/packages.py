"""What apps may know of other apps: package visibility as since Android 11, and their components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from harness.twin.apk import Component, Filter, Queries
from harness.twin.binder import Call, security, service
from harness.twin.packages import LAUNCHER, MAIN, Package
from harness.twin.permission_table import group_of, is_install_time
from harness.twin.services.guard import PerDevice, note, target_sdk

ALWAYS_VISIBLE: Final = frozenset(
    {
        *("android", "com.android.permissioncontroller", "com.android.providers.contacts"),
        *("com.android.providers.media", "com.android.providers.settings", "com.android.providers.telephony"),
        *("com.android.settings", "com.android.webview", "com.android.inputmethod.latin"),
    }
)
DEFAULT: Final = "android.intent.category.DEFAULT"
FEATURES: Final = (
    *("android.hardware.bluetooth", "android.hardware.bluetooth_le", "android.hardware.camera"),
    *("android.hardware.camera.any", "android.hardware.camera.front", "android.hardware.faketouch"),
    *("android.hardware.location", "android.hardware.location.gps", "android.hardware.location.network"),
    *(
        "android.hardware.microphone",
        "android.hardware.screen.portrait",
        "android.hardware.sensor.accelerometer",
    ),
    *(
        "android.hardware.sensor.compass",
        "android.hardware.sensor.gyroscope",
        "android.hardware.sensor.light",
    ),
    *(
        "android.hardware.sensor.proximity",
        "android.hardware.sensor.stepcounter",
        "android.hardware.telephony",
    ),
    *("android.hardware.telephony.gsm", "android.hardware.touchscreen", "android.hardware.wifi"),
)
SPECIAL_OPS: Final = ("android:get_usage_stats", "android:system_alert_window")
KINDS: Final = ("activity", "service", "receiver")
COMPONENT_STATES: PerDevice[dict[tuple[str, str], int]] = PerDevice(lambda device: {})


@service("pm.info")
def info(call: Call, name: str) -> dict[str, Any] | None:
    """None for a package that is not there and for one that the caller may not see: apps cannot tell."""
    package = call.device.packages.get(name)
    return _facts(call, package) if package and visible(call, package) else None


@service("pm.list")
def installed(call: Call) -> list[dict[str, Any]]:
    packages = [package for package in call.device.packages.list() if visible(call, package)]
    if "android.permission.QUERY_ALL_PACKAGES" in _caller(call).permissions:
        note(call, "QUERY_ALL_PACKAGES")
    return [_facts(call, package) for package in packages]


@service("pm.query")
def query(call: Call, kind: str, intent: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for package in call.device.packages.list():
        if not package.enabled or not visible(call, package):
            continue
        for part in _parts(call, package, kind):
            filters = _matching(package, part, intent)
            if filters is None or not part.enabled:
                continue
            mine = package.name == call.process.package
            if not part.exported and not mine:
                continue
            first = filters[0] if filters else Filter()
            found.append(
                {
                    "application": _facts(call, package),
                    "part": _part(part),
                    "priority": first.priority,
                    "default": DEFAULT in first.categories,
                    "actions": list(first.actions),
                    "categories": list(first.categories),
                }
            )
    return sorted(found, key=lambda each: -int(each["priority"]))


@service("pm.launcher")
def launcher(call: Call, name: str) -> str | None:
    package = call.device.packages.get(name)
    if package is None or not visible(call, package):
        return None
    icon = next((part for part in _parts(call, package, "activity") if part.handles(MAIN, LAUNCHER)), None)
    return icon.name if icon else None


@service("pm.provider")
def provider(call: Call, authority: str) -> dict[str, Any] | None:
    found = call.device.packages.with_authority(authority)
    if found is None or not visible(call, found[0]):
        return None
    return {"application": _facts(call, found[0]), "part": _part(found[1])}


@service("pm.packages_for_uid")
def packages_for_uid(call: Call, uid: int) -> list[str]:
    return [
        package.name
        for package in call.device.packages.list()
        if package.uid == uid and visible(call, package)
    ]


@service("pm.check_permission")
def check_permission(call: Call, permission: str, name: str) -> bool:
    package = call.device.packages.get(name)
    return bool(package and visible(call, package) and call.device.permissions.check(name, permission))


@service("pm.permission")
def permission_facts(call: Call, name: str) -> dict[str, Any] | None:
    for package in call.device.packages.list():
        for declared in package.declared_permissions:
            if declared.name == name:
                return {
                    "name": name,
                    "package": package.name,
                    "group": None,
                    "protection": declared.protection,
                }
    if not name.startswith("android.permission."):
        return None
    group = group_of(name)
    protection = 1 if group else 0 if is_install_time(name) else 2
    shown = f"android.permission-group.{group.upper()}" if group else None
    return {"name": name, "package": "android", "group": shown, "protection": protection}


@service("pm.component_state")
def component_state(call: Call, package: str, class_name: str) -> int:
    return COMPONENT_STATES.of(call.device).get((package, class_name), 0)


@service("pm.set_component_state")
def set_component_state(call: Call, package: str, class_name: str, state: int) -> None:
    """An app changes its own only. A disabled launcher activity is how apps hide their icon."""
    if package != call.process.package:
        raise security(
            f"Permission Denial: attempt to change component state from pid={call.process.pid}, "
            f"uid={call.process.uid}, package uid={_uid(call, package)}"
        )
    own = _caller(call)
    if not any(own.component(kind, class_name) for kind in (*KINDS, "provider")):
        raise security(f"Component class {class_name} does not exist in {package}")
    COMPONENT_STATES.of(call.device)[package, class_name] = state


@service("pm.features")
def features(call: Call) -> list[str]:
    return list(FEATURES)


@service("pm.archive")
def archive(call: Call, path: str) -> None:
    """The twin parses no loose APK files for apps: as if the file were not one."""
    return


@service("usage.stats")
def usage_stats(call: Call) -> list[dict[str, Any]]:
    """Which apps were used when, for an app with usage access (`appops set … GET_USAGE_STATS allow`)."""
    package = call.process.package
    if call.device.permissions.op_mode(package, "GET_USAGE_STATS") != "allow":
        return []
    note(call, "GET_USAGE_STATS")
    now = int(call.device.clock.wall_ms())
    decoys = call.device.identity.decoy_apps
    return [{"package": app.package, "last_ms": now - 3_600_000 * n} for n, app in enumerate(decoys, 1)]


@service("appops.mode")
def appops_mode(call: Call, op: str, package: str) -> int:
    """0 allowed, 1 ignored, 2 refused; 3 (ask the permission) for special access that nothing set."""
    mode = call.device.permissions.op_mode(package, op.removeprefix("android:").upper())
    if mode == "default" and op in SPECIAL_OPS:
        return 3
    return {"allow": 0, "foreground": 0, "default": 0, "ignore": 1, "deny": 2}[mode]


def visible(call: Call, package: Package) -> bool:
    caller = _caller(call)
    if package.name == caller.name or target_sdk(call) < 30 or package.name in ALWAYS_VISIBLE:
        return True
    if "android.permission.QUERY_ALL_PACKAGES" in caller.permissions:
        return True
    return _asked_for(call, caller.queries, package)


def _asked_for(call: Call, queries: Queries, package: Package) -> bool:
    if package.name in queries.packages:
        return True
    if any(set(each.authorities) & set(queries.authorities) for each in package.providers):
        return True
    return any(
        _fits(wanted, offered)
        for wanted in queries.intents
        for kind in KINDS
        for part in _parts(call, package, kind)
        if part.exported
        for offered in part.filters
    )


def _fits(wanted: Filter, offered: Filter) -> bool:
    """Whether an intent made from a <queries> entry would find the filter. "*" asks for any action."""
    actions = "*" in wanted.actions or bool(set(wanted.actions) & set(offered.actions))
    schemes = not wanted.schemes or bool(set(wanted.schemes) & set(offered.schemes))
    hosts = not wanted.hosts or not offered.hosts or bool(set(wanted.hosts) & set(offered.hosts))
    return actions and schemes and hosts and set(wanted.categories) <= set(offered.categories)


def _matching(package: Package, part: Component, intent: dict[str, Any]) -> list[Filter] | None:
    """The filters that take the intent; [] when it names the class; None when the part does not take it."""
    if intent.get("package") not in (None, package.name):
        return None
    if intent.get("class"):
        return [] if part.name == intent["class"] else None
    needed = set(intent.get("categories") or ())
    if intent.get("default_only"):
        needed.add(DEFAULT)
    taken = [
        each
        for each in part.filters
        if (not intent.get("action") or intent["action"] in each.actions)
        and needed <= set(each.categories)
        and _data_fits(each, intent)
    ]
    return taken or None


def _data_fits(offered: Filter, intent: dict[str, Any]) -> bool:
    scheme, kind = intent.get("scheme"), intent.get("type")
    if scheme is None and kind is None:
        return not offered.schemes and not offered.mime_types
    if offered.schemes and scheme not in offered.schemes:
        return False
    if scheme is not None and not offered.schemes and not (kind and scheme in ("content", "file")):
        return False
    if offered.hosts and intent.get("host") not in offered.hosts:
        return False
    if kind is None:
        return not offered.mime_types
    stem = str(kind).partition("/")[0]
    return any(each in (kind, "*/*", f"{stem}/*") for each in offered.mime_types)


def _parts(call: Call, package: Package, kind: str) -> Iterator[Component]:
    parts = {"activity": package.activities, "service": package.services, "receiver": package.receivers}
    states = COMPONENT_STATES.of(call.device)
    for part in parts[kind]:
        if states.get((package.name, part.name), 0) not in (2, 3):
            yield part
    decoys = {each.package for each in call.device.identity.decoy_apps}
    if kind == "activity" and package.name in decoys:
        # A decoy has no code, but an icon like any app: that is how launchers and spies find it.
        shown = Filter(actions=(MAIN,), categories=(LAUNCHER, DEFAULT))
        yield Component(
            kind="activity",
            name=f"{package.name}.MainActivity",
            process=package.name,
            exported=True,
            filters=(shown,),
            label=package.label,
        )


def _facts(call: Call, package: Package) -> dict[str, Any]:
    check = call.device.permissions.check
    # An app must be able to open its own files; others are only named.
    mine = package.name == call.process.package
    return {
        "name": package.name,
        "label": package.label,
        "class": package.application_class,
        "process": package.process,
        "uid": package.uid,
        "system": package.system,
        "debuggable": package.debuggable,
        "enabled": package.enabled,
        "source": str(call.device.files.host_path(package.apk_path)) if mine else package.apk_path,
        "splits": list(package.split_paths),
        "data_dir": str(package.data_dir) if mine else package.device_data_dir,
        "min_sdk": package.min_sdk,
        "target_sdk": package.target_sdk,
        "version_name": package.version_name,
        "version_code": package.version_code,
        "first_install_ms": package.first_install_ms,
        "last_update_ms": package.last_update_ms,
        "signer": package.signer_sha256,
        "installer": package.installer,
        "meta_data": dict(package.meta_data),
        "permissions": list(package.permissions),
        "granted": [check(package.name, each) for each in package.permissions],
        "activities": [_part(each) for each in _parts(call, package, "activity")],
        "services": [_part(each) for each in package.services],
        "receivers": [_part(each) for each in package.receivers],
        "providers": [_part(each) for each in package.providers],
    }


def _part(part: Component) -> dict[str, Any]:
    return {
        "name": part.name,
        "process": part.process,
        "exported": part.exported,
        "enabled": part.enabled,
        "permission": part.permission,
        "label": part.label,
        "launch_mode": part.launch_mode,
        "authorities": list(part.authorities),
        "init_order": part.init_order,
        "target": part.target,
    }


def _caller(call: Call) -> Package:
    return call.device.packages.require(call.process.package)


def _uid(call: Call, name: str) -> int:
    package = call.device.packages.get(name)
    return package.uid if package else -1
