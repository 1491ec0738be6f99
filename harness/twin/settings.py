"""The settings tables (secure, system, global) and the system properties of one twin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, get_args

from harness.twin.identity import Identity

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

Namespace = Literal["secure", "system", "global"]
NAMESPACES: Final[tuple[Namespace, ...]] = get_args(Namespace)
READ_ONLY_PREFIX: Final = "ro."
PROPERTY_LIMIT: Final = 92
"""PROP_VALUE_MAX: a longer value is refused for properties that do not start with "ro."."""


class Listener(Protocol):
    """An app process as far as settings need it: something that takes one-way events."""

    def post(self, event: str, args: dict[str, Any]) -> None: ...


class Settings:
    """What `settings get|put|list|delete` and `android.provider.Settings` work on. Values are strings.

    Permissions are the caller's affair: see services/settings.py.
    """

    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._tables = _initial(device.identity)
        self._proxy: str | None = None
        self.listeners: list[Callable[[str, str, str | None], None]] = []
        """Told namespace, name and new value of each change."""

    @property
    def proxy(self) -> str | None:
        """The "host:port" that apps must use, or None. Set and cleared (":0") through `global http_proxy`."""
        return self._proxy

    def get(self, namespace: str, name: str) -> str | None:
        return self._table(namespace).get(name)

    def put(self, namespace: str, name: str, value: str) -> None:
        table = self._table(namespace)
        changed = table.get(name) != value
        table[name] = value
        if changed:
            self._changed(namespace, name, value)

    def delete(self, namespace: str, name: str) -> bool:
        """Whether there was such a setting."""
        there = self._table(namespace).pop(name, None) is not None
        if there:
            self._changed(namespace, name, None)
        return there

    def list(self, namespace: str) -> dict[str, str]:
        """Sorted by name, as the `settings` command shows them."""
        return dict(sorted(self._table(namespace).items()))

    def _table(self, namespace: str) -> dict[str, str]:
        table = self._tables.get(namespace)
        if table is None:
            raise KeyError(f"no settings namespace {namespace!r}; use one of {', '.join(NAMESPACES)}")
        return table

    def _changed(self, namespace: str, name: str, value: str | None) -> None:
        for listener in list(self.listeners):
            listener(namespace, name, value)
        self._tell("settings.changed", {"namespace": namespace, "name": name, "value": value})
        if (namespace, name) == ("global", "http_proxy") and value:
            # As on Android, deleting the key leaves the proxy on; ":0" takes it off.
            proxy = _direct_proxy(value)
            if proxy != self._proxy:
                self._proxy = proxy
                self._tell("proxy.changed", {"proxy": proxy})

    def _tell(self, event: str, args: dict[str, Any]) -> None:
        listeners: Iterable[Listener] = self._device.processes.live()
        for process in listeners:
            process.post(event, args)


class Properties:
    """System properties (`getprop`, `setprop`); an unset one reads as ""."""

    def __init__(self, identity: Identity) -> None:
        self._values = _properties(identity)

    def get(self, name: str) -> str:
        return self._values.get(name, "")

    def put(self, name: str, value: str) -> bool:
        """False when the property service refuses: a set read-only property, or a value that is too long."""
        read_only = name.startswith(READ_ONLY_PREFIX)
        if (
            not name
            or (read_only and name in self._values)
            or (not read_only and len(value) >= PROPERTY_LIMIT)
        ):
            return False
        self._values[name] = value
        return True

    def list(self) -> dict[str, str]:
        return dict(sorted(self._values.items()))


def _direct_proxy(value: str) -> str | None:
    host, _, port = value.partition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        return None
    return f"{host}:{port}"


def _initial(identity: Identity) -> dict[str, dict[str, str]]:
    return {
        "secure": {
            "android_id": identity.android_id,
            "bluetooth_address": identity.bluetooth_address,
            "bluetooth_name": identity.bluetooth_name,
            "bluetooth_addr_valid": "1",
            "default_input_method": "com.android.inputmethod.latin/.LatinIME",
            "enabled_input_methods": "com.android.inputmethod.latin/.LatinIME",
            "accessibility_enabled": "0",
            "location_mode": "3",
            "user_setup_complete": "1",
            "lock_screen_allow_private_notifications": "1",
            "install_non_market_apps": "1",
        },
        "system": {
            "accelerometer_rotation": "1",
            "user_rotation": "0",
            "font_scale": "1.0",
            "screen_brightness": "102",
            "screen_brightness_mode": "1",
            "screen_off_timeout": "60000",
            "haptic_feedback_enabled": "1",
            "sound_effects_enabled": "1",
            "time_12_24": "24",
            "volume_music": "5",
            "volume_ring": "5",
        },
        "global": {
            "ad_aaid": identity.aaid,
            "adb_enabled": "1",
            "airplane_mode_on": "0",
            "animator_duration_scale": "1.0",
            "auto_time": "1",
            "auto_time_zone": "1",
            "bluetooth_on": "1",
            "boot_count": "3",
            "development_settings_enabled": "1",
            "device_name": identity.build.model,
            "device_provisioned": "1",
            "mobile_data": "1",
            "stay_on_while_plugged_in": "0",
            "transition_animation_scale": "1.0",
            "wifi_on": "1",
            "window_animation_scale": "1.0",
        },
    }


def _properties(identity: Identity) -> dict[str, str]:
    build = identity.build
    sim = identity.sims[0]
    product = {"brand": build.brand, "manufacturer": build.manufacturer, "model": build.model}
    names = {**product, "device": build.device, "name": build.product}
    return {
        **{f"ro.product.{key}": value for key, value in names.items()},
        **{
            f"ro.product.{part}.{key}": value for part in ("system", "vendor") for key, value in names.items()
        },
        "ro.harness.twin": "1",
        "debug.harness.pace": "0.2",
        "ro.serialno": identity.serial,
        "ro.boot.serialno": identity.serial,
        "ro.product.board": build.board,
        "ro.product.cpu.abi": "arm64-v8a",
        "ro.product.cpu.abilist": "arm64-v8a,armeabi-v7a,armeabi",
        "ro.product.locale": "zh-CN",
        "ro.product.first_api_level": "33",
        "ro.hardware": build.hardware,
        "ro.bootloader": build.bootloader,
        "ro.build.id": build.id,
        "ro.build.display.id": build.display,
        "ro.build.fingerprint": build.fingerprint,
        "ro.build.tags": build.tags,
        "ro.build.type": build.type,
        "ro.build.user": build.user,
        "ro.build.host": build.host,
        "ro.build.date.utc": str(build.time_ms // 1000),
        "ro.build.characteristics": "default",
        "ro.build.version.sdk": "33",
        "ro.build.version.release": "13",
        "ro.build.version.codename": "REL",
        "ro.build.version.incremental": build.incremental,
        "ro.build.version.security_patch": "2022-12-05",
        "ro.debuggable": "0",
        "ro.secure": "1",
        "ro.crypto.state": "encrypted",
        "ro.miui.ui.version.name": "V140",
        "ro.sf.lcd_density": "420",
        "persist.sys.locale": "zh-CN",
        "persist.sys.timezone": "Asia/Shanghai",
        "sys.boot_completed": "1",
        "dev.bootcomplete": "1",
        "init.svc.adbd": "running",
        "wifi.interface": "wlan0",
        "gsm.operator.alpha": ",".join(card.operator for card in identity.sims),
        "gsm.operator.numeric": ",".join(card.numeric for card in identity.sims),
        "gsm.operator.iso-country": sim.country,
        "gsm.sim.operator.alpha": sim.operator,
        "gsm.sim.operator.numeric": sim.numeric,
        "gsm.sim.state": "LOADED,LOADED",
    }
