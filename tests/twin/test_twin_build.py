"""An app folder becomes an APK: signed, the same each time, without the framework; mistakes are told."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile

import pyaxmlparser
import pytest

from harness.model.errors import InputError
from harness.twin.apk import CLASSES, read_apk
from harness.twin.build import build_apk

MANIFEST = """<manifest package="com.example.built"
    xmlns:android="http://schemas.android.com/apk/res/android">
  <application android:label="@string/label">
    <activity android:name=".Main" android:exported="true"/>
  </application>
</manifest>"""
JAVA = """package com.example.built;
public class Main extends android.app.Activity {
  static final String WORD = "中文";
  @Override protected void onCreate(android.os.Bundle state) { super.onCreate(state); }
}
"""


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "app"
    (folder / "src/com/example/built").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "res/values").mkdir(parents=True)
    (folder / "AndroidManifest.xml").write_text(MANIFEST)
    (folder / "src/com/example/built/Main.java").write_text(JAVA, encoding="utf-8")
    (folder / "src/com/example/built/words.properties").write_text("a=b")
    (folder / "assets/policy.html").write_text("<p>policy</p>")
    (folder / "res/values/strings.xml").write_text(
        '<resources><string name="label">Built</string></resources>'
    )
    return folder


def test_the_same_sources_make_the_same_bytes(source, tmp_path) -> None:
    one = build_apk(source, tmp_path / "one.apk").read_bytes()
    for path in source.rglob("*"):
        path.touch()
    two = build_apk(source, tmp_path / "deeper" / "two.apk").read_bytes()
    assert hashlib.sha256(one).digest() == hashlib.sha256(two).digest()


def test_it_holds_the_apps_classes_and_never_the_frameworks(source, tmp_path) -> None:
    apk = read_apk(build_apk(source, tmp_path / "x.apk"))
    assert apk.manifest.label == "Built" and apk.has_classes and not apk.has_dex
    with zipfile.ZipFile(apk.path) as archive:
        assert archive.read("assets/policy.html") == b"<p>policy</p>"
        with zipfile.ZipFile(archive.open(CLASSES)) as classes:
            assert set(classes.namelist()) == {
                "com/example/built/Main.class",
                "com/example/built/words.properties",
            }


def test_other_tools_take_its_signature(source, tmp_path) -> None:
    apk = build_apk(source, tmp_path / "x.apk")
    jarsigner = shutil.which("jarsigner")
    assert jarsigner, "jarsigner comes with the JDK that javac is from"
    said = subprocess.run([jarsigner, "-verify", str(apk)], capture_output=True, text=True)
    assert "jar verified" in said.stdout
    other = pyaxmlparser.APK(str(apk))
    assert other.is_valid_APK() and other.get_signature_name() == "META-INF/CERT.RSA"
    assert len(read_apk(apk).signer_sha256 or "") == 64


def test_a_changed_byte_breaks_the_signature(source, tmp_path) -> None:
    apk = build_apk(source, tmp_path / "x.apk")
    changed = tmp_path / "changed.apk"
    with zipfile.ZipFile(apk) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"other" if name == "assets/policy.html" else old.read(name))
    jarsigner = shutil.which("jarsigner")
    said = subprocess.run([str(jarsigner), "-verify", str(changed)], capture_output=True, text=True)
    assert "jar verified" not in said.stdout


def test_java_errors_are_shown_as_the_compiler_gives_them(source, tmp_path) -> None:
    (source / "src/com/example/built/Main.java").write_text(
        'package com.example.built;\nclass Main { int x = "s"; }\n'
    )
    with pytest.raises(InputError) as caught:
        build_apk(source, tmp_path / "x.apk")
    assert "Main.java:2: error: incompatible types: String cannot be converted to int" in str(caught.value)
    assert not (tmp_path / "x.apk").exists()


def put(path):
    path.parent.mkdir()
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lambda folder: shutil.rmtree(folder / "src"), "no .java file"),
        (lambda folder: (folder / "AndroidManifest.xml").unlink(), "there is no such file"),
        (lambda folder: shutil.rmtree(folder), "is not a folder"),
        (lambda folder: put(folder / "assets/twin/classes.jar"), "is made by the build"),
    ],
)
def test_a_folder_that_is_no_app_is_told(source, tmp_path, breaks, says) -> None:
    breaks(source)
    with pytest.raises(InputError, match=says):
        build_apk(source, tmp_path / "x.apk")
