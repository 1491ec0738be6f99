"""The built-in device as a process: its serial, and that nothing of it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from mitmproxy.certs import CertStore

from harness.device.adb_server import AdbServer
from harness.device.local_twin import LocalTwin
from harness.device.preflight import device_probes
from harness.device.proxy_settings import ProxySettings
from harness.model.errors import RunFailure

pytestmark = pytest.mark.twin


def group(pid):
    """Living processes of the twin's process group."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else None
        except OSError:
            continue
        if fields and int(fields[2]) == pid and fields[0] != "Z":
            found.append(int(entry.name))
    return found


@pytest.fixture(scope="module")
def phone():
    with LocalTwin(seed=9) as twin, AdbServer() as adb:
        yield adb.connect(twin.serial)


def test_it_gives_a_serial_and_leaves_nothing_behind():
    with LocalTwin() as twin:
        assert twin.alive and twin.serial.startswith("127.0.0.1:")
        pid = twin.pid
        assert pid in group(pid)
    assert group(pid) == []


def test_a_twin_that_cannot_start_says_why():
    with pytest.raises(RunFailure) as caught, LocalTwin(faults=["nonsense=1"]):
        pass
    assert "nonsense" in str(caught.value)


def test_the_proxy_is_set_read_back_and_removed(phone, tmp_path):
    CertStore.from_store(tmp_path, "mitmproxy", 2048)
    pem = (tmp_path / "mitmproxy-ca.pem").read_bytes()
    assert b"PRIVATE KEY" in pem
    settings = ProxySettings(phone, 1234, pem)
    settings.apply()
    assert settings.holds() == ""
    assert phone.shell("settings get global http_proxy").stdout.strip() == settings.address
    stored = phone.pull(settings.ca_path)
    assert b"CERTIFICATE" in stored and b"PRIVATE" not in stored
    phone.shell("settings put global http_proxy 1.2.3.4:5")
    assert "1.2.3.4:5" in settings.holds()
    settings.restore()
    assert phone.shell("settings get global http_proxy").stdout.strip() in ("", "null", ":0")
    with pytest.raises(FileNotFoundError):
        phone.pull(settings.ca_path)


def test_a_proxy_that_was_there_before_is_there_afterwards(phone, tmp_path):
    CertStore.from_store(tmp_path, "mitmproxy", 2048)
    phone.shell("settings put global http_proxy 10.0.0.1:8080")
    settings = ProxySettings(phone, 1234, (tmp_path / "mitmproxy-ca-cert.pem").read_bytes())
    settings.apply()
    settings.restore()
    assert phone.shell("settings get global http_proxy").stdout.strip() == "10.0.0.1:8080"
    phone.shell("settings put global http_proxy :0")


def test_a_set_up_device_has_all_that_is_needed(phone):
    probes = list(device_probes(phone))
    assert [probe.name for probe in probes] == ["device", "root", "hooks", "screen"]
    assert all(probe.healthy for probe in probes), probes
