"""Builds an APK for the twin from a folder: AndroidManifest.xml, src/, and maybe assets/, libs/, res/."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from harness.model.errors import InputError, RunFailure
from harness.twin.apk import CLASSES
from harness.twin.apk_sign import v1_entries, v2_sign
from harness.twin.axml import parse_manifest, write_manifest
from harness.twin.framework import framework_jar

JAVAC_S: Final = 300
MAX_SOURCES: Final = 20_000
MAX_MESSAGES: Final = 100_000
TIME: Final = (1981, 1, 1, 1, 1, 2)
"""Of every entry, so that the same sources make the same bytes."""


def build_apk(source_dir: Path, out: Path) -> Path:
    """Compile, pack and sign. The same sources, key and tools give the same bytes. Raises InputError."""
    if not source_dir.is_dir():
        raise InputError(f"{source_dir}: is not a folder; give one with AndroidManifest.xml and src/")
    path = source_dir / "AndroidManifest.xml"
    manifest = write_manifest(parse_manifest(path), path, _strings(source_dir))
    entries = {"AndroidManifest.xml": manifest, **_assets(source_dir), CLASSES: _classes(source_dir)}
    entries.update(v1_entries(entries))
    signed = v2_sign(pack(entries))
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    temporary.write_bytes(signed)
    os.replace(temporary, out)
    return out


def pack(entries: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on the entries alone; META-INF first, as jar tools expect, then by name."""
    with tempfile.SpooledTemporaryFile(max_size=64 * 1024 * 1024) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in sorted(entries, key=lambda name: (not name.startswith("META-INF/"), name)):
                info = zipfile.ZipInfo(name, TIME)
                info.external_attr = 0o644 << 16
                info.create_system = 3
                stored = name.endswith(".jar")
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, entries[name])
        file.seek(0)
        return file.read()


def _strings(source_dir: Path) -> dict[str, str]:
    """What @string/NAME in the manifest stands for."""
    path = source_dir / "res" / "values" / "strings.xml"
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    if "<!DOCTYPE" in text:
        raise InputError(f"{path}: a resource file has no DOCTYPE")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise InputError(f"{path}: {error}") from None
    return {each.get("name", ""): "".join(each.itertext()) for each in root.iter("string")}


def _assets(source_dir: Path) -> dict[str, bytes]:
    folder = source_dir / "assets"
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        name = path.relative_to(source_dir).as_posix()
        if path.is_symlink():
            raise InputError(f"{path}: is a link; assets are plain files")
        if path.is_file():
            found[name] = path.read_bytes()
    if CLASSES in found:
        raise InputError(f"{source_dir / CLASSES}: is made by the build; remove it")
    return found


def _classes(source_dir: Path) -> bytes:
    """The app's own classes as a jar; the framework's never go in."""
    sources = sorted((source_dir / "src").rglob("*.java"))
    if not sources:
        raise InputError(f"{source_dir / 'src'}: no .java file in it")
    if len(sources) > MAX_SOURCES:
        raise InputError(f"{source_dir / 'src'}: more than {MAX_SOURCES} files")
    libraries = sorted((source_dir / "libs").glob("*.jar"))
    with tempfile.TemporaryDirectory(prefix="harness-build-") as name:
        out = Path(name) / "classes"
        out.mkdir()
        _compile(sources, libraries, out, Path(name) / "sources")
        entries: dict[str, bytes] = {}
        for library in libraries:
            entries.update(_library(library))
        for path in sorted((source_dir / "src").rglob("*")):
            if path.is_file() and path.suffix not in (".java", ".class"):
                entries[path.relative_to(source_dir / "src").as_posix()] = path.read_bytes()
        for path in sorted(out.rglob("*.class")):
            entries[path.relative_to(out).as_posix()] = path.read_bytes()
        return pack(entries)


def _compile(sources: list[Path], libraries: list[Path], out: Path, argument_file: Path) -> None:
    javac = os.environ.get("HARNESS_JAVAC") or shutil.which("javac")
    if javac is None:
        raise InputError(
            "javac is not there: install the Debian package openjdk-17-jdk-headless, or set HARNESS_JAVAC"
        )
    quoted = ['"' + str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"') + '"' for path in sources]
    argument_file.write_text("\n".join(quoted), encoding="utf-8")
    classpath = os.pathsep.join(
        str(path) for path in (framework_jar(), *(each.resolve() for each in libraries))
    )
    command = [javac, "-proc:none", "-nowarn", "-g", "-encoding", "UTF-8", "-source", "17", "-target", "17"]
    command += ["-Xlint:-options", "-Xmaxerrs", "100", "-cp", classpath, "-d", str(out), f"@{argument_file}"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    environment.pop("JDK_JAVA_OPTIONS", None)
    try:
        done = subprocess.run(command, capture_output=True, timeout=JAVAC_S, env=environment, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RunFailure("internal", f"javac: {error}") from error
    if done.returncode:
        text = (done.stderr + done.stdout).decode("utf-8", errors="replace")[:MAX_MESSAGES].rstrip()
        raise InputError(f"javac does not compile it:\n{text}")


def _library(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name: archive.read(name)
                for name in archive.namelist()
                if not name.endswith("/") and not name.startswith("META-INF/") and name != "module-info.class"
            }
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(f"{path}: not a jar: {error}") from None
