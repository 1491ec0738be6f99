"""Wi-Fi, the active network, and the addresses of both.

An app's way around the framework, `java.net.NetworkInterface`, is the JDK's own on a twin and shows the
host's interfaces: the hook sees the call, but its value is not the identity's.
"""

from __future__ import annotations

from typing import Any, Final

from harness.twin.binder import Call, security, service
from harness.twin.identity import Hotspot
from harness.twin.services.guard import enforce, fine_location, holds, note, target_sdk

DUMMY_MAC: Final = "02:00:00:00:00:00"
UNKNOWN_SSID: Final = "<unknown ssid>"
WIFI_ENABLED: Final = 3
SCAN_RESULTS: Final = "android.net.wifi.SCAN_RESULTS"


@service("wifi.connection")
def connection(call: Call) -> dict[str, Any]:
    enforce(call, "WifiService", "ACCESS_WIFI_STATE")
    return _connection(call)


@service("wifi.scan_results")
def scan_results(call: Call) -> list[dict[str, Any]]:
    """Empty for an app that may not know where it is: Android catches its own refusal here."""
    enforce(call, "WifiService", "ACCESS_WIFI_STATE")
    if not fine_location(call):
        return []
    note(call, "WIFI_SCAN")
    note(call, "FINE_LOCATION")
    now_us = int(call.device.clock.boot_ms() * 1000)
    return [
        {
            "ssid": spot.ssid,
            "bssid": spot.bssid,
            "level": spot.level_dbm,
            "frequency": spot.frequency_mhz,
            "capabilities": spot.capabilities,
            "timestamp_us": now_us,
        }
        for spot in call.device.identity.scan
    ]


@service("wifi.start_scan")
async def start_scan(call: Call) -> bool:
    """Results are there at once; their broadcast goes to the app that asked."""
    enforce(call, "WifiService", "CHANGE_WIFI_STATE")
    if not fine_location(call):
        return False
    note(call, "WIFI_SCAN")
    intent = {"action": SCAN_RESULTS, "package": call.process.package, "extras": {"resultsUpdated": True}}
    await call.device.activities.broadcast(intent)
    return True


@service("wifi.admin_mac")
def admin_mac(call: Call, admin: str | None) -> str:
    raise security(f"Admin {admin or 'null'} is not an active device owner: uid {call.process.uid}")


@service("wifi.configured")
def configured(call: Call) -> list[dict[str, Any]]:
    """Saved networks; since target 29 always none."""
    enforce(call, "WifiService", "ACCESS_WIFI_STATE")
    if target_sdk(call) >= 29 or not fine_location(call):
        return []
    spot = call.device.identity.hotspot
    return [{"network_id": 1, "ssid": f'"{spot.ssid}"', "bssid": None, "status": 0}]


@service("wifi.dhcp")
def dhcp(call: Call) -> dict[str, str]:
    enforce(call, "WifiService", "ACCESS_WIFI_STATE")
    identity = call.device.identity
    return {
        "ip": identity.ip_v4,
        "gateway": identity.gateway,
        "dns": identity.gateway,
        "mask": "255.255.255.0",
    }


@service("wifi.state")
def state(call: Call) -> int:
    enforce(call, "WifiService", "ACCESS_WIFI_STATE")
    return WIFI_ENABLED


@service("wifi.set_enabled")
def set_enabled(call: Call, enabled: bool) -> bool:
    """Apps that target 29 or higher cannot switch Wi-Fi; others are told yes only for what already is."""
    enforce(call, "WifiService", "CHANGE_WIFI_STATE")
    return enabled and target_sdk(call) < 29


@service("connectivity.active")
def active(call: Call) -> dict[str, Any]:
    """The active network with its capabilities and addresses. `wifi` is as redacted as `wifi.connection`."""
    enforce(call, "ConnectivityService", "ACCESS_NETWORK_STATE")
    identity = call.device.identity
    return {
        "network": 100,
        "type": 1,
        "type_name": "WIFI",
        "interface": "wlan0",
        "addresses": [f"{identity.ip_v4}/24", f"{identity.ip_v6}/64"],
        "gateway": identity.gateway,
        "dns": [identity.gateway],
        "proxy": call.device.settings.proxy,
        "wifi": _connection(call),
    }


@service("connectivity.proxy")
def proxy(call: Call) -> str | None:
    """The "host:port" of the proxy, which every app may know."""
    return call.device.settings.proxy


def _connection(call: Call) -> dict[str, Any]:
    identity = call.device.identity
    located = fine_location(call)
    if located:
        note(call, "FINE_LOCATION")
    spot: Hotspot = identity.hotspot
    return {
        "ssid": f'"{spot.ssid}"' if located else UNKNOWN_SSID,
        "bssid": spot.bssid if located else DUMMY_MAC,
        "network_id": 1 if located else -1,
        "mac": identity.wifi_mac if holds(call, "LOCAL_MAC_ADDRESS") else DUMMY_MAC,
        "ip": identity.ip_v4,
        "rssi": spot.level_dbm,
        "link_speed": 866,
        "frequency": spot.frequency_mhz,
    }
