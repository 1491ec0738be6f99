"""An app's Java views, seen and touched through uiautomator2 as on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
import uiautomator2

from harness.device.adb_server import AdbServer
from harness.twin.build import build_apk
from harness.twin.host import TwinHost

pytestmark = pytest.mark.twin
PACKAGE = "org.harness.test.screens"


@pytest.fixture(scope="module")
def phone(tmp_path_factory):
    apk = build_apk(
        Path(__file__).parent / "apps" / "screens", tmp_path_factory.mktemp("apk") / "screens.apk"
    )
    with TwinHost() as host:
        twin = host.add(seed=11)
        with AdbServer() as server:
            phone = server.connect(twin.serial)
            phone.install(apk)
            yield phone


@pytest.fixture(scope="module")
def client(phone):
    device = uiautomator2.connect(phone.adb)
    device.settings["wait_timeout"] = 5
    yield device
    device.stop_uiautomator(wait=False)


@pytest.fixture
def d(phone, client):
    phone.shell(f"am force-stop {PACKAGE}; am start -n {PACKAGE}/.MainActivity")
    assert client(text="nothing yet").wait(timeout=10)
    return client


def said(d, word):
    return d(resourceId=f"{PACKAGE}:id/said", text=word).wait(timeout=3)


def test_the_app_in_front_is_named_with_its_pid(d, phone):
    current = d.app_current()
    assert (current["package"], current["activity"]) == (PACKAGE, ".MainActivity")
    assert phone.processes()[current["pid"]] == PACKAGE


def test_a_box_is_ticked_by_a_tap_and_the_dump_says_so(d):
    assert d(text="记住我").info["checked"] is False
    d(text="记住我").click()
    assert said(d, "checked true")
    assert d(text="记住我").info["checked"] is True
    d(text="乙").click()
    assert d(text="乙", checked=True).wait(timeout=3)
    d(text="推送").click()
    assert d(text="推送", checked=True).wait(timeout=3)


def test_typing_reaches_the_java_field(d):
    d(className="android.widget.EditText").click()
    d.send_keys("李四")
    assert d(className="android.widget.EditText", text="李四").wait(timeout=3)
    d.press("back")
    assert d(text="nothing yet").exists, "BACK hid the keyboard only"


def test_a_link_in_a_text_is_clicked_on_its_characters_only(d):
    bounds = d(textContains="隐私政策").info["bounds"]
    y = (bounds["top"] + bounds["bottom"]) // 2
    d.click(bounds["left"] + 20, y)
    d.click(bounds["right"] - 20, y)
    assert d(text="nothing yet").exists
    d.click(bounds["left"] + 220, y)  # the sixth of twelve characters, each about 37 pixels wide
    assert said(d, "policy opened")


@pytest.mark.parametrize(("button", "word"), [("同意", "agreed"), ("不同意", "refused")])
def test_each_button_of_a_dialog_does_its_own(d, button, word):
    d(text="对话框").click()
    assert d(resourceId="android:id/alertTitle", text="温馨提示").wait(timeout=3)
    assert not d(text="记住我").exists, "what is under a dialog is not reported"
    d(text=button).click()
    assert said(d, word)


def test_back_and_a_touch_outside_cancel_a_dialog(d):
    for leave in (lambda: d.press("back"), lambda: d.click(540, 300)):
        d(text="对话框").click()
        assert d(text="同意").wait(timeout=3)
        leave()
        assert said(d, "cancelled")
        d(text="长按").click()
        assert said(d, "short")


def test_the_permission_dialog_is_the_systems_and_its_answer_reaches_the_app(d, phone):
    d(text="权限").click()
    refuse = d(resourceId="com.android.permissioncontroller:id/permission_deny_button")
    assert refuse.wait(timeout=3)
    assert d.info["currentPackageName"] == "com.android.permissioncontroller"
    refuse.click()
    assert said(d, "permission -1")


def test_a_toast_of_the_app_can_be_read(d):
    d.clear_toast()
    d(text="提示").click()
    assert d.toast.get_message(wait_timeout=3) == "已保存"


def test_a_second_activity_covers_the_first_scrolls_and_goes_by_back(d):
    d(text="下一页").click()
    assert d(text="第 0 行").wait(timeout=5)
    assert not d(text="记住我").exists
    assert d.app_current()["activity"] == ".SecondActivity"
    assert d(scrollable=True).scroll.to(text="第 59 行")
    d.press("back")
    assert d(text="记住我").wait(timeout=5)


def test_a_long_press_reaches_the_long_click_listener(d):
    d(text="长按").long_click(duration=0.6)
    assert said(d, "long")


def test_home_shows_the_launcher_and_its_icon_brings_the_app_back(d):
    d(text="长按").click()
    assert said(d, "short")
    d.press("home")
    assert d(packageName="com.android.launcher3", text="屏幕").wait(timeout=5)
    d(text="屏幕").click()
    assert said(d, "short"), "the same process came back"


def test_a_dead_app_leaves_the_home_screen(d, phone):
    phone.shell(f"am force-stop {PACKAGE}")
    assert d(packageName="com.android.launcher3").wait(timeout=5)
    assert not d(packageName=PACKAGE).exists
