"""Turns a text AndroidManifest.xml into the binary form that Android and APK tools read."""

from __future__ import annotations

import re
import struct
import xml.parsers.expat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from harness.model.errors import InputError
from harness.twin.axml_reader import (
    ANDROID_NS,
    ATTRIBUTE_IDS,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    NONE,
    RES_END_ELEMENT,
    RES_END_NAMESPACE,
    RES_RESOURCE_MAP,
    RES_START_ELEMENT,
    RES_START_NAMESPACE,
    RES_STRING_POOL,
    RES_XML,
    TYPE_INT_BOOLEAN,
    TYPE_INT_DEC,
    TYPE_INT_HEX,
    TYPE_REFERENCE,
    TYPE_STRING,
    UTF8,
)

TOOLS_NS: Final = "http://schemas.android.com/tools"
STRINGS: Final = frozenset(
    (
        "authorities", "backupAgent", "compileSdkVersionCodename", "description", "host", "label", "mimeType",
        "name", "parentActivityName", "path", "pathPattern", "pathPrefix", "permission", "permissionGroup",
        "port", "process", "readPermission", "scheme", "sharedUserId", "ssp", "targetActivity",
        "targetPackage", "taskAffinity", "versionName", "writePermission",
    )
)  # fmt: skip
"""Attributes that stay text even where the text looks like a number."""
LEFT_OUT: Final = frozenset(
    (
        "banner", "dataExtractionRules", "fullBackupContent", "icon", "logo", "networkSecurityConfig",
        "resource", "roundIcon", "theme",
    )
)  # fmt: skip
"""References to resources, which the twin's APKs do not have: left out, nothing of the twin reads them."""

NAMED: Final[dict[str, dict[str, int]]] = {
    "configChanges": {
        "mcc": 1, "mnc": 2, "locale": 4, "touchscreen": 8, "keyboard": 0x10, "keyboardHidden": 0x20,
        "navigation": 0x40, "orientation": 0x80, "screenLayout": 0x100, "uiMode": 0x200, "screenSize": 0x400,
        "smallestScreenSize": 0x800, "density": 0x1000, "layoutDirection": 0x2000, "colorMode": 0x4000,
        "fontScale": 0x40000000,
    },
    "documentLaunchMode": {"none": 0, "intoExisting": 1, "always": 2, "never": 3},
    "foregroundServiceType": {
        "dataSync": 1, "mediaPlayback": 2, "phoneCall": 4, "location": 8, "connectedDevice": 0x10,
        "mediaProjection": 0x20, "camera": 0x40, "microphone": 0x80,
    },
    "installLocation": {"auto": 0, "internalOnly": 1, "preferExternal": 2},
    "launchMode": {
        "standard": 0, "singleTop": 1, "singleTask": 2, "singleInstance": 3, "singleInstancePerTask": 4,
    },
    "protectionLevel": {
        "normal": 0, "dangerous": 1, "signature": 2, "signatureOrSystem": 3, "privileged": 0x10,
        "development": 0x20, "appop": 0x40, "instant": 0x1000, "runtime": 0x2000,
    },
    "screenOrientation": {
        "unspecified": -1, "landscape": 0, "portrait": 1, "user": 2, "behind": 3, "sensor": 4, "nosensor": 5,
        "sensorLandscape": 6, "sensorPortrait": 7, "reverseLandscape": 8, "reversePortrait": 9,
        "fullSensor": 10, "userLandscape": 11, "userPortrait": 12, "fullUser": 13, "locked": 14,
    },
    "usesPermissionFlags": {"neverForLocation": 0x10000},
    "windowSoftInputMode": {
        "stateUnspecified": 0, "stateUnchanged": 1, "stateHidden": 2, "stateAlwaysHidden": 3,
        "stateVisible": 4, "stateAlwaysVisible": 5, "adjustUnspecified": 0, "adjustResize": 0x10,
        "adjustPan": 0x20, "adjustNothing": 0x30,
    },
}  # fmt: skip
"""Words of enumerated attributes; several joined by | make flags."""


@dataclass(slots=True)
class Attribute:
    namespace: str
    name: str
    text: str
    line: int


@dataclass(slots=True)
class Node:
    tag: str
    line: int
    attributes: list[Attribute] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def find(self, tag: str) -> Node | None:
        return next((child for child in self.children if child.tag == tag), None)

    def get(self, name: str, namespace: str = ANDROID_NS) -> str | None:
        for each in self.attributes:
            if each.name == name and each.namespace == namespace:
                return each.text
        return None

    def default(self, name: str, text: str, namespace: str = ANDROID_NS) -> None:
        if self.get(name, namespace) is None:
            self.attributes.append(Attribute(namespace, name, text, self.line))


def parse_manifest(path: Path) -> Node:
    """The text manifest's <manifest> element, with the sdk versions filled in where they are missing."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no such file; an app folder needs its AndroidManifest.xml"
        ) from None
    root = _parse(path, data)
    if root.tag != "manifest":
        raise InputError(f"{path}:{root.line}: the root element is <{root.tag}>, not <manifest>")
    package = root.get("package", "")
    if not package or not re.fullmatch(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+", package):
        raise InputError(
            f'{path}:{root.line}: package="{package or ""}" is not a package name such as com.example.app'
        )
    root.default("versionCode", "1")
    root.default("versionName", "1.0")
    sdk = root.find("uses-sdk")
    if sdk is None:
        sdk = Node("uses-sdk", root.line)
        root.children.insert(0, sdk)
    sdk.default("minSdkVersion", "21")
    sdk.default("targetSdkVersion", "33")
    return root


def _parse(path: Path, data: bytes) -> Node:
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES} bytes")
    parser = xml.parsers.expat.ParserCreate(namespace_separator="\n")
    stack: list[Node] = []
    roots: list[Node] = []
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS or len(stack) >= MAX_DEPTH:
            raise InputError(
                f"{path}:{parser.CurrentLineNumber}: more elements, or deeper ones, than a manifest can have"
            )
        node = Node(name.rpartition("\n")[2], parser.CurrentLineNumber)
        for key, text in attributes.items():
            namespace, _, bare = key.rpartition("\n")
            if namespace != TOOLS_NS:
                node.attributes.append(Attribute(namespace, bare, text, parser.CurrentLineNumber))
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)

    def refuse_doctype(*_: object) -> None:
        raise InputError(f"{path}:{parser.CurrentLineNumber}: a manifest has no DOCTYPE")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise InputError(
            f"{path}:{error.lineno}:{error.offset + 1}: {xml.parsers.expat.ErrorString(error.code)}"
        ) from None
    return roots[0]


def write_manifest(root: Node, path: Path, strings: Mapping[str, str]) -> bytes:
    """Binary XML of the element; `strings` is what @string/NAME stands for. `path` is named in errors."""
    return _Writer(path, root.get("package", "") or "", strings).document(root)


class _Writer:
    def __init__(self, path: Path, package: str, strings: Mapping[str, str]) -> None:
        self.path = path
        self.package = package
        self.resources = strings
        self.pool: dict[str, int] = {}

    def document(self, root: Node) -> bytes:
        used = sorted({ATTRIBUTE_IDS[name] for name in self._names(root)})
        by_id = {number: name for name, number in ATTRIBUTE_IDS.items()}
        # The resource map is by string index, so attribute names with an id come first in the pool.
        for number in used:
            self._index(by_id[number])
        body = self._element(root)
        prefix, uri = self._index("android"), self._index(ANDROID_NS)
        opening = _chunk(RES_START_NAMESPACE, struct.pack("<IIII", root.line, NONE, prefix, uri), 16)
        closing = _chunk(RES_END_NAMESPACE, struct.pack("<IIII", root.line, NONE, prefix, uri), 16)
        resource_map = _chunk(RES_RESOURCE_MAP, struct.pack(f"<{len(used)}I", *used), 8)
        content = self._string_pool() + resource_map + opening + body + closing
        return struct.pack("<HHI", RES_XML, 8, 8 + len(content)) + content

    def _names(self, node: Node) -> set[str]:
        names = {
            each.name
            for each in node.attributes
            if each.namespace == ANDROID_NS and each.name in ATTRIBUTE_IDS
        }
        for child in node.children:
            names |= self._names(child)
        return names

    def _index(self, text: str) -> int:
        return self.pool.setdefault(text, len(self.pool))

    def _element(self, node: Node) -> bytes:
        name = self._index(node.tag)
        attributes = []
        for each in node.attributes:
            typed = self._typed(node, each)
            if typed is not None:
                attributes.append((self._order(each), self._attribute(each, *typed)))
        packed = b"".join(raw for _, raw in sorted(attributes))
        start = (
            struct.pack("<IIIIHHHHHH", node.line, NONE, NONE, name, 20, 20, len(attributes), 0, 0, 0) + packed
        )
        end = struct.pack("<IIII", node.line, NONE, NONE, name)
        inside = b"".join(self._element(child) for child in node.children)
        return _chunk(RES_START_ELEMENT, start, 16) + inside + _chunk(RES_END_ELEMENT, end, 16)

    def _order(self, each: Attribute) -> tuple[int, str]:
        number = ATTRIBUTE_IDS.get(each.name, NONE) if each.namespace == ANDROID_NS else NONE
        return number, each.name

    def _attribute(self, each: Attribute, kind: int, data: int, raw: int) -> bytes:
        namespace = self._index(each.namespace) if each.namespace else NONE
        return struct.pack("<IIIHBBI", namespace, self._index(each.name), raw, 8, 0, kind, data & 0xFFFFFFFF)

    def _typed(self, node: Node, each: Attribute) -> tuple[int, int, int] | None:
        """(type, data, raw string index), or None for an attribute that is left out."""
        text = each.text.replace("${applicationId}", self.package)
        if text.startswith("@"):
            reference = self._reference(node, each, text)
            if not isinstance(reference, str):
                return reference
            text = reference
        plain = each.namespace != ANDROID_NS or each.name in STRINGS
        if plain:
            index = self._index(text)
            return TYPE_STRING, index, index
        if each.name in NAMED and not re.fullmatch(r"-?\d+|0x[0-9a-fA-F]+", text):
            return self._word(each, text)
        if text in ("true", "false"):
            return TYPE_INT_BOOLEAN, NONE if text == "true" else 0, NONE
        if re.fullmatch(r"-?\d{1,10}", text):
            return TYPE_INT_DEC, int(text), NONE
        if re.fullmatch(r"0x[0-9a-fA-F]{1,8}", text):
            return TYPE_INT_HEX, int(text, 16), NONE
        index = self._index(text)
        return TYPE_STRING, index, index

    def _reference(self, node: Node, each: Attribute, text: str) -> tuple[int, int, int] | str | None:
        if match := re.fullmatch(r"@(0x[0-9a-fA-F]{1,8})", text):
            return TYPE_REFERENCE, int(match[1], 16), NONE
        if text.startswith("@string/") and text[8:] in self.resources:
            return self.resources[text[8:]]
        if each.name in LEFT_OUT:
            return None
        raise InputError(
            f"{self.path}:{each.line}: <{node.tag}> android:{each.name}={text!r}: there is no such resource; "
            "write the text itself, or put the string into res/values/strings.xml"
        )

    def _word(self, each: Attribute, text: str) -> tuple[int, int, int]:
        words = NAMED[each.name]
        total = 0
        for word in text.split("|"):
            if word not in words:
                valid = ", ".join(words)
                raise InputError(
                    f"{self.path}:{each.line}: android:{each.name}={text!r}: {word!r} is none of {valid}"
                )
            total |= words[word] if words[word] >= 0 else words[word] & 0xFFFFFFFF
        return (TYPE_INT_HEX if "|" in text or each.name == "configChanges" else TYPE_INT_DEC), total, NONE

    def _string_pool(self) -> bytes:
        offsets, blob = [], bytearray()
        for text in self.pool:
            offsets.append(len(blob))
            raw = text.encode("utf-8")
            units = len(text.encode("utf-16-le")) // 2
            if len(raw) > 0x7FFF:
                raise InputError(f"{self.path}: a value longer than {0x7FFF} bytes: {text[:40]!r}…")
            blob += _length8(units) + _length8(len(raw)) + raw + b"\0"
        blob += b"\0" * (-len(blob) % 4)
        count = len(offsets)
        head = struct.pack("<IIIII", count, 0, UTF8, 28 + 4 * count, 0)
        return _chunk(RES_STRING_POOL, head + struct.pack(f"<{count}I", *offsets) + bytes(blob), 28)


def _length8(size: int) -> bytes:
    return bytes((size,)) if size < 0x80 else bytes((0x80 | size >> 8, size & 0xFF))


def _chunk(kind: int, content: bytes, header: int) -> bytes:
    return struct.pack("<HHI", kind, header, 8 + len(content)) + content
