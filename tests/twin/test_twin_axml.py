"""Text manifests become binary ones that other readers understand; hostile ones are refused in time."""

from __future__ import annotations

import random
import struct
import time
import zipfile

import pyaxmlparser
import pytest

from harness.model.errors import InputError
from harness.twin.apk import BadApk, extract, read_apk, read_manifest
from harness.twin.axml import parse_manifest, write_manifest
from harness.twin.axml_reader import BadXml, read_xml

NS = 'xmlns:android="http://schemas.android.com/apk/res/android" xmlns:tools="http://schemas.android.com/tools"'
FULL = f"""<manifest {NS} package="com.example.app" android:versionCode="7" android:versionName="1.2.3">
  <uses-sdk android:minSdkVersion="23" android:targetSdkVersion="31" tools:ignore="x"/>
  <uses-permission android:name="android.permission.INTERNET"/>
  <uses-permission android:name="android.permission.WRITE_EXTERNAL_STORAGE" android:maxSdkVersion="28"/>
  <permission android:name="com.example.app.P" android:protectionLevel="signature|privileged"/>
  <queries><package android:name="com.other"/><intent><action android:name="a.b.C"/></intent></queries>
  <application android:label="@string/name" android:name=".App" android:icon="@mipmap/icon"
      android:debuggable="true">
    <activity android:name=".Main" android:exported="true" android:launchMode="singleTask"
        android:configChanges="orientation|screenSize">
      <intent-filter android:priority="3">
        <action android:name="android.intent.action.MAIN"/>
        <category android:name="android.intent.category.LAUNCHER"/>
      </intent-filter>
      <intent-filter>
        <action android:name="android.intent.action.VIEW"/>
        <category android:name="android.intent.category.DEFAULT"/>
        <data android:scheme="https" android:host="example.com"/>
      </intent-filter>
    </activity>
    <activity-alias android:name=".Other" android:targetActivity=".Main" android:enabled="false"/>
    <service android:name="com.example.lib.S" android:process=":push"/>
    <receiver android:name=".R"><intent-filter><action android:name="x.Y"/></intent-filter></receiver>
    <provider android:name=".P" android:authorities="${{applicationId}}.p;com.example.q"
        android:initOrder="5"/>
    <meta-data android:name="KEY" android:value="12345678901234567890"/>
  </application>
</manifest>"""


def binary(tmp_path, text, strings=None):
    path = tmp_path / "AndroidManifest.xml"
    path.write_text(text, encoding="utf-8")
    return write_manifest(parse_manifest(path), path, strings or {})


def test_what_was_written_is_what_is_read(tmp_path) -> None:
    manifest = read_manifest(binary(tmp_path, FULL, {"name": "示例"}))
    assert (manifest.name, manifest.version_code, manifest.version_name) == ("com.example.app", 7, "1.2.3")
    assert (manifest.min_sdk, manifest.target_sdk, manifest.debuggable) == (23, 31, True)
    assert manifest.label == "示例" and manifest.application_class == "com.example.app.App"
    assert manifest.permissions_for(33) == ("android.permission.INTERNET",)
    assert len(manifest.permissions_for(28)) == 2
    main, alias = manifest.activities
    assert main.handles("android.intent.action.MAIN", "android.intent.category.LAUNCHER")
    assert main.launch_mode == 2 and main.exported
    assert main.filters[0].priority == 3 and main.filters[1].hosts == ("example.com",)
    assert alias.target == "com.example.app.Main" and not alias.enabled and not alias.exported
    assert manifest.services[0].process == "com.example.app:push"
    assert manifest.receivers[0].exported, "a filter exports by default"
    assert manifest.providers[0].authorities == ("com.example.app.p", "com.example.q")
    assert manifest.providers[0].init_order == 5
    assert manifest.queries.packages == ("com.other",) and manifest.queries.intents[0].actions == ("a.b.C",)
    assert manifest.declared_permissions[0].protection == 0x12
    assert dict(manifest.meta_data)["KEY"] == "12345678901234567890"


def test_another_reader_reads_the_same(tmp_path) -> None:
    apk = tmp_path / "x.apk"
    with zipfile.ZipFile(apk, "w") as archive:
        archive.writestr("AndroidManifest.xml", binary(tmp_path, FULL, {"name": "示例"}))
    other = pyaxmlparser.APK(str(apk))
    assert (other.package, str(other.version_code), other.version_name) == ("com.example.app", "7", "1.2.3")
    assert other.get_app_name() == "示例"
    assert other.get_main_activity() == "com.example.app.Main"
    assert set(other.get_permissions()) == {
        "android.permission.INTERNET",
        "android.permission.WRITE_EXTERNAL_STORAGE",
    }
    assert (other.get_min_sdk_version(), other.get_target_sdk_version()) == ("23", "31")
    assert other.get_services() == ["com.example.lib.S"]


def test_missing_sdk_versions_are_filled_in(tmp_path) -> None:
    manifest = read_manifest(binary(tmp_path, f'<manifest {NS} package="com.x.y"/>'))
    assert (manifest.min_sdk, manifest.target_sdk, manifest.version_code) == (21, 33, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<manifest", "AndroidManifest.xml:1:"),
        ("<x/>", "not <manifest>"),
        ("<manifest/>", "is not a package name"),
        ('<manifest package="one"/>', "is not a package name"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><manifest package="com.x.y"/>', "no DOCTYPE"),
        (f'<manifest {NS} package="c.x"><a android:label="@string/no"/></manifest>', "strings.xml"),
        (f'<manifest {NS} package="c.x"><a android:launchMode="solo"/></manifest>', "'solo' is none of"),
        ("<manifest package='com.x.y'>" + "<a>" * 200 + "</a>" * 200 + "</manifest>", "deeper ones"),
    ],
)  # fmt: skip
def test_a_bad_manifest_is_told_with_its_place(tmp_path, text, says) -> None:
    with pytest.raises(InputError, match=says) as caught:
        binary(tmp_path, text)
    assert "AndroidManifest.xml" in str(caught.value)


def test_every_cut_and_every_flipped_byte_ends_in_a_typed_error(tmp_path) -> None:
    good = binary(tmp_path, FULL, {"name": "示例"})
    random.seed(1)
    began = time.monotonic()
    for length in range(0, len(good), 7):
        with pytest.raises(BadXml):
            read_xml(good[:length])
    for _ in range(3000):
        data = bytearray(good)
        for _ in range(random.randint(1, 8)):
            data[random.randrange(len(data))] = random.randrange(256)
        try:
            read_manifest(bytes(data))
        except BadXml:
            pass
    assert time.monotonic() - began < 30


def test_a_pool_that_names_one_long_string_often_is_refused() -> None:
    count = 90_000
    text = b"\x80\xf0\x80\xf0" + b"a" * 240 + b"\0"
    offsets = bytes(4 * count)
    pool = struct.pack("<HHIIIIII", 1, 28, 28 + len(offsets) + len(text), count, 0, 256, 28 + len(offsets), 0)
    data = pool + offsets + text
    with pytest.raises(BadXml, match="too much"):
        read_xml(struct.pack("<HHI", 3, 8, 8 + len(data)) + data)


def apk_of(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["../../evil", "assets/../../../evil", "/etc/evil", "a\\..\\b"])
def test_a_zip_that_leads_out_is_refused(tmp_path, name) -> None:
    path = apk_of(
        tmp_path / "x.apk", {"AndroidManifest.xml": binary(tmp_path, FULL, {"name": "x"}), name: b"x"}
    )
    with pytest.raises(BadApk, match="leads out"):
        read_apk(path)


def test_a_zip_bomb_is_refused_while_unpacking(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("harness.twin.apk.MAX_ASSET", 100_000)
    manifest = binary(tmp_path, FULL, {"name": "x"})
    path = apk_of(tmp_path / "x.apk", {"AndroidManifest.xml": manifest, "assets/bomb": bytes(10_000_000)})
    with pytest.raises(BadApk, match="unpacks to more"):
        extract(path, tmp_path / "out")
    huge = apk_of(tmp_path / "y.apk", {"AndroidManifest.xml": bytes(50_000_000)})
    with pytest.raises(BadApk):
        read_apk(huge)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not a zip", b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_apk_is_told_in_androids_words(tmp_path, data) -> None:
    path = tmp_path / "x.apk"
    path.write_bytes(data)
    with pytest.raises(BadApk) as caught:
        read_apk(path)
    assert caught.value.code.startswith("INSTALL_PARSE_FAILED")
