"""The framework is built once, the same bytes each time, and runs on Java 17 only."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from harness.model.errors import RunFailure
from harness.twin import framework
from harness.twin.trust_store import write_trust_store


def test_the_same_sources_make_the_same_jar(tmp_path: Path) -> None:
    one = framework.build_framework(tmp_path / "one.jar").read_bytes()
    assert framework.build_framework(tmp_path / "two.jar").read_bytes() == one
    assert one[:2] == b"PK"


def test_a_newer_source_makes_the_jar_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = tmp_path / "src"
    (sources / "x").mkdir(parents=True)
    source = sources / "x" / "X.java"
    source.write_text("package x; public class X {}")
    monkeypatch.setattr(framework, "SOURCES", sources)
    jar = tmp_path / "data" / "f.jar"
    monkeypatch.setattr(framework, "JAR", jar)
    built = framework.framework_jar().stat().st_mtime_ns
    assert framework.framework_jar().stat().st_mtime_ns == built
    source.write_text("package x; public class X { int y; }")
    assert framework.framework_jar().stat().st_mtime_ns > built


def test_what_does_not_compile_is_said_in_the_compilers_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "X.java").write_text("class X { int y = ; }")
    monkeypatch.setattr(framework, "SOURCES", tmp_path)
    with pytest.raises(RunFailure, match="illegal start of expression"):
        framework.build_framework(tmp_path / "out.jar")


def test_another_java_than_17_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "java"
    fake.write_text("#!/bin/sh\necho 'openjdk version \"21.0.2\" 2024-01-16' >&2\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("HARNESS_JAVA", str(fake))
    framework.java_path.cache_clear()
    try:
        with pytest.raises(RunFailure, match=r"Java 21\.0\.2"):
            framework.java_path()
    finally:
        framework.java_path.cache_clear()


def test_a_trust_store_is_one_that_java_reads(tmp_path: Path) -> None:
    certificates = tmp_path / "cacerts"
    certificates.mkdir()
    (certificates / "broken.0").write_text("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n")
    store = tmp_path / "store.jks"
    assert write_trust_store([certificates, tmp_path / "absent"], store) == 0
    keytool = subprocess.run(
        ["keytool", "-list", "-keystore", store, "-storetype", "JKS", "-storepass", "changeit"],
        capture_output=True,
        text=True,
    )
    assert "ca0, " in keytool.stdout and "trustedCertEntry" in keytool.stdout, keytool.stdout + keytool.stderr
