"""What an APK says of itself, and what is no APK."""

from __future__ import annotations

import hashlib
import zipfile

import pytest

from harness.device import app_package
from harness.device.app_package import read_app
from harness.model.errors import InputError


def test_a_sample_app_says_who_it_is(sample_apk):
    apk = sample_apk("eager")
    app = read_app(apk)
    assert (app.package, app.version_name, app.version_code) == ("org.harness.sample.eager", "2.0.1", 7)
    assert (app.label, app.target_sdk) == ("急切手电", 22)
    assert app.permissions == ["android.permission.INTERNET", "android.permission.READ_PHONE_STATE"]
    assert app.sha256 == hashlib.sha256(apk.read_bytes()).hexdigest()
    assert app.signer_sha256 is not None and len(app.signer_sha256) == 64


@pytest.mark.parametrize("manifest", [b"", b"\x03\x00\x08\x00" + b"\xff" * 40, b"<manifest/>", b"\0" * 5000])
def test_a_broken_manifest_is_the_users_error_in_one_line(manifest, tmp_path):
    path = tmp_path / "broken.apk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AndroidManifest.xml", manifest)
    with pytest.raises(InputError) as error:
        read_app(path)
    assert "broken.apk" in str(error.value) and "\n" not in str(error.value)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "bomb.apk"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AndroidManifest.xml", b"\0" * 5_000_000)
    monkeypatch.setattr(app_package, "APK", lambda name: pytest.fail("it was handed to the parser"))
    with pytest.raises(InputError, match="unpacks to 5000000 bytes"):
        read_app(path)


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(app_package, "MAX_ENTRIES", 3)
    path = tmp_path / "many.apk"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5):
            archive.writestr(f"f{number}", b"")
    with pytest.raises(InputError, match="5 entries"):
        read_app(path)


def test_a_folder_and_a_missing_file_are_named(tmp_path):
    for path in (tmp_path, tmp_path / "none.apk"):
        with pytest.raises(InputError, match="no such file"):
            read_app(path)
