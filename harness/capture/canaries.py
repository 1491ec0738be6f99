"""Values that only this run's device can have given: planted before the run, read back, and watched for.

What cannot be planted (hardware ids, accounts, the Wi-Fi name) is read and watched as it is. A value counts as
in place only when the device itself says it back.
"""

from __future__ import annotations

import functools
import io
import random
import re
import secrets
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from PIL import Image

from harness.device.phone import Phone, host_ms
from harness.model.data_type import DataType
from harness.model.errors import RunFailure
from harness.model.run_folder import HEALTH, RunFolder

READ_BY: Final[dict[DataType, tuple[str, str]]] = {
    "android_id": ("settings get secure android_id", r"^([0-9a-f]{8,16})$"),
    "serial": ("getprop ro.serialno", r"^([0-9A-Za-z._-]{6,40})$"),
    "mac_address": ("ip addr show dev wlan0", r"link/ether ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})"),
    "ip_address": ("ip addr show dev wlan0", r"inet (\d{1,3}(?:\.\d{1,3}){3})/"),
    "ssid": ("cmd wifi status", r'^Wifi is connected to "(.{2,32})"'),
    "accounts": ("dumpsys account", r"^\s*Account \{name=(.{3,200}), type=[\w.:-]+\}"),
}
"""What no shell can plant: the command that says it, and where the value stands in what it prints."""
_MOST_ACCOUNTS: Final = 5
_MASKED: Final = re.compile(r"[xX*\W]*")
"""How some builds write names that they do not tell."""
CONTACTS: Final = "content://com.android.contacts"
CALENDAR: Final = "content://com.android.calendar"
IMAGES: Final = "content://media/external/images/media"
CAMERA: Final = "/sdcard/DCIM/Camera"
_PROVIDERS: Final = ("gps", "network")


class Clipboard(Protocol):
    """The part of the screen driver that an adb shell has nothing for."""

    def set_clipboard(self, text: str) -> None: ...

    def clipboard(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Planted:
    """Invented for one run; nobody's."""

    name: str
    number: str
    mail: str
    event: str
    clip: str
    picture: str
    latitude: float
    longitude: float
    photo_latitude: float
    photo_longitude: float

    @classmethod
    def invent(cls, seed: str) -> Planted:
        rng = random.Random(seed)

        def mark() -> str:
            return f"{rng.getrandbits(40):010x}"

        # Numbers that begin with 1440 have no subscribers; the places are farmland in Anhui.
        return cls(
            name=f"Lin {mark()}",
            number=f"+861440{rng.randrange(10**7):07d}",
            mail=f"lin.{mark()}@example.com",
            event=f"Dentist {mark()}",
            clip=f"note to self {mark()}",
            picture=f"IMG_{mark()}.jpg",
            latitude=round(32.6 + rng.random() * 0.4, 6),
            longitude=round(116.1 + rng.random() * 0.4, 6),
            photo_latitude=round(33.1 + rng.random() * 0.4, 6),
            photo_longitude=round(115.6 + rng.random() * 0.4, 6),
        )


@dataclass(slots=True)
class _Told:
    facts: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


class Canaries:
    """Plants, reads back, records what is watched as the gate's word, and takes everything away again."""

    def __init__(self, phone: Phone, folder: RunFolder, clipboard: Clipboard | None = None) -> None:
        self._phone = phone
        self._folder = folder
        self._clipboard = clipboard
        self._planted = Planted.invent(secrets.token_hex(8))
        self._undo: list[Callable[[], object]] = []

    def plant(self) -> None:
        lo = host_ms()
        told = _Told()
        for what, work in (
            ("contacts", self._contact),
            ("calendar", self._event),
            ("clipboard", self._clip),
            ("location", self._place),
            ("media", self._photo),
        ):
            values = work()
            told.facts |= values
            if not values:
                told.missing.append(f"{what} (not planted)")
        planted = _kinds(told.facts)
        self._read(told)
        read = [kind for kind in _kinds(told.facts) if kind not in planted]
        reason = f"watched from the start: {', '.join([*planted, *read]) or 'nothing'}"
        if planted:
            reason += f"; planted and read back: {', '.join(planted)}"
        if read:
            reason += f"; cannot be planted, read and watched: {', '.join(read)}"
        if told.missing:
            reason += f"; not readable by the shell: {', '.join(told.missing)}"
        event = {
            "kind": "health", "gate": "canaries", "healthy": bool(told.facts), "reason": reason,
            "facts": told.facts,
        }  # fmt: skip
        self._folder.append(HEALTH, {"host_lo_ms": lo, "host_hi_ms": host_ms(), "event": event})

    def remove(self) -> None:
        """Take away what was planted, each on its own. A phone that is gone keeps it; nothing of it is anybody's."""
        while self._undo:
            try:
                self._undo.pop()()
            except RunFailure:
                if not self._phone.is_there():
                    self._undo.clear()

    def _read(self, told: _Told) -> None:
        for data_type, (command, pattern) in READ_BY.items():
            found = [
                one
                for one in re.findall(pattern, self._said(command), re.MULTILINE)
                if not _MASKED.fullmatch(one)
            ]
            for number, value in enumerate(dict.fromkeys(found[:_MOST_ACCOUNTS])):
                told.facts[f"{data_type}.{number}" if data_type == "accounts" else data_type] = value
                if data_type != "accounts":
                    break
            if not found:
                told.missing.append(data_type)

    def _contact(self) -> dict[str, str]:
        one = self._planted
        # A name of our own finds the row again: an id that another writer made in between would not.
        account = one.mail
        self._insert(f"{CONTACTS}/raw_contacts", f"account_type:s:local account_name:s:{account}")
        raw = self._row(f"{CONTACTS}/raw_contacts", "_id", f"account_name='{account}'")
        if not raw.isdigit():
            return {}
        self._undo.append(lambda: self._delete(f"{CONTACTS}/raw_contacts", f"_id={raw}"))
        kinds = {"name": one.name, "phone_v2": one.number, "email_v2": one.mail}
        out: dict[str, str] = {}
        for kind, value in kinds.items():
            mime = f"vnd.android.cursor.item/{kind}"
            bind = f"raw_contact_id:i:{raw} mimetype:s:{mime} data1:s:{shlex.quote(value)}"
            self._insert(f"{CONTACTS}/data", bind)
            where = f"raw_contact_id={raw} AND mimetype='{mime}'"
            if self._row(f"{CONTACTS}/data", "data1", where) == value:
                out[f"contacts.{kind.removesuffix('_v2')}"] = value
        return out

    def _event(self) -> dict[str, str]:
        title = self._planted.event
        calendar = self._row(f"{CALENDAR}/calendars", "_id", "")
        start = self._said("date +%s").strip()
        if not calendar.isdigit() or not start.isdigit():
            return {}
        begin = (int(start) + 86_400) * 1000
        self._insert(
            f"{CALENDAR}/events",
            f"calendar_id:i:{calendar} title:s:{shlex.quote(title)} dtstart:l:{begin} dtend:l:{begin + 3_600_000} "
            "eventTimezone:s:UTC",
        )
        self._undo.append(lambda: self._delete(f"{CALENDAR}/events", f"title='{title}'"))
        return (
            {"calendar": title}
            if self._row(f"{CALENDAR}/events", "title", f"title='{title}'") == title
            else {}
        )

    def _clip(self) -> dict[str, str]:
        if self._clipboard is None:
            return {}
        text, before = self._planted.clip, self._clipboard.clipboard()
        self._undo.append(functools.partial(self._clipboard.set_clipboard, before))
        self._clipboard.set_clipboard(text)
        return {"clipboard": text} if self._clipboard.clipboard() == text else {}

    def _place(self) -> dict[str, str]:
        one, shell = self._planted, self._phone.shell
        shell("appops set com.android.shell android:mock_location allow")
        self._undo.append(lambda: shell("appops set com.android.shell android:mock_location default"))
        place = f"{one.latitude:.6f},{one.longitude:.6f}"
        for provider in _PROVIDERS:
            if shell(f"cmd location providers add-test-provider {provider}").code:
                continue
            self._undo.append(
                functools.partial(shell, f"cmd location providers remove-test-provider {provider}")
            )
            shell(f"cmd location providers set-test-provider-enabled {provider} true")
            shell(
                f"cmd location providers set-test-provider-location {provider} --location {place} --accuracy 8"
            )
        return {"location": place} if f"Location[gps {place} " in self._said("dumpsys location") else {}

    def _photo(self) -> dict[str, str]:
        one = self._planted
        remote = f"{CAMERA}/{one.picture}"
        data = photo(one.photo_latitude, one.photo_longitude)
        self._phone.push(data, remote)
        self._undo.append(lambda: self._phone.shell(f"rm -f {remote}"))
        path = remote.replace("/sdcard", "/storage/emulated/0")
        self._phone.shell(f"content call --uri content://media --method scan_file --arg {path}")
        if (
            self._row(IMAGES, "_display_name", f"_display_name='{one.picture}'") != one.picture
            or self._pulled(remote) != data
        ):
            return {}
        self._undo.append(lambda: self._delete(IMAGES, f"_display_name='{one.picture}'"))
        return {
            "media": one.picture,
            "location.photo": f"{one.photo_latitude:.6f},{one.photo_longitude:.6f}",
        }

    def _pulled(self, remote: str) -> bytes:
        """What the phone holds there, its EXIF with it; empty when nothing."""
        try:
            return self._phone.pull(remote)
        except FileNotFoundError:
            return b""

    def _insert(self, uri: str, binds: str) -> None:
        bound = " ".join(f"--bind {shlex.quote(one)}" for one in shlex.split(binds))
        self._phone.shell(f"content insert --uri {uri} {bound}")

    def _delete(self, uri: str, where: str) -> None:
        self._phone.shell(f"content delete --uri {uri} --where {shlex.quote(where)}")

    def _row(self, uri: str, column: str, where: str) -> str:
        """The column in the first row; empty when there is none."""
        condition = f" --where {shlex.quote(where)}" if where else ""
        said = self._said(f"content query --uri {uri} --projection {column}{condition}")
        match = re.search(rf"^Row: 0 {column}=(.*)$", said, re.MULTILINE)
        return match.group(1).strip() if match else ""

    def _said(self, command: str) -> str:
        return self._phone.shell(command).stdout


def _kinds(facts: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in facts))


def photo(latitude: float, longitude: float) -> bytes:
    """A small JPEG that says in its EXIF where it was taken."""
    image = Image.new("RGB", (64, 48), (120, 150, 90))
    exif = image.getexif()
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: _degrees(latitude), 3: "E", 4: _degrees(longitude)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    whole, rest = divmod(value, 1)
    minutes, rest = divmod(rest * 60, 1)
    return whole, minutes, round(rest * 60, 4)
