"""Reads an APK: its manifest, digest and signer. It is hostile input: everything read from it is bounded."""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from harness.twin.axml_reader import BadXml, Element, read_xml

CLASSES: Final = "assets/twin/classes.jar"
MAX_ENTRIES: Final = 65_536
MAX_MANIFEST: Final = 4 * 1024 * 1024
MAX_CLASSES: Final = 128 * 1024 * 1024
MAX_ASSET: Final = 64 * 1024 * 1024
MAX_ASSETS: Final = 256 * 1024 * 1024
MAX_SIGNATURE: Final = 1024 * 1024
SIGNING_BLOCK_MAGIC: Final = b"APK Sig Block 42"
SCHEME_IDS: Final = (0xF05368C0, 0x1B93AD61, 0x7109871A)
"""Signature schemes v3, v3.1 and v2: the first found names the signer."""


class BadApk(Exception):
    """What `pm install` answers: a code in Android's words and a reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Filter:
    actions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    mime_types: tuple[str, ...] = ()
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Component:
    kind: Literal["activity", "service", "receiver", "provider"]
    name: str
    """Full Java class name."""
    process: str
    """Full process name: the package, or package:suffix, or a global one."""
    exported: bool
    enabled: bool = True
    filters: tuple[Filter, ...] = ()
    authorities: tuple[str, ...] = ()
    permission: str | None = None
    label: str | None = None
    launch_mode: int = 0
    """standard 0, singleTop 1, singleTask 2, singleInstance 3"""
    init_order: int = 0
    target: str | None = None
    """For an activity-alias: the class that is started."""
    no_history: bool = False

    def handles(self, action: str, category: str | None = None) -> bool:
        return any(
            action in each.actions and (category is None or category in each.categories)
            for each in self.filters
        )


@dataclass(frozen=True, slots=True)
class UsesPermission:
    name: str
    max_sdk: int | None = None


@dataclass(frozen=True, slots=True)
class DeclaredPermission:
    name: str
    protection: int
    """Low four bits: normal 0, dangerous 1, signature 2."""


@dataclass(frozen=True, slots=True)
class Queries:
    """What the app says it needs to see of other packages (Android 11+)."""

    packages: tuple[str, ...] = ()
    intents: tuple[Filter, ...] = ()
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    name: str
    version_name: str
    version_code: int
    label: str
    min_sdk: int
    target_sdk: int
    application_class: str | None
    debuggable: bool
    test_only: bool
    process: str
    split: str | None
    uses_permissions: tuple[UsesPermission, ...]
    declared_permissions: tuple[DeclaredPermission, ...]
    activities: tuple[Component, ...]
    services: tuple[Component, ...]
    receivers: tuple[Component, ...]
    providers: tuple[Component, ...]
    queries: Queries
    meta_data: tuple[tuple[str, str], ...]

    def permissions_for(self, sdk: int) -> tuple[str, ...]:
        """What it asks for on that Android version, in the manifest's order, each once."""
        names = (each.name for each in self.uses_permissions if each.max_sdk is None or each.max_sdk >= sdk)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Apk:
    path: Path
    manifest: Manifest
    sha256: str
    signer_sha256: str | None
    """SHA-256 of the signer's certificate; None for an unsigned APK."""
    has_classes: bool
    """It carries assets/twin/classes.jar: code that the twin can run."""
    has_dex: bool


def read_apk(path: Path) -> Apk:
    try:
        with zipfile.ZipFile(path) as archive:
            names = _checked_names(archive)
            if "AndroidManifest.xml" not in names:
                raise BadApk("INSTALL_PARSE_FAILED_UNEXPECTED_EXCEPTION", "AndroidManifest.xml is missing")
            manifest = read_manifest(read_entry(archive, "AndroidManifest.xml", MAX_MANIFEST))
            signer = _signer(path, archive, names)
    except BadXml as error:
        raise BadApk("INSTALL_PARSE_FAILED_BAD_MANIFEST", f"AndroidManifest.xml: {error}") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        struct.error,
    ) as error:
        raise BadApk("INSTALL_PARSE_FAILED_NOT_APK", f"Failed to parse {path.name}: {error}") from error
    return Apk(path, manifest, _sha256(path), signer, CLASSES in names, any(_is_dex(name) for name in names))


def _is_dex(name: str) -> bool:
    return "/" not in name and name.startswith("classes") and name.endswith(".dex")


def _checked_names(archive: zipfile.ZipFile) -> frozenset[str]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise BadApk("INSTALL_PARSE_FAILED_NOT_APK", f"more than {MAX_ENTRIES} entries")
    for entry in entries:
        parts = entry.filename.split("/")
        if (
            entry.filename.startswith("/")
            or ".." in parts
            or "\\" in entry.filename
            or "\0" in entry.orig_filename
        ):
            raise BadApk(
                "INSTALL_PARSE_FAILED_NOT_APK", f"entry {entry.filename[:200]!r} leads out of the archive"
            )
    return frozenset(entry.filename for entry in entries)


def read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The entry's bytes; more than `limit` is refused while unpacking, whatever the header says."""
    with archive.open(name) as entry:
        data = entry.read(limit + 1)
    if len(data) > limit:
        raise BadApk("INSTALL_FAILED_INVALID_APK", f"{name} unpacks to more than {limit} bytes")
    return data


def extract(path: Path, folder: Path) -> Path | None:
    """Unpack classes and assets into `folder`; returns classes.jar, or None when there is none."""
    with zipfile.ZipFile(path) as archive:
        _checked_names(archive)
        total = 0
        for entry in archive.infolist():
            name = entry.filename
            if not name.startswith("assets/") or entry.is_dir() or name == CLASSES:
                continue
            data = read_entry(archive, name, MAX_ASSET)
            total += len(data)
            if total > MAX_ASSETS:
                raise BadApk("INSTALL_FAILED_INVALID_APK", f"assets unpack to more than {MAX_ASSETS} bytes")
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if CLASSES not in archive.namelist():
            return None
        jar = folder / "classes.jar"
        jar.write_bytes(read_entry(archive, CLASSES, MAX_CLASSES))
        return jar


def read_manifest(data: bytes) -> Manifest:
    root = read_xml(data)
    name = root.text("package")
    if root.tag != "manifest" or not name:
        raise BadXml("no <manifest package=…>")
    if not all(part.replace("_", "a").isalnum() for part in name.split(".")):
        raise BadXml(f"package name {name[:200]!r}")
    application = root.first("application") or Element("application", {})
    sdk = root.first("uses-sdk") or Element("uses-sdk", {})
    min_sdk = sdk.number("minSdkVersion", 1)
    process = _process(name, application.text("process"), name)
    parts = _Components(name, process, application, sdk.number("targetSdkVersion", min_sdk))
    return Manifest(
        name=name,
        version_name=root.text("versionName") or str(root.attributes.get("versionName") or ""),
        version_code=root.number("versionCode", 0) | root.number("versionCodeMajor", 0) << 32,
        label=application.text("label") or name,
        min_sdk=min_sdk,
        target_sdk=sdk.number("targetSdkVersion", min_sdk),
        application_class=_class_name(name, text) if (text := application.text("name")) else None,
        debuggable=application.truth("debuggable", False),
        test_only=application.truth("testOnly", False),
        process=process,
        split=root.text("split"),
        uses_permissions=_uses_permissions(root),
        declared_permissions=tuple(
            DeclaredPermission(text, each.number("protectionLevel", 0))
            for each in root.all("permission")
            if (text := each.text("name"))
        ),
        activities=parts.of("activity") + parts.aliases(),
        services=parts.of("service"),
        receivers=parts.of("receiver"),
        providers=parts.of("provider"),
        queries=_queries(root),
        meta_data=tuple(
            (text, str(each.attributes.get("value", "")))
            for each in application.all("meta-data")
            if (text := each.text("name"))
        ),
    )


def _uses_permissions(root: Element) -> tuple[UsesPermission, ...]:
    found = []
    for tag in ("uses-permission", "uses-permission-sdk-23"):
        for each in root.all(tag):
            limit = each.number("maxSdkVersion", -1)
            if text := each.text("name"):
                found.append(UsesPermission(text, limit if limit >= 0 else None))
    return tuple(found)


def _queries(root: Element) -> Queries:
    packages, intents, authorities = [], [], []
    for each in root.all("queries"):
        packages += [text for child in each.all("package") if (text := child.text("name"))]
        intents += [_filter(child) for child in each.all("intent")]
        authorities += [
            part
            for child in each.all("provider")
            for part in (child.text("authorities") or "").split(";")
            if part
        ]
    return Queries(tuple(packages), tuple(intents), tuple(authorities))


def _class_name(package: str, name: str) -> str:
    if name.startswith("."):
        return package + name
    return name if "." in name else f"{package}.{name}"


def _process(package: str, name: str | None, default: str) -> str:
    if not name:
        return default
    return package + name if name.startswith(":") else name


@dataclass(frozen=True, slots=True)
class _Components:
    package: str
    process: str
    application: Element
    target_sdk: int

    def of(self, kind: Literal["activity", "service", "receiver", "provider"]) -> tuple[Component, ...]:
        return tuple(self._component(kind, each) for each in self.application.all(kind) if each.text("name"))

    def aliases(self) -> tuple[Component, ...]:
        return tuple(
            self._component("activity", each)
            for each in self.application.all("activity-alias")
            if each.text("name")
        )

    def _component(
        self, kind: Literal["activity", "service", "receiver", "provider"], each: Element
    ) -> Component:
        filters = tuple(_filter(child) for child in each.all("intent-filter"))
        # Providers were exported by default up to target 16; everything else is when it has a filter.
        exported = self.target_sdk <= 16 if kind == "provider" else bool(filters)
        target = each.text("targetActivity")
        return Component(
            kind=kind,
            name=_class_name(self.package, each.text("name") or ""),
            process=_process(self.package, each.text("process"), self.process),
            exported=each.truth("exported", exported),
            enabled=each.truth("enabled", True),
            filters=filters,
            authorities=tuple(part for part in (each.text("authorities") or "").split(";") if part),
            permission=each.text("permission") or each.text("readPermission"),
            label=each.text("label"),
            launch_mode=each.number("launchMode", 0),
            init_order=each.number("initOrder", 0),
            target=_class_name(self.package, target) if target else None,
            no_history=each.truth("noHistory", False),
        )


def _filter(each: Element) -> Filter:
    data = each.all("data")
    return Filter(
        actions=tuple(text for child in each.all("action") if (text := child.text("name"))),
        categories=tuple(text for child in each.all("category") if (text := child.text("name"))),
        schemes=tuple(text for child in data if (text := child.text("scheme"))),
        hosts=tuple(text for child in data if (text := child.text("host"))),
        mime_types=tuple(text for child in data if (text := child.text("mimeType"))),
        priority=each.number("priority", 0),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _signer(path: Path, archive: zipfile.ZipFile, names: frozenset[str]) -> str | None:
    block = _signing_block(path, archive.start_dir)
    for scheme in SCHEME_IDS:
        if scheme in block:
            return hashlib.sha256(_first_certificate(block[scheme])).hexdigest()
    for name in sorted(names):
        if name.startswith("META-INF/") and name.upper().endswith((".RSA", ".EC", ".DSA")):
            certificates = pkcs7.load_der_pkcs7_certificates(read_entry(archive, name, MAX_SIGNATURE))
            return (
                hashlib.sha256(certificates[0].public_bytes(Encoding.DER)).hexdigest()
                if certificates
                else None
            )
    return None


def _signing_block(path: Path, directory: int) -> dict[int, bytes]:
    """The ID-value pairs of the APK Signing Block, which ends where the zip's central directory begins."""
    with path.open("rb") as file:
        if directory < 32:
            return {}
        file.seek(directory - 24)
        size, magic = struct.unpack("<Q16s", file.read(24))
        if magic != SIGNING_BLOCK_MAGIC or not 24 <= size <= min(MAX_SIGNATURE, directory - 8):
            return {}
        file.seek(directory - size)
        data = file.read(size - 24)
    pairs: dict[int, bytes] = {}
    at = 0
    while at + 12 <= len(data):
        length, key = struct.unpack_from("<QI", data, at)
        if length < 4 or at + 8 + length > len(data):
            raise ValueError("damaged APK Signing Block")
        pairs[key] = data[at + 12 : at + 8 + length]
        at += 8 + length
    return pairs


def _first_certificate(block: bytes) -> bytes:
    """signers → first signer → signed data → (digests, certificates) → first certificate."""
    signed_data = _prefixed(_prefixed(_prefixed(block, 0), 0), 0)
    digests = _prefixed(signed_data, 0)
    return _prefixed(_prefixed(signed_data, 4 + len(digests)), 0)


def _prefixed(data: bytes, at: int) -> bytes:
    (size,) = struct.unpack_from("<I", data, at)
    if at + 4 + size > len(data):
        raise ValueError("damaged APK Signing Block")
    return data[at + 4 : at + 4 + size]
