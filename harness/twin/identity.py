"""Who a twin is: every value an app could read from it, invented from a seed, unique to it, and known.

Nothing here belongs to a person. Numbers start with 1440 (a range without subscribers), mail is at
example.com, the place is farmland.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from harness.model.data_type import DataType


@dataclass(frozen=True, slots=True)
class Sim:
    """One slot's card and its operator."""

    slot: int
    sub_id: int
    imei: str
    imsi: str
    iccid: str
    number: str
    """With country code, "+86…"."""
    mcc: str
    mnc: str
    operator: str
    country: str

    @property
    def numeric(self) -> str:
        return self.mcc + self.mnc


@dataclass(frozen=True, slots=True)
class Hotspot:
    ssid: str
    bssid: str
    level_dbm: int
    frequency_mhz: int
    capabilities: str


@dataclass(frozen=True, slots=True)
class CellTower:
    mcc: str
    mnc: str
    tac: int
    cid: int
    """28-bit E-UTRAN cell identity."""
    pci: int
    dbm: int
    registered: bool


@dataclass(frozen=True, slots=True)
class Contact:
    id: int
    name: str
    number: str
    email: str


@dataclass(frozen=True, slots=True)
class CallRecord:
    id: int
    number: str
    name: str
    type: int
    """1 incoming, 2 outgoing, 3 missed"""
    date_ms: int
    duration_s: int


@dataclass(frozen=True, slots=True)
class Sms:
    id: int
    address: str
    body: str
    type: int
    """1 inbox, 2 sent"""
    date_ms: int


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    id: int
    title: str
    location: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class DecoyApp:
    package: str
    label: str
    version_name: str
    version_code: int
    uid: int
    signer_sha256: str


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class SensorPart:
    name: str
    vendor: str
    type: int
    version: int
    max_range: float
    resolution: float
    power_ma: float
    min_delay_us: int


@dataclass(frozen=True, slots=True)
class MediaFile:
    id: int
    kind: str
    """image, video or audio"""
    name: str
    path: str
    mime: str
    size: int
    date_added_s: int


@dataclass(frozen=True, slots=True)
class BluetoothNeighbour:
    name: str
    address: str
    bonded: bool
    rssi: int


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """What android.os.Build says; field names are its names in lower case."""

    brand: str
    manufacturer: str
    model: str
    device: str
    product: str
    board: str
    hardware: str
    id: str
    display: str
    incremental: str
    fingerprint: str
    bootloader: str
    host: str
    user: str
    tags: str
    type: str
    time_ms: int


@dataclass(frozen=True, slots=True)
class Identity:
    seed: int
    serial: str
    android_id: str
    """The device's own; apps see `ssaid`."""
    meid: str
    oaid: str
    vaid: str
    udid: str
    aaid: str
    gaid: str
    app_set_id: str
    wifi_mac: str
    bluetooth_address: str
    bluetooth_name: str
    hotspot: Hotspot
    """The network the device is on; also first in `scan`."""
    scan: tuple[Hotspot, ...]
    ip_v4: str
    ip_v6: str
    gateway: str
    latitude: float
    longitude: float
    altitude_m: float
    accuracy_m: float
    sims: tuple[Sim, ...]
    cells: tuple[CellTower, ...]
    contacts: tuple[Contact, ...]
    calls: tuple[CallRecord, ...]
    sms: tuple[Sms, ...]
    calendar: tuple[CalendarEntry, ...]
    clipboard: str
    decoy_apps: tuple[DecoyApp, ...]
    accounts: tuple[Account, ...]
    sensors: tuple[SensorPart, ...]
    media: tuple[MediaFile, ...]
    drm_id: str
    """32 bytes as lower-case hex."""
    bluetooth_neighbours: tuple[BluetoothNeighbour, ...]
    build: BuildFacts

    @classmethod
    def from_seed(cls, seed: int) -> Identity:
        """The same seed gives the same identity, on every machine; two seeds share no identifying value."""
        from harness.twin.invent import invent

        return invent(seed)

    def ssaid(self, package: str, signer: str | None) -> str:
        """The Android ID that an app sees: one per signing key (SHA-256 hex), user and device (Android 8+).

        An app without a signature gets one of its own by its package name.
        """
        key = hashlib.sha256(f"user-0:{self.android_id}".encode()).digest()
        return hmac.new(key, (signer or f"unsigned:{package}").encode(), hashlib.sha256).hexdigest()[:16]

    def values(self, package: str | None = None, signer: str | None = None) -> dict[DataType, list[str]]:
        """Every watched value as apps obtain it. With a package, `android_id` also holds what it sees."""
        values: dict[DataType, list[str]] = {}
        for data_type, value in self._values():
            values.setdefault(data_type, []).append(value)
        if package is not None:
            values["android_id"].append(self.ssaid(package, signer))
        return {data_type: list(dict.fromkeys(found)) for data_type, found in values.items()}

    def as_json(self) -> dict[str, Any]:
        """For `harness twin identity`: everything by name, and `values` by data type."""
        return {**asdict(self), "values": self.values()}

    def _values(self) -> Iterator[tuple[DataType, str]]:
        yield "android_id", self.android_id
        yield "serial", self.serial
        yield "meid", self.meid
        for sim in self.sims:
            yield "imei", sim.imei
            yield "imsi", sim.imsi
            yield "iccid", sim.iccid
            yield "phone_number", sim.number
            yield "phone_number", sim.number.removeprefix("+86")
            yield "carrier", sim.operator
            yield "carrier", sim.numeric
        for oaid in (self.oaid, self.vaid, self.udid, self.aaid):
            yield "oaid", oaid
        yield "advertising_id", self.gaid
        yield "advertising_id", self.app_set_id
        yield "mac_address", self.wifi_mac
        yield "bluetooth_address", self.bluetooth_address
        for neighbour in self.bluetooth_neighbours:
            yield "bluetooth_devices", neighbour.address
            yield "bluetooth_devices", neighbour.name
        yield "drm_id", self.drm_id
        yield "drm_id", base64.b64encode(bytes.fromhex(self.drm_id)).decode()
        yield "ssid", self.hotspot.ssid
        yield "bssid", self.hotspot.bssid
        for other in self.scan[1:]:
            yield "wifi_scan", other.ssid
            yield "wifi_scan", other.bssid
        yield "ip_address", self.ip_v4
        yield "ip_address", self.ip_v6
        yield "location", str(self.latitude)
        yield "location", str(self.longitude)
        for cell in self.cells:
            yield "cell", str(cell.cid)
        for contact in self.contacts:
            yield from (("contacts", contact.name), ("contacts", contact.number), ("contacts", contact.email))
        for call in self.calls:
            yield "call_log", call.number
        for message in self.sms:
            yield from (("sms", message.address), ("sms", message.body))
        for entry in self.calendar:
            yield from (("calendar", entry.title), ("calendar", entry.location))
        yield "clipboard", self.clipboard
        for app in self.decoy_apps:
            yield "installed_apps", app.package
        for account in self.accounts:
            yield "accounts", account.name
        for sensor in self.sensors:
            yield "sensors", sensor.name
        for file in self.media:
            yield "media", file.name
            yield "files", file.path
        yield "device_model", self.build.model
        yield "device_model", self.build.fingerprint
