"""`dumpsys package`: the lines that clients read, in Android 13's words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from harness.twin.apk import Component
from harness.twin.logcat import ZONE_OFFSET_S
from harness.twin.packages import Package
from harness.twin.permission_table import is_install_time

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice


def package_dump(device: TwinDevice, name: str | None) -> str:
    """One package, or all of them for None. An unknown name gives the line that Android prints."""
    packages = (
        device.packages.list()
        if name is None
        else [found]
        if (found := device.packages.get(name or ""))
        else []
    )
    if not packages:
        return f"Unable to find package: {name}\n"
    return _resolvers(packages) + "\nPackages:\n" + "".join(_package(device, package) for package in packages)


def _resolvers(packages: Sequence[Package]) -> str:
    """Which components take which action."""
    sections = []
    for title, kind in (("Activity", "activities"), ("Receiver", "receivers"), ("Service", "services")):
        lines: dict[str, list[str]] = {}
        for package in packages:
            components: tuple[Component, ...] = getattr(package, kind)
            for each in components:
                for action in [action for one in each.filters for action in one.actions]:
                    lines.setdefault(action, []).append(
                        f"        {hash_of(each.name)} {package.name}/{short_name(package.name, each.name)}"
                    )
        if lines:
            body = "".join(
                f"      {action}:\n" + "\n".join(found) + "\n" for action, found in sorted(lines.items())
            )
            sections.append(f"{title} Resolver Table:\n  Non-Data Actions:\n{body}")
    return "\n".join(sections)


def short_name(package: str, class_name: str) -> str:
    return class_name.removeprefix(package) if class_name.startswith(package + ".") else class_name


def hash_of(text: str) -> str:
    """A stable stand-in for identityHashCode in hex."""
    value = 0
    for char in text:
        value = (value * 31 + ord(char)) & 0xFFFFFFF
    return f"{value:x}"


def _package(device: TwinDevice, package: Package) -> str:
    signature = package.signer_sha256[:8] if package.signer_sha256 else ""
    flags = ["HAS_CODE", "ALLOW_CLEAR_USER_DATA"]
    if package.system:
        flags.insert(0, "SYSTEM")
    if package.debuggable:
        flags.insert(0, "DEBUGGABLE")
    if package.test_only:
        flags.append("TEST_ONLY")
    folder = package.apk_path.rpartition("/")[0]
    lines = [
        f"  Package [{package.name}] ({hash_of(package.name)}):",
        f"    userId={package.uid}",
        f"    pkg=Package{{{hash_of(package.name)} {package.name}}}",
        f"    codePath={folder}",
        f"    resourcePath={folder}",
        f"    primaryCpuAbi={'x86_64' if package.classes_jar else 'null'}",
        f"    versionCode={package.version_code} minSdk={package.min_sdk} targetSdk={package.target_sdk}",
        f"    versionName={package.version_name or 'null'}",
        "    splits=["
        + ", ".join(["base", *(path.rpartition("split_")[2][:-4] for path in package.split_paths)])
        + "]",
        "    apkSigningVersion=2",
        f"    flags=[ {' '.join(flags)} ]",
        "    privateFlags=[ PRIVATE_FLAG_ACTIVITIES_RESIZE_MODE_RESIZEABLE_VIA_SDK_VERSION ]",
        "    pkgFlags=[ " + " ".join(flags) + " ]",
        f"    dataDir={package.device_data_dir}",
        f"    timeStamp={_moment(package.last_update_ms)}",
        f"    firstInstallTime={_moment(package.first_install_ms)}",
        f"    lastUpdateTime={_moment(package.last_update_ms)}",
    ]
    if package.installer:
        lines.append(f"    installerPackageName={package.installer}")
    signatures = f"{hash_of(package.name)} version:2, signatures:[{signature}], past signatures:[]"
    lines.append(f"    signatures=PackageSignatures{{{signatures}}}")
    if package.declared_permissions:
        lines.append("    declared permissions:")
        words = {0: "normal", 1: "dangerous", 2: "signature", 3: "signatureOrSystem"}
        lines += [
            f"      {each.name}: prot={words.get(each.protection & 15, 'normal')}"
            for each in package.declared_permissions
        ]
    if package.permissions:
        lines.append("    requested permissions:")
        lines += [f"      {permission}" for permission in package.permissions]
    install, runtime = _grants(device, package)
    lines.append("    install permissions:")
    lines += [f"      {permission}: granted=true" for permission in install]
    state = "ceDataInode=1 installed=true hidden=false suspended=false stopped=false notLaunched=false"
    lines.append(f"    User 0: {state} enabled={0 if package.enabled else 2}")
    lines.append("      gids=[3003]")
    lines.append("      runtime permissions:")
    for permission, granted, state in runtime:
        flag = (
            "USER_SET|USER_FIXED" if state == "denied_forever" else "" if state == "unasked" else "USER_SET"
        )
        lines.append(f"        {permission}: granted={str(granted).lower()}, flags=[ {flag}]")
    return "\n".join(lines) + "\n\n"


def _grants(device: TwinDevice, package: Package) -> tuple[list[str], list[tuple[str, bool, str]]]:
    """(granted at install, runtime ones with whether they are granted and what the user said)"""
    install: list[str] = []
    runtime: list[tuple[str, bool, str]] = []
    for permission in package.permissions:
        granted = device.permissions.check(package.name, permission)
        if not is_install_time(permission):
            runtime.append((permission, granted, device.permissions.state(package.name, permission)))
        elif granted:
            install.append(permission)
    return install, runtime


def _moment(ms: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(ms / 1000 + ZONE_OFFSET_S))
