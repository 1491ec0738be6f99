"""adbutils, unmodified, drives a twin: what its own device tests cover, told in our words."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

pytestmark = pytest.mark.twin


@pytest.fixture
def device(phone):
    return phone.adb_device


def test_state_features_and_properties(device, phone) -> None:
    assert device.get_state() == "device"
    assert "shell_v2" in device.get_features()
    assert device.prop.model == phone.device.identity.build.model
    assert device.prop.get("ro.build.version.sdk") == "33"
    assert device.getprop("no.such.property") == ""


def test_shell_in_all_its_forms(device) -> None:
    assert device.shell("echo hello") == "hello"
    assert device.shell(["echo", "-n", "two words", "$HOME"]) == "two words $HOME"
    said = device.shell2("echo out; echo err >&2; false")
    assert (said.returncode, said.output) == (1, "out\nerr\n")
    said = device.shell2("echo out; echo err >&2; exit 3", v2=True)
    assert (said.returncode, said.stdout, said.stderr) == (3, "out\n", "err\n")
    stream = device.shell("echo streamed; sleep 30", stream=True)
    assert stream.read_string(9) == "streamed\n"
    stream.close()


def test_files_are_pushed_listed_read_and_removed(device, tmp_path) -> None:
    data = b"x" * 100_000
    assert device.sync.push(io.BytesIO(data), "/data/local/tmp/a/b.bin", check=True) == len(data)
    found = device.sync.stat("/data/local/tmp/a/b.bin")
    assert found.size == len(data) and found.mode & 0o100000
    assert device.sync.stat("/data/local/tmp/none").mtime is None
    assert {each.path for each in device.sync.list("/data/local/tmp/a")} == {"b.bin"}
    assert device.sync.list("/data/local/tmp/none") == []
    assert device.sync.read_bytes("/data/local/tmp/a/b.bin") == data
    device.sync.pull("/data/local/tmp/a/b.bin", str(tmp_path / "b.bin"))
    assert (tmp_path / "b.bin").read_bytes() == data
    device.remove("/data/local/tmp/a/b.bin")
    assert not device.sync.exists("/data/local/tmp/a/b.bin")
    device.rmtree("/data/local/tmp/a")
    assert not device.sync.exists("/data/local/tmp/a")
    with pytest.raises(Exception, match="No such file or directory"):
        device.sync.read_bytes("/data/local/tmp/none")


def test_screen_and_battery(device, phone) -> None:
    assert device.window_size() == (1080, 2400)
    assert device.rotation() == 0
    assert device.is_screen_on() is True
    device.switch_screen(False)
    assert device.is_screen_on() is False
    device.switch_screen(True)
    assert device.battery().level == 86 and device.battery().temperature == 28.7
    assert device.wlan_ip() == phone.device.identity.ip_v4
    shot = device.screenshot()
    assert isinstance(shot, Image.Image) and shot.size == (1080, 2400)


def test_the_framebuffer_has_a_header_that_allocates_no_gigabytes(device) -> None:
    assert device.framebuffer().size == (1080, 2400)


def test_dump_hierarchy_is_xml(device) -> None:
    assert device.dump_hierarchy().startswith("<?xml")


def test_settings_are_kept(device) -> None:
    device.brightness_value = 77
    assert device.brightness_value == 77
    device.switch_airplane(True)
    assert device.shell("settings get global airplane_mode_on") == "1"
    device.switch_airplane(False)
    device.switch_wifi(False)
    assert device.shell("settings get global wifi_on") == "0"
    device.switch_wifi(True)


def test_input_reaches_the_screen(device, phone) -> None:
    device.click(500, 500)
    device.swipe(100, 100, 500, 500, 0.1)
    device.drag(100, 100, 500, 500, 0.1)
    device.keyevent("HOME")
    device.send_keys("hello world")
    verbs = [each["verb"] for each in phone.device.journal.of("input")]
    for verb in ("tap", "swipe", "draganddrop", "keyevent", "text"):
        assert verb in verbs


def test_logcat_is_followed_and_stops(device, tmp_path) -> None:
    path = tmp_path / "log.txt"
    event = device.logcat(str(path), clear=True, command="logcat -v brief")
    time.sleep(0.2)
    device.shell("log -t adbutils 'a line'")
    deadline = time.monotonic() + 5
    while "a line" not in path.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    event.stop()
    assert "a line" in path.read_text()


def test_forward_and_reverse_are_listed(device) -> None:
    port = device.forward_port("tcp:9008")
    assert (f"tcp:{port}", "tcp:9008") in [(each.local, each.remote) for each in device.forward_list()]
    device.reverse("tcp:46113", "tcp:46114")
    assert [(each.remote, each.local) for each in device.reverse_list()] == [("tcp:46113", "tcp:46114")]
    device.reverse_remove("tcp:46113")
    assert not list(device.reverse_list())


def test_current_app_is_the_launcher_when_nothing_runs(device) -> None:
    device.keyevent("HOME")
    current = device.app_current()
    assert (current.package, current.activity) == ("com.android.launcher3", ".uioverrides.QuickstepLauncher")


def test_missing_apps_are_missing(device) -> None:
    assert device.app_info("com.none") is None
    assert "com.none" not in device.list_packages()
    assert "android" in device.list_packages()


def test_a_recording_is_a_film(device, tmp_path) -> None:
    device.start_recording(str(tmp_path / "film.mp4"))
    time.sleep(1)
    device.stop_recording()
    data = (tmp_path / "film.mp4").read_bytes()
    assert data[4:8] == b"ftyp" and b"moov" in data and b"\xff\xd8\xff" in data


def test_what_the_twin_lacks_is_said_to_be_missing(device, phone) -> None:
    assert device.shell("which strace") == ""
    assert device.shell2("strace ls").returncode == 127
    assert any(each["command"] == "strace" for each in phone.device.journal.of("unknown_command"))
