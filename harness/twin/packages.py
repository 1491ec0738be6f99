"""What is installed: apps from APKs, and the system's and decoy packages that have no code on the twin."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from harness.twin import package_store
from harness.twin.apk import Apk, BadApk, Component, Filter, Manifest, Queries, extract, read_apk

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

SDK: Final = 33
FIRST_APP_UID: Final = 10_150
LAUNCHER: Final = "android.intent.category.LAUNCHER"
MAIN: Final = "android.intent.action.MAIN"
MODELLED: Final = ("com.github.uiautomator", "com.github.uiautomator.test")
"""Packages of uiautomator2 that install without classes for the twin: it plays their part (the keyboard)."""
SYSTEM: Final = (
    ("android", "Android System", 1000),
    ("com.android.launcher3", "Launcher", 10_050),
    ("com.android.permissioncontroller", "Permission controller", 10_051),
    ("com.android.settings", "Settings", 1000),
    ("com.android.shell", "Shell", 2000),
    ("com.android.systemui", "System UI", 10_052),
    ("com.android.providers.contacts", "Contacts Storage", 10_053),
    ("com.android.providers.media", "Media Storage", 10_054),
    ("com.android.providers.settings", "Settings Storage", 1000),
    ("com.android.providers.telephony", "Phone and Messaging Storage", 1001),
    ("com.android.inputmethod.latin", "Android Keyboard (AOSP)", 10_055),
    ("com.android.webview", "Android System WebView", 10_056),
    ("com.android.egg", "Android Easter Egg", 10_057),
)
FIRST_SYSTEM_APP_UID: Final = 10_000
BUILT_MS: Final = 1_671_000_000_000
"""First install time of what came with the system image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package(Manifest):
    """One installed package: its manifest's facts, and where the twin put it."""

    uid: int
    permissions: tuple[str, ...]
    """What it asks for on this Android version (maxSdkVersion honoured)."""
    apk_path: str
    """Device path of base.apk."""
    split_paths: tuple[str, ...] = ()
    classes_jar: Path | None
    """Host path of its code; None for packages without code on the twin."""
    assets: Path
    """Host folder that holds `assets/`."""
    data_dir: Path
    """Host path of /data/user/0/<package>."""
    sha256: str
    signer_sha256: str | None
    system: bool = False
    enabled: bool = True
    installer: str | None = None
    first_install_ms: int
    last_update_ms: int

    @property
    def device_data_dir(self) -> str:
        return f"/data/user/0/{self.name}"

    @property
    def launcher(self) -> Component | None:
        """The activity that its icon starts."""
        return next((each for each in self.activities if each.enabled and each.handles(MAIN, LAUNCHER)), None)

    @property
    def user(self) -> str:
        """The Linux user name that `ps` shows, e.g. u0_a150."""
        return user_name(self.uid)

    def component(self, kind: str, class_name: str) -> Component | None:
        parts = {
            "activity": self.activities,
            "service": self.services,
            "receiver": self.receivers,
            "provider": self.providers,
        }
        return next((each for each in parts[kind] if each.name == class_name), None)


Change = Literal["added", "replaced", "removed", "cleared"]
ChangeListeners = list[Callable[[Change, Package], None]]


def user_name(uid: int) -> str:
    names = {0: "root", 1000: "system", 1001: "radio", 2000: "shell"}
    return names.get(uid, f"u0_a{uid - 10_000}" if uid >= 10_000 else str(uid))


class Packages:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._installed: dict[str, Package] = {}
        self._aside: dict[str, Package] = {}
        """Of the system image, uninstalled for the user."""
        self._next_uid = FIRST_APP_UID
        self.listeners: ChangeListeners = []
        """Told after each change."""
        self.app_locales: dict[str, str] = {}
        """Language tags by package, of apps that were given a language of their own."""
        for name, label, uid in SYSTEM:
            self._installed[name] = self._without_code(name, label, "13", 33, uid, "", system=True)
        for decoy in device.identity.decoy_apps:
            self._installed[decoy.package] = self._without_code(
                decoy.package,
                decoy.label,
                decoy.version_name,
                decoy.version_code,
                decoy.uid,
                decoy.signer_sha256,
            )
            self._next_uid = max(self._next_uid, decoy.uid + 1)

    def __iter__(self) -> Iterator[Package]:
        return iter(self.list())

    def list(self) -> Sequence[Package]:
        return [self._installed[name] for name in sorted(self._installed)]

    def get(self, name: str) -> Package | None:
        return self._installed.get(name)

    def require(self, name: str) -> Package:
        """Raises KeyError when it is not installed."""
        return self._installed[name]

    def with_authority(self, authority: str) -> tuple[Package, Component] | None:
        for package in self.list():
            for provider in package.providers:
                if authority in provider.authorities:
                    return package, provider
        return None

    async def install(
        self,
        path: Path,
        *,
        splits: tuple[Path, ...] = (),
        replace_existing: bool = True,
        grant: bool = False,
        allow_test: bool = True,
        downgrade: bool = False,
        installer: str | None = None,
    ) -> Package:
        """Install or update from an APK on the host. Raises BadApk with Android's code."""
        if self._device.faults.disk_full:
            raise BadApk("INSTALL_FAILED_INSUFFICIENT_STORAGE", "not enough space")
        apk = read_apk(path)
        old = self._installed.get(apk.manifest.name)
        self._check(apk, old, replace_existing, allow_test, downgrade)
        if old is not None:
            await self._device.activities.force_stop(old.name)
        package = self._place(apk, old, installer)
        split_paths = tuple(self._place_split(package, split) for split in splits)
        package = replace(package, split_paths=split_paths)
        self._installed[package.name] = package
        self._keep()
        self._device.journal.write(
            "install", package=package.name, version=package.version_name, sha256=package.sha256
        )
        self._tell("replaced" if old else "added", package)
        if grant:
            for permission in self._device.permissions.runtime(package.name):
                self._device.permissions.grant(package.name, permission)
        return package

    async def uninstall(self, name: str, *, keep_data: bool = False) -> bool:
        """False when there is no such app, or it came with the system."""
        package = self._installed.get(name)
        if package is None or package.system:
            return False
        await self._device.activities.force_stop(name)
        del self._installed[name]
        self.app_locales.pop(name, None)
        self._keep()
        shutil.rmtree(self._device.files.host_path(package.apk_path).parent, ignore_errors=True)
        shutil.rmtree(package.assets, ignore_errors=True)
        if not keep_data:
            shutil.rmtree(package.data_dir, ignore_errors=True)
        self._device.journal.write("uninstall", package=name)
        self._tell("removed", package)
        return True

    def set_aside(self, name: str) -> bool:
        """Uninstall an app of the system image for the user; it stays in the image. False for any other."""
        package = self._installed.get(name)
        if package is None or not package.system or package.uid < FIRST_SYSTEM_APP_UID:
            return False
        self._aside[name] = self._installed.pop(name)
        self._tell("removed", package)
        return True

    def bring_back(self, name: str) -> bool:
        """Install it again from the image. False when the image has none of that name."""
        package = self._aside.pop(name, None)
        if package is not None:
            self._installed[name] = package
            self._tell("added", package)
        return name in self._installed

    async def clear(self, name: str) -> bool:
        """Stop it and wipe its data and permission answers, as `pm clear` does."""
        package = self._installed.get(name)
        if package is None:
            return False
        await self._device.activities.force_stop(name)
        shutil.rmtree(package.data_dir, ignore_errors=True)
        self._make_data_dir(name)
        self._tell("cleared", package)
        return True

    def set_enabled(self, name: str, enabled: bool) -> bool:
        package = self._installed.get(name)
        if package is None:
            return False
        self._installed[name] = replace(package, enabled=enabled)
        self._keep()
        return True

    def restore(self) -> None:
        """The apps that were there when this device's folder was last used. Raises BadStore."""
        for kept in package_store.read(self._store):
            path = self._device.files.host_path(kept.apk_path)
            try:
                apk = read_apk(path)
                code = self._code_folder(apk)
                jar = extract(path, code)
            except (BadApk, OSError) as error:
                self._device.journal.write("install_lost", path=kept.apk_path, error=str(error))
                continue
            package = self._package(
                apk, kept.uid, kept.apk_path, code, jar, kept.installer, kept.first_install_ms
            )
            self._installed[package.name] = replace(
                package,
                split_paths=tuple(kept.split_paths),
                enabled=kept.enabled,
                last_update_ms=kept.last_update_ms,
            )
            self._next_uid = max(self._next_uid, kept.uid + 1)
            self._tell("added", self._installed[package.name])

    @property
    def _store(self) -> Path:
        return self._device.root / "packages.json"

    def _keep(self) -> None:
        """Only apps that came from an APK: the others are there on every start."""
        package_store.write(
            self._store,
            [
                package_store.Kept(
                    apk_path=each.apk_path,
                    split_paths=list(each.split_paths),
                    uid=each.uid,
                    installer=each.installer,
                    enabled=each.enabled,
                    first_install_ms=each.first_install_ms,
                    last_update_ms=each.last_update_ms,
                )
                for each in self._installed.values()
                if self._device.files.host_path(each.apk_path).is_file()
            ],
        )

    def _code_folder(self, apk: Apk) -> Path:
        """A new, empty folder for its classes and assets."""
        code = self._device.root / "apps" / f"{apk.manifest.name}-{apk.sha256[:16]}"
        shutil.rmtree(code, ignore_errors=True)
        code.mkdir(parents=True, mode=0o700)
        return code

    def resolve(
        self, action: str, category: str | None = None, scheme: str | None = None
    ) -> Sequence[tuple[Package, Component]]:
        """Activities of enabled packages that take such an intent."""
        return [
            (package, activity)
            for package in self.list()
            if package.enabled
            for activity in package.activities
            if activity.enabled and any(_takes(each, action, category, scheme) for each in activity.filters)
        ]

    def _tell(self, change: Change, package: Package) -> None:
        for listener in list(self.listeners):
            listener(change, package)

    def _check(
        self, apk: Apk, old: Package | None, replace_existing: bool, allow_test: bool, downgrade: bool
    ) -> None:
        manifest = apk.manifest
        if manifest.split is not None:
            raise BadApk("INSTALL_FAILED_INVALID_APK", f"{manifest.name}: a split without its base")
        if manifest.min_sdk > SDK:
            raise BadApk(
                "INSTALL_FAILED_OLDER_SDK",
                f"Requires newer sdk version #{manifest.min_sdk} (current version is #{SDK})",
            )
        if manifest.test_only and not allow_test:
            raise BadApk(
                "INSTALL_FAILED_TEST_ONLY", "Failed to install test-only apk. Did you forget to add -t?"
            )
        if not apk.has_classes and apk.has_dex and manifest.name not in MODELLED:
            raise BadApk(
                "INSTALL_FAILED_CPU_ABI_INCOMPATIBLE",
                "no assets/twin/classes.jar: this APK was not built for the twin",
            )
        if old is None:
            return
        if not replace_existing:
            raise BadApk(
                "INSTALL_FAILED_ALREADY_EXISTS",
                f"Attempt to re-install {old.name} without first uninstalling.",
            )
        if old.system or old.signer_sha256 != apk.signer_sha256:
            raise BadApk(
                "INSTALL_FAILED_UPDATE_INCOMPATIBLE",
                f"Existing package {old.name} signatures do not match newer version; ignoring!",
            )
        if manifest.version_code < old.version_code and not (downgrade or manifest.debuggable):
            raise BadApk(
                "INSTALL_FAILED_VERSION_DOWNGRADE",
                f"Downgrade detected: Update version code {manifest.version_code} is older than current "
                f"{old.version_code}",
            )

    def _place(self, apk: Apk, old: Package | None, installer: str | None) -> Package:
        name = apk.manifest.name
        now = int(self._device.clock.wall_ms())
        apk_path = f"/data/app/~~{_token(apk.sha256, 'outer')}/{name}-{_token(apk.sha256, 'inner')}/base.apk"
        code = self._code_folder(apk)
        try:
            jar = extract(apk.path, code)
            target = self._device.files.host_path(apk_path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(apk.path, target)
        except OSError as error:
            raise BadApk("INSTALL_FAILED_INSUFFICIENT_STORAGE", str(error)) from error
        if old is not None and old.apk_path != apk_path:
            shutil.rmtree(self._device.files.host_path(old.apk_path).parent, ignore_errors=True)
            shutil.rmtree(old.assets, ignore_errors=True)
        if old is None:
            self._next_uid += 1
        uid, first = (old.uid, old.first_install_ms) if old else (self._next_uid - 1, now)
        return replace(self._package(apk, uid, apk_path, code, jar, installer, first), last_update_ms=now)

    def _package(
        self,
        apk: Apk,
        uid: int,
        apk_path: str,
        code: Path,
        jar: Path | None,
        installer: str | None,
        first_install_ms: int,
    ) -> Package:
        return Package(
            **_facts(apk.manifest),
            uid=uid,
            permissions=apk.manifest.permissions_for(SDK),
            apk_path=apk_path,
            classes_jar=jar,
            assets=code,
            data_dir=self._make_data_dir(apk.manifest.name),
            sha256=apk.sha256,
            signer_sha256=apk.signer_sha256,
            installer=installer,
            first_install_ms=first_install_ms,
            last_update_ms=first_install_ms,
        )

    def _place_split(self, package: Package, split: Path) -> str:
        apk = read_apk(split)
        if apk.manifest.name != package.name or apk.manifest.version_code != package.version_code:
            raise BadApk(
                "INSTALL_FAILED_INVALID_APK",
                f"{split.name}: not a split of {package.name} {package.version_code}",
            )
        label = re.sub(r"[^\w.]", "_", apk.manifest.split or "x")
        path = f"{package.apk_path.rpartition('/')[0]}/split_{label}.apk"
        shutil.copyfile(split, self._device.files.host_path(path))
        return path

    def _make_data_dir(self, name: str) -> Path:
        folder = self._device.files.host_path(f"/data/user/0/{name}")
        for part in ("cache", "code_cache", "files"):
            (folder / part).mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def _without_code(
        self,
        name: str,
        label: str,
        version_name: str,
        version_code: int,
        uid: int,
        signer: str,
        system: bool = False,
    ) -> Package:
        folder = "system/app" if system else "data/app"
        return Package(
            name=name,
            version_name=version_name,
            version_code=version_code,
            label=label,
            min_sdk=21,
            target_sdk=SDK,
            application_class=None,
            debuggable=False,
            test_only=False,
            process=name,
            split=None,
            uses_permissions=(),
            declared_permissions=(),
            activities=(),
            services=(),
            receivers=(),
            providers=(),
            queries=Queries(),
            meta_data=(),
            uid=uid,
            permissions=(),
            apk_path=f"/{folder}/{name}/base.apk",
            classes_jar=None,
            assets=self._device.root / "apps" / name,
            data_dir=self._device.files.host_path(f"/data/user/0/{name}"),
            sha256=hashlib.sha256(f"{name} {version_code}".encode()).hexdigest(),
            signer_sha256=signer or hashlib.sha256(b"platform").hexdigest(),
            system=system,
            first_install_ms=BUILT_MS,
            last_update_ms=BUILT_MS,
        )


def _facts(manifest: Manifest) -> dict[str, Any]:
    return {each.name: getattr(manifest, each.name) for each in fields(Manifest)}


def _token(sha256: str, salt: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(f"{salt}{sha256}".encode()).digest()[:16]).decode()


def _takes(each: Filter, action: str, category: str | None, scheme: str | None) -> bool:
    return (
        action in each.actions
        and (category is None or category in each.categories)
        and (scheme in each.schemes if scheme else not each.schemes)
    )
