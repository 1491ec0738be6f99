"""What uiautomator2's users do on a phone, by its unmodified client, on an app of the twin."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import adbutils
import pytest
import uiautomator2
from PIL import Image
from uiautomator2.exceptions import AppNotFoundError, SessionBrokenError, UiObjectNotFoundError

from harness.twin.build import build_apk

pytestmark = pytest.mark.twin
APP = "org.harness.test.demo"


@pytest.fixture(scope="module")
def d(adb, phone, tmp_path_factory):
    apk = build_apk(Path(__file__).parent / "apps" / "demo", tmp_path_factory.mktemp("apk") / "demo.apk")
    device = uiautomator2.connect(phone.adb_device)
    device.app_install(str(apk))
    device.settings["wait_timeout"] = 5
    yield device
    device.stop_uiautomator(wait=False)


@pytest.fixture
def app(d):
    d.app_start(APP, stop=True)
    assert d(text="Addition").wait(timeout=10)
    return d


def test_an_app_is_installed_listed_and_described(d):
    assert APP in d.app_list() and APP in d.app_list("-3")
    info = d.app_info(APP)
    assert (info["versionName"], info["versionCode"]) == ("1.7", 7)
    with pytest.raises(AppNotFoundError):
        d.app_info("org.harness.none")


def test_an_app_starts_is_waited_for_and_stops(d):
    d.app_stop(APP)
    assert APP not in d.app_list_running()
    d.app_start(APP, wait=True)
    pid = d.app_wait(APP, front=True)
    assert APP in d.app_list_running() and d.app_current()["pid"] == pid
    d.app_start(APP, stop=True)
    assert d.app_wait(APP) not in (0, pid)
    d.app_clear(APP)
    assert APP not in d.app_list_running()


def test_an_activity_is_started_by_name_and_waited_for(d):
    d.app_start(APP, activity=".SumActivity", wait=True)
    assert d.wait_activity(".SumActivity", timeout=5)
    assert not d.wait_activity(".NoActivity", timeout=0.3)


def test_starting_what_is_in_front_starts_nothing_new(app):
    for _ in range(2):
        said = app.shell(f"am start -n {APP}/.SumActivity")
    assert "intent has been delivered" not in said.output
    app(className="android.widget.EditText", instance=0).set_text("kept")
    said = app.shell(
        f"am start -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -n {APP}/.MainActivity"
    )
    assert "has been brought to the front" in said.output
    assert app(text="kept").exists


def test_a_session_knows_when_its_app_is_gone(d):
    session = d.session(APP)
    assert session.running() and session.pid > 0
    before = session.pid
    session.restart()
    assert session.pid != before
    assert session(text="Addition").wait(timeout=10)
    d.app_stop(APP)
    assert not session.running()
    with pytest.raises(SessionBrokenError):
        session(text="Addition").click()


def test_an_app_that_crashes_is_gone_and_its_trace_is_in_the_log(app):
    app(text="Crash").click()
    assert app(text="Crash").wait_gone(timeout=5)
    assert APP not in app.app_list_running()
    assert "java.lang.IllegalStateException: asked to" in app.shell("logcat -d -b crash").output


def test_a_stuck_app_keeps_its_screen_and_goes_on(app):
    app(text="Stuck").click()
    app.click(0.5, 0.05)
    assert app(text="Stuck").exists and app.app_current()["package"] == APP
    assert app.wait_activity(".SumActivity", timeout=5)


def test_selectors_find_and_tell(app):
    assert app(text="Addition").exists(timeout=0.1) and not app(text="none").exists(timeout=0.1)
    assert app(textContains="ditio").info["className"] == "android.widget.Button"
    assert app(textMatches="Add.*").info["contentDescription"] == "Addition button"
    assert app(description="Toast button").info["text"] == "Toast"
    assert app(className="android.widget.Button", instance=1).get_text() == "Toast"
    rows = app(resourceId="android:id/list").child(className="android.widget.Button")
    assert rows.count > 5 and rows[2].get_text() == "Hold"
    assert app(text="Addition").sibling(text="Toast").exists
    assert app(text="Addition").down(className="android.widget.Button").get_text() == "Toast"
    left, top, right, bottom = app(text="Addition").bounds()
    assert app(text="Addition").screenshot().size == (right - left, bottom - top)
    assert app(text="Addition").click_exists() and not app(text="none").click_exists()
    with pytest.raises(UiObjectNotFoundError):
        app(resourceId="android:id/content").child_by_text("none", className="android.widget.Button")


def test_lists_scroll_by_selector_and_by_xpath(app):
    assert not app(text="Row 39").exists
    app(scrollable=True).scroll.to(text="Row 39")
    assert app(text="Row 39").exists
    app(scrollable=True).fling.toBeginning()
    assert app.xpath("@android:id/list").scroll_to("Row 30") is not None
    app.swipe_ext("down", box=app(resourceId="android:id/list").bounds())
    for direction in ("up", "down", "left", "right"):
        app(resourceId="android:id/content").swipe(direction)


def test_xpath_has_its_short_forms(app):
    assert app.xpath("Addition").get_text() == "Addition"
    assert app.xpath("%ddition").exists and app.xpath("Additio%").exists and app.xpath("^Add.*").exists
    assert app.xpath("Addition").parent("@android:id/list").info["resourceId"] == "android:id/list"
    assert len(app.xpath('//*[@text="Toast"]').all()) == 1
    app.xpath("Addition").click()
    assert app.xpath("Add").wait(timeout=5)


def test_text_is_typed_cleared_and_read_back(app):
    app(text="Addition").click()
    first, second, total = (app(className="android.widget.EditText", instance=n) for n in range(3))
    assert first.wait(timeout=5)
    first.set_text("5")
    assert first.get_text() == "5"
    first.clear_text()
    assert first.get_text() == ""
    first.set_text("1")
    second.click()
    for text in ("1", "123abcDEF +-*/_", "你好，世界!"):
        app.send_keys(text, clear=True)
        assert second.get_text() == text
    app.clear_text()
    app.send_keys("2")
    app(text="Add").click()
    assert total.get_text() == "3"


def test_the_keyboard_of_uiautomator_comes_and_goes(d):
    d.set_input_ime(True)
    assert "AdbKeyboard" in d.current_ime()
    d.clipboard = "一 two"
    assert d.clipboard == "一 two"
    d.set_input_ime(False)
    assert "AdbKeyboard" not in d.current_ime()


def test_toasts_and_long_presses(app):
    app.clear_toast()
    assert app.last_toast is None
    app(text="Toast").click()
    app.sleep(0.3)
    assert app.last_toast == "Button Clicked!"
    app(text="Hold").long_click()
    assert app(text="Held").wait(timeout=3)


def test_keys_gestures_and_screens_are_taken(app, tmp_path):
    app.click(1, 1), app.long_click(1, 1, 0.1), app.double_click(1, 1), app.click(0.5, 0.99)
    app.swipe(1, 1, 2, 2, steps=5), app.swipe_points([(1, 1), (2, 2)], 0.05), app.drag(1, 1, 2, 2, 0.05)
    app.press("volume_down"), app.press(24), app.long_press("volume_up"), app.keyevent("volume_mute")
    app.open_notification(), app.open_quick_settings(), app.press("back"), app.press("home")
    with pytest.raises(ValueError):
        app.orientation = "unknown"
    app.freeze_rotation(True), app.freeze_rotation(False)
    assert isinstance(app.screenshot(), Image.Image)
    app.screenshot(tmp_path / "s.png")
    assert (tmp_path / "s.png").stat().st_size
    assert app.dump_hierarchy(compressed=True, pretty=True).startswith("<?xml")
    app.open_url("https://example.org")
    assert app.wait_activity(".BrowserActivity", timeout=3)


def test_a_background_watcher_presses_what_appears(app):
    seen = threading.Event()
    app.watcher.when("Addition").click()
    app.watcher.when("Add").call(seen.set)
    app.watcher.start(interval=0.2)
    try:
        assert seen.wait(10)
    finally:
        app.watcher.stop()
        app.watcher.reset()


def test_the_server_is_a_process_that_can_be_killed(d):
    def pid():
        found = [line.split() for line in d.shell("ps -u shell").output.splitlines()]
        return next((int(fields[1]) for fields in found if fields[-1] == "app_process"), 0)

    d.start_uiautomator()
    d.shell(f"kill {pid()}")
    d.sleep(0.3)
    assert pid() == 0
    d.shell("rm /data/local/tmp/u2.jar")
    assert d.info["screenOn"] and pid() > 0
    d.stop_uiautomator()
    assert pid() == 0


def test_permissions_are_granted_in_advance(d, phone):
    d.app_auto_grant_permissions(APP)
    assert phone.device.permissions.check(APP, "android.permission.CAMERA")
    d.app_auto_grant_permissions("org.harness.none")


def test_five_threads_drive_one_phone(app):
    def work(number):
        assert app(text="Addition").exists
        assert app.shell(f"echo {number}").output == f"{number}\n"
        app.push(f"{number}".encode() * 1000, f"/data/local/tmp/t{number}")
        assert app.shell(f"cat /data/local/tmp/t{number} | wc -c").output.strip() == str(
            1000 * len(f"{number}")
        )
        return len(app.dump_hierarchy())

    with ThreadPoolExecutor(5) as pool:
        assert min(pool.map(work, range(20))) > 1000


def test_a_serial_that_is_not_there_is_an_error(adb, d):
    assert adb.run("-s", "127.0.0.1:1", "shell", "id").returncode == 1
    with pytest.raises(adbutils.AdbError):
        adbutils.AdbClient(port=adb.port).device("127.0.0.1:1").shell("id")
