"""The unmodified uiautomator2 client over the real adb, against a twin's screen."""

from __future__ import annotations

import statistics
import time

import pytest
import uiautomator2
from on_screen import LONG, AppOnScreen, column, node
from uiautomator2.exceptions import UiObjectNotFoundError
from uiautomator2.exceptions import XPathElementNotFoundError as XPathNotFound

from harness.device.adb_server import AdbServer
from harness.twin.host import TwinHost

pytestmark = pytest.mark.twin
CLICK = ("clickable", "focusable")
PERMISSION = "com.android.permissioncontroller"


@pytest.fixture(scope="module")
def host():
    with TwinHost() as running:
        yield running


@pytest.fixture(scope="module")
def twin(host):
    return host.add(seed=4)


@pytest.fixture(scope="module")
def d(twin):
    with AdbServer() as server:
        phone = server.connect(twin.serial)
        device = uiautomator2.connect(phone.adb)
        device.settings["wait_timeout"] = 3
        yield device
        device.stop_uiautomator(wait=False)


@pytest.fixture
def app(host, twin):
    """An app in front whose screen the test decides, and which keeps what it is told."""
    shown = Shown(host, twin.device)
    yield shown
    shown.end()


class Shown(AppOnScreen):
    def __init__(self, host, device):
        super().__init__(device)
        self.host = host

    def run(self, call, *arguments, **more):
        async def inside():
            return call(*arguments, **more)

        return self.host.run(inside())

    def show(self, root, **more):
        self.run(super().show, root, activity=None, **more)

    def end(self):
        self.run(self.device.windows.remove_process, self.pid)
        self.run(self.device.windows.close_panels)
        self.run(self.device.windows.set_rotation, 0)

    def told(self, event):
        return [args for name, args in self.events if name == event]


def test_info_and_size_are_those_of_the_screen(d, app):
    app.show(column(1))
    assert d.window_size() == (1080, 2400)
    assert d.info["currentPackageName"] == "com.acme.shop"
    assert d.info["displayWidth"] == 1080
    assert d.device_info["sdk"] == 33


def test_a_click_by_text_reaches_the_process_that_shows_it(d, app):
    app.show(column(1, node(2, "TextView", "隐私政策"), node(3, "Button", "同意", flags=CLICK)))
    d(text="同意").click()
    (click,) = app.told("view.click")
    assert click["view"] == 3
    assert d(text="同意").info["bounds"]["top"] <= click["y"] < d(text="同意").info["bounds"]["bottom"]


def test_xpath_finds_and_clicks_in_the_dump(d, app):
    app.show(column(1, node(2, "Button", "不同意", flags=CLICK), node(3, "Button", "同意", flags=CLICK)))
    d.xpath('//*[@text="同意"]').click()
    assert [click["view"] for click in app.told("view.click")] == [3]
    assert d.xpath("//android.widget.Button").all()[0].text == "不同意"


def test_what_is_not_there_is_reported_as_such(d, app):
    app.show(column(1))
    assert not d(text="nothing").exists
    with pytest.raises(UiObjectNotFoundError):
        d(text="nothing").click(timeout=0.2)
    with pytest.raises(UiObjectNotFoundError):
        d(text="nothing").info["text"]
    with pytest.raises(XPathNotFound):
        d.xpath("nothing").click(timeout=0.2)


def test_a_swipe_scrolls_and_scroll_to_finds(d, app):
    rows = [node(10 + n, "TextView", f"row {n}", w=-1, h=300) for n in range(20)]
    app.show(node(1, "ScrollView", w=-1, h=-1, children=[column(2, *rows, h=-2)]))
    assert not d(text="row 10").exists
    d.swipe(500, 2000, 500, 500, steps=10)
    assert app.told("view.scroll")[0]["y"] == 1500
    assert d(scrollable=True).scroll.to(text="row 19")
    assert d(text="row 19").exists
    d(scrollable=True).fling.toBeginning()
    assert d(text="row 0").exists


def test_a_long_click_is_felt_as_one(d, app):
    app.show(column(1, node(2, "TextView", "hold", flags=("clickable", "long-clickable"), w=-1, h=300)))
    d(text="hold").long_click(duration=0.6)
    assert app.told("view.long_click")
    assert not app.told("view.click")


def test_text_chinese_too_is_typed_into_the_field_that_was_tapped(d, app):
    app.show(column(1, node(2, "EditText", "", hint="Name", flags=CLICK, w=-1)))
    d(className="android.widget.EditText").click()
    d.send_keys("张三 said hi")
    assert app.told("view.text")[-1]["text"] == "张三 said hi"
    d(className="android.widget.EditText").set_text("新")
    assert app.told("view.text")[-1]["text"] == "新"
    d.clear_text()
    assert app.told("view.text")[-1]["text"] == ""


def test_the_clipboard_goes_both_ways(d, app):
    d.clipboard = "复制 copied"
    assert d.clipboard == "复制 copied"


def test_back_goes_to_the_dialog_and_home_to_the_launcher(d, app):
    app.show(column(1, node(2, "TextView", "under")))
    app.show(node(3, "TextView", "ask"), window=2, kind="dialog")
    d.press("back")
    assert app.told("window.back") == [{"window": 2}]
    assert not d(text="under").exists


def test_the_screenshot_is_the_screen(d, app):
    app.show(column(1, node(2, "TextView", LONG, w=-1), background="#ff00ff00"))
    image = d.screenshot()
    assert image.size == (1080, 2400)
    assert image.getpixel((1000, 1800))[1] > 230
    png = d.adb_device.screenshot()
    assert png.size == (1080, 2400)
    assert png.convert("RGB").getpixel((1000, 1800)) == (0, 255, 0)


def test_turning_the_phone_is_seen_by_everyone(d, app):
    app.show(column(1))
    d.orientation = "left"
    assert d.orientation == "left"
    assert d.window_size() == (2400, 1080)
    assert 'rotation="1"' in d.dump_hierarchy()
    d.orientation = "natural"
    assert d.window_size() == (1080, 2400)


def test_a_toast_can_be_read_for_a_while(d, app):
    app.run(app.device.windows.toast, "com.acme.shop", "已保存", 2000)
    assert d.last_toast == "已保存"
    d.clear_toast()
    assert d.last_toast is None


def test_showing_a_toast_is_as_unknown_as_to_the_real_server(d):
    with pytest.raises(uiautomator2.exceptions.RPCUnknownError, match="-32601"):
        d.toast.show("x")


def test_a_watcher_presses_the_permission_dialog_away(d, app):
    clicked = []

    async def on_click(view):
        clicked.append(view["text"])
        app.device.windows.close_system(number)

    dialog = column(
        1, node(2, "Button", "不允许", flags=CLICK, rid=f"{PERMISSION}:id/permission_deny_button"), h=-2
    )
    number = app.run(app.device.windows.show_system, PERMISSION, "", dialog, on_click)
    with d.watch_context() as watcher:
        watcher.when("不允许").click()
        watcher.wait_stable(seconds=0.5, timeout=5)
    assert clicked == ["不允许"]
    assert not d(packageName=PERMISSION).exists


def test_the_screen_sleeps_and_wakes(d):
    d.screen_off()
    assert not d.info["screenOn"]
    assert max(d.screenshot().getextrema()[1]) < 5
    d.screen_on()
    assert d.info["screenOn"]


def test_the_server_is_started_again_after_it_died(d, app):
    app.show(column(1, node(2, "TextView", "still here")))
    d.stop_uiautomator()
    assert d(text="still here").exists


def test_the_time_of_a_dump_and_a_click_is_printed(d, app, capsys):
    app.show(
        column(
            1,
            *[node(10 + n, "TextView", f"row {n}") for n in range(20)],
            node(2, "Button", "go", flags=CLICK),
        )
    )

    def median_ms(call, times=30):
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            call()
            taken.append((time.perf_counter() - began) * 1000)
        return statistics.median(taken)

    figures = {
        "dump": median_ms(d.dump_hierarchy),
        "click": median_ms(lambda: d.click(20, 2200)),
        "d(text=).click": median_ms(lambda: d(text="go").click(), 10),
        "screenshot": median_ms(d.screenshot, 5),
    }
    with capsys.disabled():
        print("\n" + ", ".join(f"{name} {ms:.1f} ms" for name, ms in figures.items()))
