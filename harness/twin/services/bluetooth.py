"""Bluetooth. Since target 31 its permissions are runtime ones; before, scans need the place instead."""

from __future__ import annotations

from typing import Any, Final

from harness.twin.binder import Call, security, service
from harness.twin.identity import BluetoothNeighbour
from harness.twin.services.guard import fine_location, full, holds, note, target_sdk
from harness.twin.services.wifi import DUMMY_MAC

STATE_ON: Final = 12
BOND_NONE: Final = 10
BOND_BONDED: Final = 12
FOUND: Final = "android.bluetooth.device.action.FOUND"


@service("bluetooth.address")
def address(call: Call) -> str:
    """The dummy for every app without LOCAL_MAC_ADDRESS, which only the system holds."""
    _connect(call, "AdapterService getAddress")
    return call.device.identity.bluetooth_address if holds(call, "LOCAL_MAC_ADDRESS") else DUMMY_MAC


@service("bluetooth.name")
def name(call: Call) -> str:
    _connect(call, "AdapterService getName")
    return call.device.identity.bluetooth_name


@service("bluetooth.state")
def state(call: Call) -> int:
    _legacy(call, "BLUETOOTH")
    return STATE_ON


@service("bluetooth.enable")
def enable(call: Call, on: bool) -> bool:
    """The adapter stays on; True only when that was asked."""
    _connect(call, "enable")
    _legacy(call, "BLUETOOTH_ADMIN")
    return on


@service("bluetooth.bonded")
def bonded(call: Call) -> list[str]:
    _connect(call, "AdapterService getBondedDevices")
    return [each.address for each in call.device.identity.bluetooth_neighbours if each.bonded]


@service("bluetooth.device_name")
def device_name(call: Call, of: str) -> str | None:
    _connect(call, "AdapterService getRemoteName")
    neighbour = _neighbour(call, of)
    return neighbour.name if neighbour else None


@service("bluetooth.bond_state")
def bond_state(call: Call, of: str) -> int:
    _connect(call, "AdapterService getBondState")
    neighbour = _neighbour(call, of)
    return BOND_BONDED if neighbour and neighbour.bonded else BOND_NONE


@service("bluetooth.create_bond")
def create_bond(call: Call, of: str) -> bool:
    """No neighbour ever answers."""
    _connect(call, "AdapterService createBond")
    return False


@service("bluetooth.discover")
async def discover(call: Call) -> bool:
    """Classic discovery: one FOUND broadcast per neighbour, to receivers of the caller."""
    _scan(call, "AdapterService startDiscovery")
    if not _located(call):
        return True
    for each in call.device.identity.bluetooth_neighbours:
        device = {"$": "parcelable", "class": "android.bluetooth.BluetoothDevice", "v": [each.address]}
        extras = {
            "android.bluetooth.device.extra.DEVICE": device,
            "android.bluetooth.device.extra.NAME": each.name,
        }
        await call.device.activities.broadcast(
            {"action": FOUND, "package": call.process.package, "extras": extras}
        )
    return True


@service("bluetooth.scan")
def scan(call: Call) -> list[dict[str, Any]]:
    """What a Bluetooth LE scan sees; nothing for an app that may not know where it is."""
    _scan(call, "GattService startScan")
    if not _located(call):
        return []
    now_ns = int(call.device.clock.boot_ms() * 1e6)
    return [
        {"address": each.address, "rssi": each.rssi, "timestamp_ns": now_ns}
        for each in call.device.identity.bluetooth_neighbours
    ]


def _connect(call: Call, what: str) -> None:
    _runtime(call, "BLUETOOTH_CONNECT", what)
    _legacy(call, "BLUETOOTH")


def _scan(call: Call, what: str) -> None:
    _runtime(call, "BLUETOOTH_SCAN", what)
    _legacy(call, "BLUETOOTH_ADMIN")
    note(call, "BLUETOOTH_SCAN")


def _runtime(call: Call, permission: str, what: str) -> None:
    if target_sdk(call) < 31:
        return
    if not holds(call, permission):
        source = (
            f"AttributionSource {{ uid = {call.process.uid}, packageName = {call.process.package}, "
            "attributionTag = null, token = android.os.Binder, next = null }"
        )
        raise security(f"Need {full(permission)} permission for {source}: {what}")
    if permission == "BLUETOOTH_CONNECT":
        note(call, permission)


def _legacy(call: Call, permission: str) -> None:
    if target_sdk(call) < 31 and not holds(call, permission):
        raise security(
            f"Need {full(permission)} permission: Neither user {call.process.uid} nor current process has it."
        )


def _located(call: Call) -> bool:
    """Targets 31+ could say `neverForLocation`; the twin does not read it, so they need the place too."""
    return fine_location(call)


def _neighbour(call: Call, of: str) -> BluetoothNeighbour | None:
    return next((each for each in call.device.identity.bluetooth_neighbours if each.address == of), None)
