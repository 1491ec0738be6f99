"""Reads Android's binary XML (AndroidManifest.xml inside an APK). Hostile input ends in BadXml."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_STRINGS: Final = 100_000
MAX_STRING_BYTES: Final = 65_536
MAX_ELEMENTS: Final = 50_000
MAX_DEPTH: Final = 100
MAX_ATTRIBUTES: Final = 1_000

RES_XML: Final = 0x0003
RES_STRING_POOL: Final = 0x0001
RES_RESOURCE_MAP: Final = 0x0180
RES_START_NAMESPACE: Final = 0x0100
RES_END_NAMESPACE: Final = 0x0101
RES_START_ELEMENT: Final = 0x0102
RES_END_ELEMENT: Final = 0x0103
RES_CDATA: Final = 0x0104
UTF8: Final = 1 << 8

TYPE_REFERENCE: Final = 0x01
TYPE_ATTRIBUTE: Final = 0x02
TYPE_STRING: Final = 0x03
TYPE_FLOAT: Final = 0x04
TYPE_INT_DEC: Final = 0x10
TYPE_INT_HEX: Final = 0x11
TYPE_INT_BOOLEAN: Final = 0x12
NONE: Final = 0xFFFFFFFF

ANDROID_NS: Final = "http://schemas.android.com/apk/res/android"


class BadXml(Exception):
    """Not binary XML, or more of it than a manifest can have."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A resource id that only resources.arsc could resolve."""

    id: int


Value = str | int | bool | float | Reference | None


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, Value]
    """Android attributes under their bare name; others as "{namespace}name"."""
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> Element | None:
        return next(iter(self.all(tag)), None)

    def text(self, name: str) -> str | None:
        value = self.attributes.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str, default: int) -> int:
        value = self.attributes.get(name)
        if isinstance(value, int):
            return int(value)
        if isinstance(value, str):
            try:
                return int(value, 0)
            except ValueError:
                return default
        return default

    def truth(self, name: str, default: bool) -> bool:
        value = self.attributes.get(name)
        if isinstance(value, bool):
            return value
        return value == "true" if isinstance(value, str) else default


def read_xml(data: bytes) -> Element:
    """The root element."""
    if len(data) > MAX_BYTES:
        raise BadXml(f"larger than {MAX_BYTES} bytes")
    try:
        return _Reader(data).root()
    except (struct.error, UnicodeDecodeError) as error:
        raise BadXml(f"damaged binary XML: {error}") from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.strings: list[str] = []
        self.names: dict[int, int] = {}
        self.elements = 0

    def root(self) -> Element:
        kind, header, size = struct.unpack_from("<HHI", self.data, 0)
        if kind != RES_XML or header < 8:
            raise BadXml("not binary XML")
        if size > len(self.data):
            raise BadXml("cut off")
        end = size
        offset = header
        top: Element | None = None
        stack: list[Element] = []
        while offset + 8 <= end:
            kind, header, size = struct.unpack_from("<HHI", self.data, offset)
            if size < 8 or header < 8 or header > size or offset + size > end:
                raise BadXml(f"chunk of {size} bytes at {offset}")
            match kind:
                case 0x0001:
                    self.strings = self._pool(offset)
                case 0x0180:
                    ids = struct.unpack_from(f"<{(size - header) // 4}I", self.data, offset + header)
                    self.names = dict(enumerate(ids))
                case 0x0102:
                    element = self._element(offset + header, offset + size)
                    if stack:
                        stack[-1].children.append(element)
                    elif top is None:
                        top = element
                    else:
                        raise BadXml("two root elements")
                    stack.append(element)
                    if len(stack) > MAX_DEPTH:
                        raise BadXml(f"deeper than {MAX_DEPTH} elements")
                case 0x0103:
                    if not stack:
                        raise BadXml("an end without a start")
                    stack.pop()
                case _:
                    pass
            offset += size
        if top is None or stack:
            raise BadXml("no complete root element")
        return top

    def _pool(self, offset: int) -> list[str]:
        _, header, size, count, _, flags, start, _ = struct.unpack_from("<HHIIIIII", self.data, offset)
        if count > MAX_STRINGS:
            raise BadXml(f"more than {MAX_STRINGS} strings")
        offsets = struct.unpack_from(f"<{count}I", self.data, offset + header)
        end = offset + size
        total = 0
        found: list[str] = []
        for each in offsets:
            text = self._string(offset + start + each, end, bool(flags & UTF8))
            total += len(text)
            # Offsets may all point at one long string: bound what they add up to.
            if total > MAX_BYTES:
                raise BadXml("strings add up to too much")
            found.append(text)
        return found

    def _string(self, at: int, end: int, utf8: bool) -> str:
        if utf8:
            _, at = self._length8(at)
            size, at = self._length8(at)
            if size > MAX_STRING_BYTES or at + size > end:
                raise BadXml("string outside of its pool")
            return self.data[at : at + size].decode("utf-8", errors="replace")
        (size,) = struct.unpack_from("<H", self.data, at)
        at += 2
        if size & 0x8000:
            (low,) = struct.unpack_from("<H", self.data, at)
            size = (size & 0x7FFF) << 16 | low
            at += 2
        if size * 2 > MAX_STRING_BYTES or at + size * 2 > end:
            raise BadXml("string outside of its pool")
        return self.data[at : at + size * 2].decode("utf-16-le", errors="replace")

    def _length8(self, at: int) -> tuple[int, int]:
        (size,) = struct.unpack_from("<B", self.data, at)
        if size & 0x80:
            (low,) = struct.unpack_from("<B", self.data, at + 1)
            return (size & 0x7F) << 8 | low, at + 2
        return size, at + 1

    def _at(self, index: int) -> str:
        if index >= len(self.strings):
            raise BadXml(f"string {index} of {len(self.strings)}")
        return self.strings[index]

    def _element(self, at: int, end: int) -> Element:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise BadXml(f"more than {MAX_ELEMENTS} elements")
        _, name, start, size, count = struct.unpack_from("<IIHHH", self.data, at)
        if count > MAX_ATTRIBUTES or (size < 20 and count):
            raise BadXml(f"{count} attributes of {size} bytes")
        attributes: dict[str, Value] = {}
        for index in range(count):
            where = at + start + index * size
            if where + 20 > end:
                raise BadXml("attribute outside of its element")
            namespace, key, raw, _, _, kind, data = struct.unpack_from("<IIIHBBI", self.data, where)
            attributes[self._name(namespace, key)] = self._value(raw, kind, data)
        return Element(self._at(name), attributes)

    def _name(self, namespace: int, key: int) -> str:
        resource = self.names.get(key)
        # Obfuscated APKs blank the attribute's name; the platform goes by the resource id alone.
        if resource in ATTRIBUTES_BY_ID:
            return ATTRIBUTES_BY_ID[resource]
        name = self._at(key)
        if namespace == NONE or not name:
            return name
        uri = self._at(namespace)
        return name if uri == ANDROID_NS else f"{{{uri}}}{name}"

    def _value(self, raw: int, kind: int, data: int) -> Value:
        match kind:
            case 0x03:
                return self._at(data)
            case 0x01 | 0x02:
                return Reference(data)
            case 0x12:
                return data != 0
            case 0x04:
                return float(struct.unpack("<f", struct.pack("<I", data))[0])
            case 0x10 | 0x11:
                return data - (1 << 32) if data & 0x80000000 and kind == TYPE_INT_DEC else data
            case _:
                return self._at(raw) if raw != NONE else None


ATTRIBUTE_IDS: Final[dict[str, int]] = {
    "theme": 0x01010000,
    "label": 0x01010001,
    "icon": 0x01010002,
    "name": 0x01010003,
    "manageSpaceActivity": 0x01010004,
    "allowClearUserData": 0x01010005,
    "permission": 0x01010006,
    "readPermission": 0x01010007,
    "writePermission": 0x01010008,
    "protectionLevel": 0x01010009,
    "permissionGroup": 0x0101000A,
    "sharedUserId": 0x0101000B,
    "hasCode": 0x0101000C,
    "persistent": 0x0101000D,
    "enabled": 0x0101000E,
    "debuggable": 0x0101000F,
    "exported": 0x01010010,
    "process": 0x01010011,
    "taskAffinity": 0x01010012,
    "multiprocess": 0x01010013,
    "finishOnTaskLaunch": 0x01010014,
    "clearTaskOnLaunch": 0x01010015,
    "stateNotNeeded": 0x01010016,
    "excludeFromRecents": 0x01010017,
    "authorities": 0x01010018,
    "syncable": 0x01010019,
    "initOrder": 0x0101001A,
    "grantUriPermissions": 0x0101001B,
    "priority": 0x0101001C,
    "launchMode": 0x0101001D,
    "screenOrientation": 0x0101001E,
    "configChanges": 0x0101001F,
    "description": 0x01010020,
    "targetPackage": 0x01010021,
    "value": 0x01010024,
    "resource": 0x01010025,
    "mimeType": 0x01010026,
    "scheme": 0x01010027,
    "host": 0x01010028,
    "port": 0x01010029,
    "path": 0x0101002A,
    "pathPrefix": 0x0101002B,
    "pathPattern": 0x0101002C,
    "targetActivity": 0x01010202,
    "alwaysRetainTaskState": 0x01010203,
    "allowTaskReparenting": 0x01010204,
    "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "windowSoftInputMode": 0x0101022B,
    "noHistory": 0x0101022D,
    "targetSdkVersion": 0x01010270,
    "maxSdkVersion": 0x01010271,
    "testOnly": 0x01010272,
    "allowBackup": 0x01010280,
    "required": 0x0101028E,
    "glEsVersion": 0x01010281,
    "installLocation": 0x010102B7,
    "hardwareAccelerated": 0x010102D3,
    "largeHeap": 0x0101035A,
    "isolatedProcess": 0x010103A9,
    "supportsRtl": 0x010103AF,
    "singleUser": 0x010103BF,
    "stopWithTask": 0x0101036A,
    "extractNativeLibs": 0x010104EA,
    "usesCleartextTraffic": 0x010104EC,
    "resizeableActivity": 0x010104F6,
    "directBootAware": 0x01010505,
    "networkSecurityConfig": 0x01010527,
    "roundIcon": 0x0101052C,
    "appCategory": 0x01010545,
    "compileSdkVersion": 0x01010572,
    "compileSdkVersionCodename": 0x01010573,
    "appComponentFactory": 0x0101057A,
    "foregroundServiceType": 0x01010599,
    "requestLegacyExternalStorage": 0x01010603,
    "usesPermissionFlags": 0x01010644,
    "versionCodeMajor": 0x01010576,
    "dataExtractionRules": 0x0101063E,
    "anyDensity": 0x0101026C,
    "autoVerify": 0x010104EE,
    "backupAgent": 0x0101027F,
    "banner": 0x010103F2,
    "documentLaunchMode": 0x01010445,
    "fullBackupContent": 0x010104EB,
    "fullBackupOnly": 0x01010473,
    "immersive": 0x010102C0,
    "isGame": 0x010103F4,
    "killAfterRestore": 0x0101029C,
    "largeScreens": 0x01010286,
    "logo": 0x010102BE,
    "normalScreens": 0x01010285,
    "parentActivityName": 0x010103A7,
    "requiredFeature": 0x01010554,
    "settingsActivity": 0x01010225,
    "sharedUserLabel": 0x01010261,
    "showWhenLocked": 0x01010569,
    "smallScreens": 0x01010284,
    "ssp": 0x010103E3,
    "sspPattern": 0x010103E5,
    "supportsPictureInPicture": 0x010104F7,
    "turnScreenOn": 0x0101056A,
    "uiOptions": 0x01010398,
    "visibleToInstantApps": 0x01010531,
    "vmSafeMode": 0x010102B8,
    "xlargeScreens": 0x010102BF,
}
"""Resource ids of the android: attributes that manifests use; android.R.attr never changes a published id."""
ATTRIBUTES_BY_ID: Final = {number: name for name, number in ATTRIBUTE_IDS.items()}
