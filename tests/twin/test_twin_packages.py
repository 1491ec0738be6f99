"""pm, am and dumpsys over packages built for the twin: what clients read is there, what is wrong is told."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import uiautomator2

from harness.twin.build import build_apk

pytestmark = pytest.mark.twin
PACKAGE = "com.example.pack"
JAVA = """package com.example.pack;
public class Main extends android.app.Activity {
  @Override protected void onCreate(android.os.Bundle state) {
    super.onCreate(state);
    android.widget.TextView text = new android.widget.TextView(this);
    text.setText("pack is here");
    setContentView(text);
    android.util.Log.i("pack", "extra " + getIntent().getStringExtra("word"));
  }
}
"""
HIDDEN = JAVA.replace("class Main", "class Hidden")


def build(folder: Path, version: int = 1, attributes: str = "", sdk: str = "") -> Path:
    source = folder / f"v{version}"
    (source / "src").mkdir(parents=True)
    (source / "src" / "Main.java").write_text(JAVA)
    (source / "src" / "Hidden.java").write_text(HIDDEN)
    (source / "AndroidManifest.xml").write_text(
        f"""<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="{PACKAGE}"
        android:versionCode="{version}" android:versionName="{version}.0"> {sdk}
        <uses-permission android:name="android.permission.INTERNET"/>
        <uses-permission android:name="android.permission.CAMERA"/>
        <application android:label="Pack" {attributes}>
          <activity android:name=".Main" android:exported="true"><intent-filter>
            <action android:name="android.intent.action.MAIN"/>
            <category android:name="android.intent.category.LAUNCHER"/></intent-filter></activity>
          <activity android:name=".Hidden" android:exported="false"/>
        </application></manifest>"""
    )
    return build_apk(source, folder / f"v{version}.apk")


@pytest.fixture(scope="module")
def apks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apks")
    return {version: build(folder, version) for version in (1, 2)}


@pytest.fixture
def installed(phone, apks):
    assert phone.run("install", "-r", str(apks[2])).returncode == 0
    yield phone
    phone.run("uninstall", PACKAGE)


@pytest.mark.parametrize("flags", [(), ("--no-streaming",), ("-r", "-t", "-g")])
def test_install_and_uninstall(phone, apks, flags) -> None:
    done = phone.run("install", *flags, str(apks[1]))
    assert b"Success" in done.stdout and done.returncode == 0
    assert f"package:{PACKAGE}\n" in phone.shell("pm list packages -3").out
    granted = "android.permission.CAMERA: granted=true" in phone.shell(f"dumpsys package {PACKAGE}").out
    assert granted == ("-g" in flags)
    assert b"Success" in phone.run("uninstall", PACKAGE).stdout
    again = phone.run("uninstall", PACKAGE)
    assert again.returncode == 1 and b"DELETE_FAILED_INTERNAL_ERROR" in again.stdout
    assert phone.shell(f"pm path {PACKAGE}").code == 1


def test_install_multiple_commits_a_session(phone, apks) -> None:
    done = phone.run("install-multiple", str(apks[1]))
    assert done.returncode == 0 and b"Success" in done.stdout
    phone.run("uninstall", PACKAGE)


def test_an_older_version_needs_the_downgrade_flag(installed, apks) -> None:
    done = installed.run("install", "-r", str(apks[1]))
    assert done.returncode == 1 and b"INSTALL_FAILED_VERSION_DOWNGRADE" in done.stderr + done.stdout
    assert installed.run("install", "-r", "-d", str(apks[1])).returncode == 0


def test_what_is_no_apk_fails_with_androids_code(phone, tmp_path) -> None:
    bad = tmp_path / "bad.apk"
    bad.write_bytes(b"this is not an apk")
    done = phone.run("install", str(bad))
    assert done.returncode == 1 and b"INSTALL_PARSE_FAILED_NOT_APK" in done.stdout + done.stderr


def test_an_apk_that_was_not_built_for_the_twin_says_so(phone, tmp_path, apks) -> None:
    import zipfile

    foreign = tmp_path / "foreign.apk"
    with zipfile.ZipFile(apks[1]) as old, zipfile.ZipFile(foreign, "w") as new:
        new.writestr("AndroidManifest.xml", old.read("AndroidManifest.xml"))
        new.writestr("classes.dex", b"dex\n035\0")
    done = phone.run("install", str(foreign))
    assert b"INSTALL_FAILED_CPU_ABI_INCOMPATIBLE" in done.stdout + done.stderr
    assert b"not built for the twin" in done.stdout + done.stderr


def test_uiautomator2s_own_apk_installs_and_offers_its_keyboard(phone) -> None:
    apk = Path(uiautomator2.__file__).parent / "assets" / "app-uiautomator.apk"
    assert phone.run("install", "-r", "-t", str(apk)).returncode == 0
    assert "com.github.uiautomator/.AdbKeyboard\n" in phone.shell("ime list -s -a").out
    assert "com.github.uiautomator/.AdbKeyboard\n" not in phone.shell("ime list -s").out
    phone.run("uninstall", "com.github.uiautomator")


def test_the_dump_of_a_package_has_the_lines_that_clients_read(installed) -> None:
    text = installed.shell(f"dumpsys package {PACKAGE}").out
    assert re.search(r"versionCode=2 minSdk=21 targetSdk=33\n", text)
    assert "versionName=2.0\n" in text
    assert "android.permission.INTERNET: granted=true" in text
    assert "android.permission.CAMERA: granted=false" in text
    assert re.search(r"PackageSignatures\{\w+ version:2, signatures:\[[0-9a-f]{8}\]", text)
    assert re.search(r"firstInstallTime=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n", text)
    assert installed.shell("dumpsys package com.none").out == "Unable to find package: com.none\n"


def test_the_installed_apk_can_be_pulled(installed, apks, tmp_path) -> None:
    path = installed.shell(f"pm path {PACKAGE}").out.strip().removeprefix("package:")
    assert installed.run("pull", path, str(tmp_path / "x.apk")).returncode == 0
    assert (tmp_path / "x.apk").read_bytes() == apks[2].read_bytes()


def test_an_app_starts_shows_in_front_and_is_stopped(installed) -> None:
    said = installed.shell(f"am start -W -n {PACKAGE}/.Main --es word 'two words'")
    assert "Status: ok" in said.out and "LaunchState: COLD" in said.out
    pid = installed.shell(f"pidof {PACKAGE}").out.strip()
    assert f"pid={pid}" in installed.shell("dumpsys activity top").out
    front = installed.shell("dumpsys activity activities").out
    assert re.search(rf"mResumedActivity: ActivityRecord\{{\w+ u0 {PACKAGE}/\.Main t\d+\}}", front)
    assert "mCurrentFocus=Window{" not in installed.shell("dumpsys window windows").out
    assert PACKAGE in installed.shell("dumpsys window | grep mCurrentFocus").out
    assert installed.shell("ps -A -o PID,NAME").out.count(PACKAGE) == 1
    assert "extra two words" in installed.shell("logcat -d -s pack").out
    launcher = "-a android.intent.action.MAIN -c android.intent.category.LAUNCHER"
    again = installed.shell(f"am start -W {launcher} -n {PACKAGE}/.Main").out
    assert "brought to the front" in again and "LaunchState: HOT" in again
    assert installed.shell(f"am force-stop {PACKAGE}; pidof {PACKAGE}").code == 1
    events = installed.shell("logcat -b events -d -v epoch").out
    for tag in ("am_proc_start", "am_proc_bound", "wm_set_resumed_activity", "am_kill", "am_proc_died"):
        assert re.search(rf"^\s+\d+\.\d{{3}}\s+\d+\s+\d+ I {tag}\s*: \[", events, re.M), tag


def test_monkey_starts_the_launcher_activity_or_fails_with_252(installed) -> None:
    assert (
        "Events injected: 1"
        in installed.shell(f"monkey -p {PACKAGE} -c android.intent.category.LAUNCHER 1").out
    )
    deadline = time.monotonic() + 15
    while PACKAGE not in installed.shell("dumpsys activity activities | grep mResumed").out:
        assert time.monotonic() < deadline
    said = installed.shell("monkey -p com.none -c android.intent.category.LAUNCHER 1")
    assert said.code == 252 and "No activities found to run, monkey aborted" in said.err


def test_what_cannot_be_started_is_told(installed) -> None:
    said = installed.shell(f"am start -n {PACKAGE}/.Nope")
    assert said.code == 1 and f"Activity class {{{PACKAGE}/{PACKAGE}.Nope}} does not exist" in said.err
    said = installed.shell(f"am start -n {PACKAGE}/.Hidden")
    assert said.code == 255 and "not exported" in said.err
    said = installed.shell("am start -a no.such.ACTION")
    assert said.code == 1 and "unable to resolve Intent" in said.err


def test_permissions_are_granted_and_revoked(installed) -> None:
    assert installed.shell(f"pm grant {PACKAGE} android.permission.CAMERA").code == 0
    assert "CAMERA: granted=true" in installed.shell(f"dumpsys package {PACKAGE}").out
    assert installed.shell(f"pm revoke {PACKAGE} android.permission.CAMERA").code == 0
    assert "CAMERA: granted=false" in installed.shell(f"dumpsys package {PACKAGE}").out
    said = installed.shell(f"pm grant {PACKAGE} android.permission.READ_SMS")
    assert said.code == 255 and "has not requested permission" in said.err


def test_clear_wipes_data_and_answers(installed) -> None:
    installed.shell(f"pm grant {PACKAGE} android.permission.CAMERA")
    data = installed.device.packages.require(PACKAGE).data_dir / "files" / "kept"
    data.write_text("x")
    assert installed.shell(f"pm clear {PACKAGE}").out == "Success\n"
    assert not data.exists() and data.parent.is_dir()
    assert "CAMERA: granted=false" in installed.shell(f"dumpsys package {PACKAGE}").out


def test_an_update_keeps_uid_and_data(phone, apks) -> None:
    phone.run("install", str(apks[1]))
    before = phone.device.packages.require(PACKAGE)
    (before.data_dir / "files" / "kept").write_text("x")
    phone.run("install", "-r", str(apks[2]))
    after = phone.device.packages.require(PACKAGE)
    assert (after.uid, after.first_install_ms) == (before.uid, before.first_install_ms)
    assert after.version_code == 2 and (after.data_dir / "files" / "kept").read_text() == "x"
    phone.run("uninstall", PACKAGE)


def test_a_newer_android_is_needed(phone, tmp_path) -> None:
    apk = build(tmp_path, 3, sdk='<uses-sdk android:minSdkVersion="34"/>')
    assert b"INSTALL_FAILED_OLDER_SDK" in phone.run("install", str(apk)).stderr


def test_an_app_has_a_language_of_its_own_until_it_is_removed(installed, apks):
    asked = f"cmd locale get-app-locales {PACKAGE}"
    assert installed.shell(asked).out == f"Locales for {PACKAGE} for user 0 are []\n"
    assert installed.shell(f"cmd locale set-app-locales {PACKAGE} --locales de-DE").code == 0
    assert installed.shell(asked).out == f"Locales for {PACKAGE} for user 0 are [de-DE]\n"
    assert "Unable to parse" in installed.shell(f"cmd locale set-app-locales {PACKAGE} --locales 'de DE'").err
    assert "Unknown package" in installed.shell("cmd locale set-app-locales com.none --locales fr").err
    assert installed.run("uninstall", PACKAGE).returncode == 0
    assert installed.run("install", str(apks[2])).returncode == 0
    assert installed.shell(asked).out == f"Locales for {PACKAGE} for user 0 are []\n"
