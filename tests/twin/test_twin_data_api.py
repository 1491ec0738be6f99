"""A Java app in a real process reads through the Android API what the identity says, or is refused."""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path

import pytest

from harness.twin.build import build_apk
from harness.twin.host import TwinHost

pytestmark = pytest.mark.twin
PROBE = Path(__file__).parent / "probe"
PACKAGE = "com.x.probe"
INSTALL_TIME = [
    "ACCESS_WIFI_STATE",
    "CHANGE_WIFI_STATE",
    "ACCESS_NETWORK_STATE",
    "BLUETOOTH",
    "BLUETOOTH_ADMIN",
]
RUNTIME = [
    *("READ_PHONE_STATE", "ACCESS_FINE_LOCATION", "READ_CONTACTS", "READ_CALL_LOG", "READ_SMS"),
    *("READ_CALENDAR", "READ_EXTERNAL_STORAGE", "CAMERA", "RECORD_AUDIO"),
]
DENIED = "java.lang.SecurityException: "


class Probe:
    def __init__(self, host: TwinHost, folder: Path, target: int, permissions: list[str]) -> None:
        self.twin = host.add(seed=1)
        self.identity = self.twin.device.identity
        apk = build_apk(_sources(folder, target, permissions), folder / "probe.apk")
        self.lines = host.run(self._run(apk), 90)

    async def _run(self, apk: Path) -> dict[str, list[str]]:
        device = self.twin.device
        await device.packages.install(apk, grant=False)
        for permission in device.permissions.runtime(PACKAGE):
            device.permissions.grant(PACKAGE, permission)
        await device.activities.start({"package": PACKAGE, "class": f"{PACKAGE}.ProbeActivity"})
        end = time.monotonic() + 30
        while time.monotonic() < end:
            heard = self._heard()
            if "end" in heard and "observed" in heard and "sensed" in heard:
                break
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        await device.activities.force_stop(PACKAGE)
        return self._heard()

    def _heard(self) -> dict[str, list[str]]:
        heard: dict[str, list[str]] = {}
        for record in self.twin.device.logcat.since(0, ["main"]):
            if record.tag == "probe":
                cut = min((at for at in map(record.text.find, "=!") if at >= 0), default=len(record.text))
                heard.setdefault(record.text[:cut], []).append(record.text[cut + 1 :])
        return heard

    def __getitem__(self, name: str) -> str:
        return self.lines[name][0]


def _sources(folder: Path, target: int, permissions: list[str]) -> Path:
    sources = folder / "probe"
    shutil.copytree(PROBE, sources)
    manifest = sources / "AndroidManifest.xml"
    uses = "\n".join(
        f'    <uses-permission android:name="android.permission.{name}" />' for name in permissions
    )
    text = manifest.read_text().replace("@TARGET@", str(target)).replace("@PERMISSIONS@", uses)
    manifest.write_text(text)
    return sources


@pytest.fixture(scope="module")
def host():
    with TwinHost() as host:
        yield host


@pytest.fixture(scope="module")
def old(host, tmp_path_factory):
    """Targets Android 9, holds everything."""
    return Probe(host, tmp_path_factory.mktemp("old"), 28, INSTALL_TIME + RUNTIME)


@pytest.fixture(scope="module")
def new(host, tmp_path_factory):
    """Targets Android 13, holds what installing gives."""
    return Probe(host, tmp_path_factory.mktemp("new"), 33, INSTALL_TIME)


def test_an_old_app_with_every_permission_reads_the_whole_identity(old):
    who = old.identity
    signer = old.twin.device.packages.require(PACKAGE).signer_sha256
    joined = "|".join
    expected = {
        "android_id": who.ssaid(PACKAGE, signer),
        "android_id_system": who.ssaid(PACKAGE, signer),
        "android_id_call": who.ssaid(PACKAGE, signer),
        "imei": who.sims[0].imei,
        "imei2": who.sims[1].imei,
        "device_id": who.sims[0].imei,
        "meid": who.meid,
        "imsi": who.sims[0].imsi,
        "iccid": who.sims[0].iccid,
        "line1": who.sims[0].number,
        "serial": who.serial,
        "operator": "46000 中国移动 5",
        "subscriptions": who.sims[1].iccid,
        "cell": str(who.cells[0].cid),
        "cell_location": str(who.cells[0].cid),
        "scan": f"5 {who.scan[1].bssid}",
        "network": "WIFI true",
        "ip": who.ip_v4,
        "location": f"{who.latitude},{who.longitude}",
        "located": str(who.latitude),
        "contacts": joined(each.number for each in who.contacts),
        "names": joined(each.name for each in who.contacts),
        "calls": joined(each.number for each in who.calls),
        "sms": joined(each.body for each in who.sms),
        "calendar": joined(each.title for each in who.calendar),
        "images": joined(each.name for each in who.media if each.kind == "image"),
        "clipboard": who.clipboard,
        "sensors": who.sensors[0].name,
        "sensed": "10",
        "bluetooth": f"02:00:00:00:00:00 [{who.bluetooth_neighbours[0].address}]",
        "camera": "true",
        "camera2": "asked",
        "camera2_opened": "0",
        "audio": "320",
        "recorder": "set",
        "drm": who.drm_id,
        "picture": "ffd8",
        "exif": "true 34",
        "scan_started": "true",
        "scan_done": "true",
        "gaid": who.gaid,
        "oaid": who.oaid,
    }
    assert {name: old[name] for name in expected} == expected
    assert old["wifi"].startswith(f'"{who.hotspot.ssid}" {who.hotspot.bssid} 02:00:00:00:00:00 ')
    assert {each.package for each in who.decoy_apps} <= set(old["packages"].split())
    assert [each.split()[0] for each in old.lines["found"]] == [
        each.address for each in who.bluetooth_neighbours
    ]
    assert old.lines["scanned"] == [each.address for each in who.bluetooth_neighbours]


def test_a_new_app_without_permissions_is_refused_or_fed_dummies(new):
    who = new.identity
    for name in ("imei", "imei2", "device_id", "meid", "imsi", "iccid", "serial"):
        assert new[name].startswith(DENIED) and new[name].endswith(
            "requirements to access device identifiers."
        )
    for name in ("line1", "subscriptions", "cell", "cell_location", "location", "contacts", "names", "calls"):
        assert new[name].startswith(DENIED), name
    for name in ("sms", "calendar", "camera2", "location_updates", "bluetooth", "le_scan", "write_secure"):
        assert new[name].startswith(DENIED), name
    assert new["camera"] == "java.lang.RuntimeException: Fail to connect to camera service"
    assert new["audio"].startswith("java.lang.IllegalStateException: startRecording()")
    assert new["recorder"] == "java.lang.RuntimeException: setAudioSource failed."
    assert new["wifi"].startswith("<unknown ssid> 02:00:00:00:00:00 02:00:00:00:00:00 ")
    assert (new["scan"], new["images"], new["accounts"]) == ("0 ", "", "")
    assert new["gaid"] == "00000000-0000-0000-0000-000000000000"
    assert not {each.package for each in who.decoy_apps} & set(new["packages"].split())
    assert new["launchers"] == "1"


def test_what_needs_no_permission_is_told_to_every_app(new):
    who = new.identity
    signer = new.twin.device.packages.require(PACKAGE).signer_sha256
    assert new["android_id"] == who.ssaid(PACKAGE, signer)
    assert new["oaid"] == who.oaid
    assert new["drm"] == who.drm_id
    assert new["clipboard"] == who.clipboard
    assert new["sensors"] == who.sensors[0].name
    assert new["operator"].startswith("46000")
    assert new["adb_enabled"] == "1"


def test_an_app_keeps_rows_in_its_database(new):
    assert new["database"] == "1 -1 1 b-1 3 probe.db"


def test_roads_around_the_framework_are_closed(new):
    assert new["property"] == f"{new.identity.build.model}/none"
    assert new["user"].startswith(DENIED) and new["admin_mac"].startswith(DENIED)
    assert new["usage"] == "0"
    assert new["scan_started"] == "false" and "scan_done" not in new.lines


def test_providers_and_observers_of_the_app_itself_are_reached_in_its_process(new):
    assert new["own"] == "/a/b"
    assert new["observed"] == "content://com.x.probe.own/a"
    assert new["nobody"] == "null"


def test_an_app_knows_itself_and_absent_things_are_named(new):
    assert new["self"] == "1.7 7 Probe shop 1"
    assert new["absent"] == "android.content.pm.PackageManager$NameNotFoundException: com.not.there"
    assert new["no_setting"] == "android.provider.Settings$SettingNotFoundException: no_such_setting"


def test_appops_saw_what_was_read_and_nothing_else(old, new):
    def ops(probe):
        return {record.op for record in probe.twin.device.permissions.ops(PACKAGE)}

    assert {"READ_DEVICE_IDENTIFIERS", "FINE_LOCATION", "READ_CONTACTS", "READ_SMS", "CAMERA"} <= ops(old)
    assert ops(new) <= {"READ_CLIPBOARD"}
