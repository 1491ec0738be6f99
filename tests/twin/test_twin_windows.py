from __future__ import annotations

import asyncio

import pytest
from on_screen import LONG, AppOnScreen, column, node, screen_device

from harness.twin.binder import BinderError, Call
from harness.twin.services import window as window_service
from harness.twin.views import BadTree

CLICK = ("clickable", "focusable")


@pytest.fixture
def device(tmp_path):
    return screen_device(tmp_path)


@pytest.fixture
def app(device):
    return AppOnScreen(device)


def center(device, view_id):
    for _, box in device.windows.boxes():
        found = box.find(view_id)
        if found is not None:
            return found.visible.center
    raise AssertionError(f"view {view_id} is not on the screen")


def tap(device, view_id):
    asyncio.run(device.windows.tap(*center(device, view_id)))


def test_a_tap_reaches_the_deepest_clickable_view(device, app):
    inner = node(3, "TextView", "word", w=-1, h=100)
    app.show(column(1, node(2, "FrameLayout", flags=CLICK, w=-1, h=300, children=[inner])))
    x, y = center(device, 3)
    asyncio.run(device.windows.tap(x, y))
    assert app.events == [("view.click", {"window": 1, "view": 2, "x": x, "y": y})]


def test_a_tap_on_nothing_or_on_a_disabled_view_does_nothing(device, app):
    off = node(2, "Button", "off", w=-1) | {"flags": ["visible", "clickable"]}
    app.show(column(1, off, node(3, "TextView", "plain")))
    tap(device, 2)
    tap(device, 3)
    assert app.events == []


def test_what_is_drawn_later_takes_the_touch(device, app):
    both = [node(2, "Button", w=-1, h=-1, flags=CLICK), node(3, "Button", w=-1, h=-1, flags=CLICK)]
    app.show(node(1, "FrameLayout", w=-1, h=-1, children=both))
    tap(device, 2)
    assert app.events[0][1]["view"] == 3


def test_a_dialog_swallows_touches_and_a_cancelable_one_hears_those_outside(device, app):
    app.show(column(1, node(2, "Button", "under", w=-1, h=-1, flags=CLICK)))
    app.show(node(10, "TextView", "ask", h=200), window=2, kind="dialog", cancelable=False)
    asyncio.run(device.windows.tap(500, 300))
    assert app.events == []
    app.show(node(10, "TextView", "ask", h=200), window=2, kind="dialog", cancelable=True)
    asyncio.run(device.windows.tap(500, 300))
    assert app.events == [("window.outside", {"window": 2})]


def test_a_tap_on_the_characters_of_a_link_is_a_span_and_beside_it_is_not(device, app):
    text = "已阅读《隐私政策》并同意"
    spans = [{"start": 3, "end": 9, "id": 7, "clickable": True}]
    app.show(column(1, node(2, "TextView", text, size=50, spans=spans)))
    line = next(device.windows.boxes())[1].find(2).lines[0]
    asyncio.run(device.windows.tap(line.x + 50 * 5, line.y + 20))
    asyncio.run(device.windows.tap(line.x + 50, line.y + 20))
    assert app.events == [("view.span", {"window": 1, "view": 2, "span": 7})]


def test_a_link_on_the_second_line_is_found_where_it_wrapped_to(device, app):
    text = "甲" * 21 + "《政策》" + "乙" * 5
    app.show(
        column(
            1,
            node(
                2,
                "TextView",
                text,
                w=-1,
                size=50,
                spans=[{"start": 21, "end": 25, "id": 7, "clickable": True}],
            ),
        )
    )
    lines = next(device.windows.boxes())[1].find(2).lines
    assert len(lines) == 2
    start = lines[1].line.start
    asyncio.run(device.windows.tap(lines[1].x + 50 * (22 - start) + 25, lines[1].y + 20))
    assert app.events[0][0] == "view.span"


def test_a_long_press_is_a_long_click_and_a_short_one_is_not(device, app):
    app.show(column(1, node(2, "TextView", "x", flags=("clickable", "long-clickable"), w=-1, h=300)))
    x, y = center(device, 2)
    asyncio.run(device.windows.long_tap(x, y, 500))
    asyncio.run(device.windows.long_tap(x, y, 20))
    assert [event for event, _ in app.events] == ["view.long_click", "view.click"]


def test_a_swipe_scrolls_by_its_length_and_stops_at_the_end(device, app):
    app.show(node(1, "ScrollView", w=-1, h=-1, children=[node(2, "TextView", LONG * 3, w=-1, size=60)]))
    asyncio.run(device.windows.swipe(500, 1500, 500, 1000, 10))
    asyncio.run(device.windows.swipe(500, 1000, 500, 1300, 10))
    assert [args["y"] for event, args in app.events if event == "view.scroll"] == [500, 200]
    for _ in range(20):
        asyncio.run(device.windows.swipe(500, 2000, 500, 200, 1))
    box = next(device.windows.boxes())[1]
    assert box.find(2).bounds.bottom == box.find(1).bounds.bottom


def test_touch_down_move_up_is_a_swipe_and_down_up_is_a_tap(device, app):
    app.show(
        node(
            1, "ScrollView", w=-1, h=-1, children=[node(2, "TextView", LONG * 3, w=-1, size=60, flags=CLICK)]
        )
    )

    async def gestures():
        touch = device.windows.input.touch
        assert not await touch(1, 5, 5)
        for action, y in ((0, 1500), (2, 1300), (1, 1100), (0, 900), (1, 905)):
            assert await touch(action, 500, y)

    asyncio.run(gestures())
    assert [event for event, _ in app.events] == ["view.scroll", "view.click"]


def test_typed_text_goes_to_the_tapped_field_even_before_the_app_shows_it(device, app):
    app.show(column(1, node(2, "EditText", "", hint="Name", flags=CLICK, w=-1)))
    assert not asyncio.run(device.windows.text("nobody listens"))
    tap(device, 2)
    asyncio.run(device.windows.text("张"))
    asyncio.run(device.windows.text("三"))
    asyncio.run(device.windows.key("DEL"))
    assert app.events[0] == ("view.focus", {"window": 1, "view": 2})
    assert [args["text"] for event, args in app.events if event == "view.text"] == ["张", "张三", "张"]
    assert 'text="张"' in device.windows.hierarchy()


def test_back_hides_the_keyboard_first_then_asks_the_dialog_then_the_activity(device, app):
    app.show(column(1, node(2, "EditText", flags=CLICK, w=-1)))
    tap(device, 2)
    assert device.windows.keyboard_shown
    asyncio.run(device.windows.key("back"))
    assert not device.windows.keyboard_shown
    app.show(node(5, "TextView", "ask"), window=2, kind="dialog")
    asyncio.run(device.windows.key(4))
    assert app.events[-1] == ("window.back", {"window": 2})
    device.windows.remove(app, 2)
    asyncio.run(device.windows.key("KEYCODE_BACK"))
    asyncio.run(device.windows.key("HOME"))
    assert device.activities.asked == [("back",), ("home",)]


def test_the_bar_below_the_app_has_back_and_home(device, app):
    app.show(column(1))
    asyncio.run(device.windows.tap(180, 2340))
    asyncio.run(device.windows.tap(540, 2340))
    assert device.activities.asked == [("back",), ("home",)]


def test_a_key_without_a_meaning_is_an_error_the_caller_sees(device):
    with pytest.raises(ValueError, match="FLUXCAPACITOR"):
        asyncio.run(device.windows.key("FLUXCAPACITOR"))


def test_a_system_dialog_is_above_the_app_and_its_button_calls_back(device, app):
    clicked = []

    async def on_click(view):
        clicked.append(view["rid"])
        device.windows.close_system(number)

    app.show(column(1, node(2, "Button", "under", w=-1, h=-1, flags=CLICK)))
    button = node(
        4, "Button", "不允许", flags=CLICK, rid="com.android.permissioncontroller:id/permission_deny_button"
    )
    number = device.windows.show_system(
        "com.android.permissioncontroller", "Permission", column(3, button, h=-2), on_click
    )
    assert device.windows.focused.package == "com.android.permissioncontroller"
    assert "under" not in device.windows.hierarchy()
    tap(device, 4)
    assert clicked == ["com.android.permissioncontroller:id/permission_deny_button"]
    assert device.windows.focused.package == "com.acme.shop"


def test_windows_of_a_stopped_activity_and_of_a_dead_process_are_gone_from_the_screen(device, app):
    app.show(column(1, node(2, "TextView", "first")), activity="t1")
    app.show(node(3, "TextView", "its dialog"), window=2, kind="dialog", activity="t1")
    device.windows.set_visible("t1", False)
    assert device.windows.focused.package == "com.android.launcher3"
    device.windows.set_visible("t1", True)
    assert "its dialog" in device.windows.hierarchy()
    device.windows.remove_process(app.pid)
    assert "com.acme.shop" not in device.windows.hierarchy()


def test_the_home_screen_starts_the_app_whose_icon_is_tapped(device):
    assert "极客商城" in device.windows.hierarchy()
    assert "Quiet" not in device.windows.hierarchy()

    async def touched():
        await device.windows.tap(*center(device, 1000))
        await asyncio.sleep(0)

    asyncio.run(touched())
    assert device.activities.asked == [("start", "com.acme.shop")]


def test_a_screen_that_is_off_takes_no_taps_until_it_is_woken(device, app):
    app.show(column(1, node(2, "Button", "x", w=-1, h=-1, flags=CLICK)))
    asyncio.run(device.windows.key("POWER"))
    tap(device, 2)
    assert app.events == []
    asyncio.run(device.windows.key("WAKEUP"))
    tap(device, 2)
    assert len(app.events) == 1


def test_turning_the_screen_lays_out_anew(device, app):
    app.show(column(1))
    device.windows.set_rotation(1)
    assert 'bounds="[0,0][2400,1080]"' in device.windows.hierarchy()
    assert '<hierarchy rotation="1">' in device.windows.hierarchy()
    assert device.windows.screenshot().size == (2400, 1080)


def test_a_toast_is_kept_for_those_who_ask_and_does_not_take_the_focus(device, app):
    app.show(column(1))
    window_service.show_toast(Call(device, app), "登录成功", 2000)
    assert device.windows.last_toast == "登录成功"
    assert device.windows.focused.package == "com.acme.shop"
    device.windows.clear_toast()
    assert device.windows.last_toast is None


def test_a_bad_tree_becomes_a_java_exception_and_the_old_window_stays(device, app):
    app.show(column(1, node(2, "TextView", "good")))
    with pytest.raises(BinderError, match="IllegalArgumentException"):
        window_service.update_window(Call(device, app), {"window": 1, "kind": "activity", "root": []})
    with pytest.raises(BadTree, match="64"):
        for number in range(2, 100):
            app.show(column(1), window=number, kind="dialog")
    device.windows.remove_process(app.pid)


def test_waiting_ends_when_the_screen_changes(device, app):
    async def scene():
        waiting = asyncio.create_task(device.windows.wait_change(5))
        await asyncio.sleep(0)
        app.show(column(1))
        assert await asyncio.wait_for(waiting, 1)
        assert not await device.windows.wait_change(0.01)

    asyncio.run(scene())


def test_bounds_of_a_view_can_be_asked_for(device, app):
    app.show(column(1, node(2, "View", w=100, h=50)))
    assert window_service.view_bounds(Call(device, app), 1, 2) == [0, 84, 100, 134]
    assert window_service.view_bounds(Call(device, app), 1, 99) is None
    assert window_service.view_bounds(Call(device, app), 9) is None


def test_a_dialog_that_fills_the_screen_keeps_clear_of_the_bars(device, app):
    app.show(node(2, "TextView", "all", w=-1, h=-1), window=2, kind="dialog")
    assert next(device.windows.boxes())[1].find(2).bounds == (0, 84, 1080, 2274)


def test_a_popup_stands_where_its_app_put_it(device, app):
    app.show(column(1))
    app.show(node(2, "TextView", "menu", w=300, h=200, margin=[50, 400, 0, 0]), window=2, kind="popup")
    assert next(device.windows.boxes())[1].bounds == (50, 400, 350, 600)
    app.show(node(2, "TextView", "sheet", w=-1, h=200, layout_gravity=0x50), window=2, kind="popup")
    assert next(device.windows.boxes())[1].bounds == (0, 2074, 1080, 2274)


def test_an_app_that_has_not_drawn_yet_is_a_blank_screen_and_not_the_home_screen(device):
    device.activities.front = "com.acme.shop"
    assert device.windows.focused.package == "com.acme.shop"
    assert "launcher" not in device.windows.hierarchy()


def test_a_dialog_stays_under_an_activity_that_came_later(device, app):
    app.show(column(1, node(2, "TextView", "first")), activity="t1")
    app.show(column(1, node(3, "TextView", "second")), window=2, activity="t2")
    app.show(node(4, "TextView", "late dialog of the first"), window=3, kind="dialog", activity="t1")
    assert "second" in device.windows.hierarchy()
    assert "late dialog" not in device.windows.hierarchy()


def test_a_popup_goes_with_the_activities_of_its_process(device, app):
    app.show(column(1), activity="t1")
    app.show(node(2, "TextView", "menu"), window=2, kind="popup", activity=None, title="PopupWindow")
    assert "menu" in device.windows.hierarchy()
    device.windows.set_visible("t1", False)
    assert "menu" not in device.windows.hierarchy()
