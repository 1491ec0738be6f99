"""Invents an identity from a seed. Plausible in form (lengths, check digits, prefixes), true of nothing."""

from __future__ import annotations

import random
import uuid
from typing import Final

from harness.twin.identity import (
    Account,
    BluetoothNeighbour,
    BuildFacts,
    CalendarEntry,
    CallRecord,
    CellTower,
    Contact,
    DecoyApp,
    Hotspot,
    Identity,
    MediaFile,
    SensorPart,
    Sim,
    Sms,
)

# 2026-03-02 00:00 UTC. An identity must not depend on the day it is made on.
DAY_MS: Final = 86_400_000
EPOCH_MS: Final = 1_772_409_600_000

SURNAMES: Final = "温桑阮柏尹岑麦乔沐容简卓"
GIVEN: Final = [
    "青禾",
    "望舒",
    "听澜",
    "南枝",
    "云栖",
    "朝颜",
    "疏影",
    "知夏",
    "砚秋",
    "鹿鸣",
    "晚舟",
    "星野",
]
APPS: Final = (
    ("notes", "随手记事"),
    ("market", "邻里集市"),
    ("reader", "慢读"),
    ("bus", "等车"),
    ("bank", "试点银行"),
)
OPERATORS: Final = (("460", "00", "中国移动"), ("460", "01", "中国联通"))
SENSORS: Final = (
    ("Accelerometer", 1, 78.4532, 0.0023942017, 0.17, 2404),
    ("Magnetometer", 2, 4911.994, 0.15, 1.1, 10000),
    ("Gyroscope", 4, 34.906586, 0.0012217305, 0.55, 2404),
    ("Light", 5, 10000.0, 1.0, 0.11, 0),
    ("Proximity", 8, 5.0, 1.0, 0.11, 0),
    ("Step Counter", 19, 4.2949673e9, 1.0, 0.17, 0),
)


def invent(seed: int) -> Identity:
    source = _Source(seed)
    scan = tuple(source.hotspot(index) for index in range(5))
    contacts = tuple(source.contact(index) for index in range(1, 5))
    subnet = f"192.168.{source.number(20, 250)}"
    return Identity(
        seed=seed,
        serial=source.token("0123456789ABCDEF", 12),
        android_id=source.hex(16),
        meid="A" + source.hex(13).upper(),
        oaid=source.hex(16),
        vaid=source.hex(16),
        udid=source.hex(16),
        aaid=source.uuid(),
        gaid=source.uuid(),
        app_set_id=source.uuid(),
        wifi_mac=source.mac(),
        bluetooth_address=source.mac().upper(),
        bluetooth_name=f"Twin-{source.hex(6)}",
        hotspot=scan[0],
        scan=scan,
        ip_v4=f"{subnet}.{source.number(20, 250)}",
        ip_v6=f"fd{source.hex(2)}:{source.hex(4)}:{source.hex(4)}:1::{source.hex(4)}",
        gateway=f"{subnet}.1",
        latitude=source.number(33_8000001, 33_8999999) / 1e7,
        longitude=source.number(114_9000001, 114_9999999) / 1e7,
        altitude_m=source.number(400, 600) / 10,
        accuracy_m=source.number(80, 220) / 10,
        sims=tuple(source.sim(slot) for slot in range(2)),
        cells=tuple(source.cell(index) for index in range(3)),
        contacts=contacts,
        calls=tuple(source.call(index, contact) for index, contact in enumerate(contacts, 1)),
        sms=tuple(source.sms(index) for index in range(1, 4)),
        calendar=tuple(source.calendar(index) for index in range(1, 3)),
        clipboard=f"邀请码 {source.token('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 10)} 请勿转发",
        decoy_apps=tuple(source.app(index) for index in range(5)),
        accounts=(
            Account(f"twin.{source.hex(8)}@example.com", "com.google"),
            Account(source.token("123456789", 10), "com.xiaomi"),
        ),
        sensors=tuple(source.sensor(index) for index in range(len(SENSORS))),
        media=tuple(source.media(index) for index in range(1, 6)),
        drm_id=source.hex(64),
        bluetooth_neighbours=tuple(source.neighbour(index) for index in range(3)),
        build=source.build(),
    )


def with_check_digit(digits: str) -> str:
    """Append the Luhn digit, as IMEI and ICCID end with."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


class _Source:
    """Draws in a fixed order; never gives the same token twice."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(f"twin identity 1: {seed}")
        self.names = [surname + given for surname in SURNAMES for given in GIVEN]
        self.random.shuffle(self.names)

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def token(self, alphabet: str, length: int) -> str:
        return "".join(self.random.choice(alphabet) for _ in range(length))

    def hex(self, length: int) -> str:
        # The first digit is never 0: some apps (and the JDK) print ids as numbers and lose leading zeros.
        return self.random.choice("123456789abcdef") + self.token("0123456789abcdef", length - 1)

    def digits(self, length: int) -> str:
        return self.token("123456789", 1) + self.token("0123456789", length - 1)

    def uuid(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def mac(self) -> str:
        # Globally unique and unicast (both low bits clear), so never like Android's dummy 02:00:00:00:00:00.
        first = self.random.choice(("3c", "5c", "7c", "9c", "d4", "e8"))
        return ":".join([first, *(self.hex(2) for _ in range(5))])

    def phone(self) -> str:
        return "1440" + self.digits(7)

    def sim(self, slot: int) -> Sim:
        mcc, mnc, operator = OPERATORS[slot]
        return Sim(
            slot=slot,
            sub_id=slot + 1,
            imei=with_check_digit("86999" + self.digits(9)),
            imsi=mcc + mnc + self.digits(10),
            iccid=with_check_digit("8986" + mnc + self.digits(13)),
            number="+86" + self.phone(),
            mcc=mcc,
            mnc=mnc,
            operator=operator,
            country="cn",
        )

    def hotspot(self, index: int) -> Hotspot:
        fast = index % 2 == 0
        return Hotspot(
            ssid=f"HOME-{self.hex(6).upper()}",
            bssid=self.mac(),
            level_dbm=-40 - 9 * index - self.number(0, 5),
            frequency_mhz=5180 if fast else 2437,
            capabilities="[WPA2-PSK-CCMP][RSN-PSK-CCMP][ESS]",
        )

    def cell(self, index: int) -> CellTower:
        mcc, mnc, _ = OPERATORS[0]
        return CellTower(
            mcc=mcc,
            mnc=mnc,
            tac=self.number(10_000, 65_000),
            cid=self.number(100_000_000, 268_000_000),
            pci=self.number(1, 503),
            dbm=-85 - 7 * index,
            registered=index == 0,
        )

    def contact(self, index: int) -> Contact:
        return Contact(index, self.names.pop(), self.phone(), f"friend.{self.hex(8)}@example.com")

    def call(self, index: int, contact: Contact) -> CallRecord:
        # Some calls are with people in the contacts, some are not: both kinds leak differently.
        known = index % 2 == 1
        return CallRecord(
            id=index,
            number=contact.number if known else self.phone(),
            name=contact.name if known else "",
            type=1 + index % 3,
            date_ms=EPOCH_MS - index * DAY_MS + self.number(0, 3_600_000),
            duration_s=self.number(10, 900),
        )

    def sms(self, index: int) -> Sms:
        return Sms(
            id=index,
            address="1069" + self.digits(8),
            body=f"【双生】验证码 {self.digits(8)}，十分钟内有效。",
            type=1,
            date_ms=EPOCH_MS - index * DAY_MS // 2,
        )

    def calendar(self, index: int) -> CalendarEntry:
        start = EPOCH_MS + index * DAY_MS
        return CalendarEntry(
            index,
            f"复查 {self.hex(6)}",
            f"{self.number(100, 999)} 号楼 {self.hex(6)}",
            start,
            start + 3_600_000,
        )

    def app(self, index: int) -> DecoyApp:
        stem, label = APPS[index]
        package = f"com.example.{stem}.{self.token('bcdfghjkmnpqrstvwz', 6)}"
        return DecoyApp(
            package, label, f"{index + 1}.{self.number(0, 9)}.0", 100 + index, 10_100 + index, self.hex(64)
        )

    def sensor(self, index: int) -> SensorPart:
        name, kind, reach, resolution, power, delay = SENSORS[index]
        return SensorPart(
            f"TW{self.hex(6).upper()} {name}", "TwinMicro", kind, 1, reach, resolution, power, delay
        )

    def media(self, index: int) -> MediaFile:
        kind, folder, prefix, suffix, mime = (
            ("audio", "Music", "REC", "m4a", "audio/mp4")
            if index == 5
            else ("video", "DCIM/Camera", "VID", "mp4", "video/mp4")
            if index == 4
            else ("image", "DCIM/Camera", "IMG", "jpg", "image/jpeg")
        )
        name = f"{prefix}_2026030{index}_{self.number(100000, 235959)}_{self.hex(6)}.{suffix}"
        return MediaFile(
            id=30 + index,
            kind=kind,
            name=name,
            path=f"/storage/emulated/0/{folder}/{name}",
            mime=mime,
            size=self.number(100_000, 4_000_000),
            date_added_s=EPOCH_MS // 1000 - index * 3600,
        )

    def neighbour(self, index: int) -> BluetoothNeighbour:
        kind = ("Buds", "Band", "Car")[index]
        return BluetoothNeighbour(f"{kind} {self.hex(6)}", self.mac().upper(), index == 0, -50 - 11 * index)

    def build(self) -> BuildFacts:
        device = f"twin{self.hex(4)}"
        incremental = f"V14.0.{self.number(1, 9)}.{self.number(1, 9)}.{self.token('ABCDEFGHJKMNPRT', 5)}"
        build_id = "TKQ1.220829.002"
        return BuildFacts(
            brand="Xiaomi",
            manufacturer="Xiaomi",
            model=f"TWIN-{self.hex(6).upper()}",
            device=device,
            product=device,
            board="twinboard",
            hardware="twin",
            id=build_id,
            display=f"{build_id} release-keys",
            incremental=incremental,
            fingerprint=f"Xiaomi/{device}/{device}:13/{build_id}/{incremental}:user/release-keys",
            bootloader="unknown",
            host="twin-build",
            user="builder",
            tags="release-keys",
            type="user",
            time_ms=EPOCH_MS - 200 * DAY_MS,
        )
