"""Screens in, actions out: what the walk does on a scripted device, and what it writes down."""

import pytest
from walked import ASKS, BODY, MAIN, NOTICE

from harness.testing import (
    ScriptedDevice,
    box,
    button,
    dialog,
    draw,
    field_for,
    image,
    page,
    row,
    text,
)


def test_the_first_run_touches_nothing(run):
    device = ScriptedDevice(ASKS, {})
    played = run(device, "SC01")
    assert played.result.confirmed
    assert device.done == ["launch"]
    assert played.consent() == [("asked", True)]
    assert played.steps() == ["launch app", "await consent_dialog", "observe 75"]
    assert played.gate("screen") == [True] and played.gate("walk") == [True]


def test_dwell_times_follow_the_pace_and_the_screen_is_looked_at_twice_a_second(run):
    played = run(ScriptedDevice(ASKS, {}), "SC01", pace=0.2)
    observe = next(e for e in played.events("scenario") if e.get("step") == "observe 75")
    assert observe["host_hi_ms"] - observe["host_lo_ms"] == pytest.approx(15_000, abs=200)
    looks = [line for line in played.ui if "dump" in line]
    assert len(looks) >= 30


def test_refusing_goes_through_second_chances_and_three_cold_starts(run):
    on = {("first", "不同意"): "again", ("again", "仍不同意"): "main"}
    device = ScriptedDevice(ASKS, on)
    played = run(device, "SC03")
    assert played.result.confirmed
    once = ["tap 不同意", "tap 仍不同意"]
    assert device.done == ["launch", *once, *(["force-stop", "launch", *once] * 3)]
    assert played.consent() == [("asked", True), ("refused", True), ("refused", True)] * 4
    kinds = [screen["screen_kind"] for screen in played.events("screen")]
    assert kinds[:3] == ["privacy_popup", "retention", "other"]
    assert "tap refuse if second_chance" in played.steps()


def test_an_app_that_asks_no_more_is_not_asked_to_be_refused(run):
    device = ScriptedDevice(ASKS, {("first", "不同意"): "main"}, start_again="main")
    played = run(device, "SC03")
    assert played.result.confirmed
    assert device.done == ["launch", "tap 不同意", *(["force-stop", "launch"] * 3)]


def test_an_app_that_leaves_when_refused_is_a_confirmed_refusal(run):
    device = ScriptedDevice(ASKS, {("first", "不同意"): "home"})
    played = run(device, "SC03")
    assert played.result.confirmed
    assert played.consent() == [("asked", True), ("refused", True)] * 4
    assert played.events("screen")[1]["package"] == "com.android.launcher3"


def test_agreeing_ticks_an_unticked_box_first_and_then_touches_nothing(run):
    def notice(*flags):
        tick = box("我已阅读并同意《隐私政策》", *flags)
        return draw(dialog(text("提示"), text(BODY), tick, row(button("不同意"), button("同意"))))

    screens = {"first": notice(), "ticked": notice("checked"), "main": MAIN}
    on = {("first", "我已阅读并同意《隐私政策》"): "ticked", ("ticked", "同意"): "main"}
    device = ScriptedDevice(screens, on)
    played = run(device, "SC05")
    assert played.result.confirmed
    assert device.done == ["launch", "tap 我已阅读并同意《隐私政策》", "tap 同意"]
    assert played.consent() == [("asked", True), ("granted", True)]
    assert [tap["role"] for tap in played.events("tap")] == ["checkbox", "agree"]


def test_a_drawn_box_is_touched_only_when_agreeing_had_no_effect(run):
    def notice(ticked):
        line = row(image("clickable", rid="com.x:id/iv_check"), text("我已阅读并同意《隐私政策》"))
        name = "同意" if ticked else "同意 "
        return draw(dialog(text("提示"), text(BODY), line, row(button("不同意"), button(name))))

    class Device(ScriptedDevice):
        def tap(self, x, y):
            super().tap(x, y)
            if self.done[-1].startswith("tap nothing"):
                self.go("ticked")

    device = Device(
        {"first": notice(False), "ticked": notice(True), "main": MAIN}, {("ticked", "同意"): "main"}
    )
    played = run(device, "SC05")
    assert played.result.confirmed
    assert [tap["role"] for tap in played.events("tap")] == ["agree", "checkbox", "agree"]


def test_a_second_question_after_agreeing_is_agreed_to_as_well(run):
    more = draw(
        dialog(
            text("儿童"), text("请阅读并同意《儿童隐私保护指引》。"), row(button("不同意"), button("同意"))
        )
    )
    device = ScriptedDevice(
        {"first": NOTICE, "more": more, "main": MAIN}, {("first", "同意"): "more", ("more", "同意"): "main"}
    )
    played = run(device, "SC05")
    assert played.result.confirmed and device.done == ["launch", "tap 同意", "tap 同意"]


def test_a_ticked_box_is_left_alone(run):
    ticked = draw(
        dialog(
            text("提示"),
            text(BODY),
            box("我已阅读并同意《隐私政策》", "checked"),
            row(button("不同意"), button("同意")),
        )
    )
    device = ScriptedDevice({"first": ticked, "main": MAIN}, {("first", "同意"): "main"})
    run(device, "SC05")
    assert device.done == ["launch", "tap 同意"]


def test_the_consent_interval_reaches_from_before_the_tap_to_the_first_look_without_the_dialog(run):
    device = ScriptedDevice(
        {**ASKS, "closing": NOTICE}, {("first", "同意"): "closing"}, after={"closing": (1.2, "main")}
    )
    played = run(device, "SC05")
    [granted] = [event for event in played.events("consent_changed") if event["state"] == "granted"]
    [tap] = played.events("tap")
    assert granted["host_lo_ms"] <= tap["host_lo_ms"] < tap["host_hi_ms"]
    without = next(e for e in played.events("screen") if e["screen_kind"] == "other")
    assert granted["host_hi_ms"] == without["host_hi_ms"]
    assert 1200 <= granted["host_hi_ms"] - granted["host_lo_ms"] <= 1600


def test_a_tap_that_changes_nothing_is_made_once_more_and_then_not_taken_for_consent(run):
    device = ScriptedDevice(ASKS, {})
    played = run(device, "SC05")
    assert not played.result.confirmed
    assert device.done == ["launch", "tap 同意", "tap 同意"]
    assert played.consent() == [("asked", True), ("granted", False)]
    assert played.gate("walk") == [False]
    assert [tap["changed"] for tap in played.events("tap")] == [False, False]


def test_a_refused_tap_that_changes_nothing_is_not_a_refusal(run):
    played = run(ScriptedDevice(ASKS, {}), "SC03")
    assert not played.result.confirmed
    assert played.consent() == [("asked", True), ("refused", False)]


def test_without_a_way_to_refuse_the_back_key_is_tried_and_the_scenario_has_its_end(run):
    only = draw(dialog(text("提示"), text(BODY), button("同意")))
    device = ScriptedDevice({"first": only}, {})
    played = run(device, "SC03")
    assert device.done == ["launch", "press back", "press back"]
    assert played.result.confirmed
    assert [(tap["role"], tap["changed"]) for tap in played.events("tap")] == [("back", False)] * 2
    assert ("refused", True) not in played.consent()


def test_words_of_the_text_are_touched_before_the_back_key_is(run):
    body = BODY + "如您不接受，可选择不同意并退出。"
    only = draw(dialog(text("提示"), text(body), button("同意")))
    device = ScriptedDevice({"first": only}, {("first", "back"): "home"})
    played = run(device, "SC03")
    assert [tap["role"] for tap in played.events("tap")][:3] == ["refuse_exit", "refuse_exit", "back"]
    assert ("refused", True) in played.consent() and played.result.confirmed


LOG_OUT = "id: SC98-out\ntitle: x\nsteps:\n  - {launch: app}\n  - {await: main_screen, settled: 1}\n  - {use: logout}\n"


@pytest.mark.parametrize(("yes", "done"), [("确定", True), ("退出登录", True), ("手机号码", False)])
def test_a_log_out_that_the_app_asks_about_is_told_only_when_it_was_confirmed(run, yes, done):
    first = draw(page(text("设置"), button("账号与安全"), button("退出登录")))
    asks = draw(dialog(text("提示"), text("退出后笔记保留在本机。"), row(button("取消"), button(yes))))
    ways = {("first", "退出登录"): "asks", ("asks", yes): "out"}
    device = ScriptedDevice({"first": first, "asks": asks, "out": MAIN}, ways)
    played = run(device, LOG_OUT)
    assert device.done[:3] == ["launch", "tap 退出登录"] + ([f"tap {yes}"] if done else [])
    assert [(act["act"], act["certain"]) for act in played.events("user_act")] == [("logged_out", done)]
    assert played.result.confirmed == done


BANNER = draw(
    dialog(
        text("We value your privacy"),
        text("We and our partners use cookies to process personal data. See our Privacy Policy."),
        row(button("Manage settings"), button("Accept all")),
    )
)


def test_refusing_goes_through_the_settings_of_a_banner_that_has_no_other_way(run):
    settings = draw(
        dialog(
            text("Privacy settings"),
            text("Choose which cookies you consent to. See our Privacy Policy."),
            row(button("Reject all"), button("Accept all")),
        )
    )
    ways = {("first", "Manage settings"): "settings", ("settings", "Reject all"): "main"}
    device = ScriptedDevice({"first": BANNER, "settings": settings, "main": MAIN}, ways)
    played = run(device, "SC03")
    assert played.result.confirmed
    assert device.done[:3] == ["launch", "tap Manage settings", "tap Reject all"]
    assert ("refused", True) in played.consent()


def test_from_settings_that_do_not_refuse_either_the_walk_comes_back_to_the_banner(run):
    settings = draw(page(text("Privacy settings"), text("Cookies"), button("Save")))
    ways = {
        ("first", "Manage settings"): "settings",
        ("settings", "back"): "first",
        ("first", "back"): "home",
    }
    device = ScriptedDevice({"first": BANNER, "settings": settings}, ways)
    played = run(device, "SC03")
    assert device.done[:4] == ["launch", "tap Manage settings", "press back", "press back"]
    assert ("refused", True) in played.consent()


LOGIN = (
    text("手机号登录"),
    field_for("请输入手机号"),
    box("我已阅读并同意《用户协议》和《隐私政策》"),
    button("登录"),
)


def test_a_login_page_that_asks_by_the_way_is_refused_by_going_on_as_a_guest(run):
    login = draw(page(*LOGIN, button("暂不登录")))
    device = ScriptedDevice({"first": login, "main": MAIN}, {("first", "暂不登录"): "main"})
    played = run(device, "SC03")
    assert played.result.confirmed
    assert device.done[:2] == ["launch", "tap 暂不登录"]
    assert ("limited", True) in played.consent()


def test_a_login_page_without_another_way_is_left_by_the_back_key(run):
    device = ScriptedDevice({"first": draw(page(*LOGIN))}, {("first", "back"): "home"})
    played = run(device, "SC03")
    assert played.result.confirmed
    assert device.done[:2] == ["launch", "press back"]
    assert ("refused", True) in played.consent()


def test_a_consent_dialog_over_a_login_page_is_what_is_refused(run):
    asks = dialog(text("提示"), text(BODY), row(button("不同意"), button("同意")))
    screens = {"first": draw(page(*LOGIN)), "asks": draw(asks, page(*LOGIN))}
    device = ScriptedDevice(screens, {("asks", "不同意"): "first"}, after={"first": (2.0, "asks")})
    assert "tap 不同意" in run(device, "SC03").device.done[:2]


def test_an_answer_that_counts_down_is_waited_for(run):
    counting = draw(dialog(text("提示"), text(BODY), row(button("不同意"), button("同意(5s)", "disabled"))))
    device = ScriptedDevice(
        {**ASKS, "counting": counting},
        {("first", "同意"): "main"},
        start="counting",
        after={"counting": (5.0, "first")},
    )
    played = run(device, "SC05")
    assert played.result.confirmed and device.done == ["launch", "tap 同意"]


def test_two_buttons_that_both_say_agree_are_not_touched(run):
    two = draw(dialog(text("提示"), text(BODY), row(button("不同意"), button("同意"), button("同意并继续"))))
    device = ScriptedDevice({"first": two}, {})
    played = run(device, "SC05")
    assert device.done == ["launch"] and not played.result.confirmed


@pytest.mark.parametrize("scenario", ["SC03", "SC05"])
def test_an_app_without_a_notice_is_not_touched_and_that_is_the_end(run, scenario):
    device = ScriptedDevice({"first": MAIN}, {})
    played = run(device, scenario)
    assert played.result.confirmed and device.done == ["launch"]
    assert played.consent() == [] and played.gate("walk") == [True]


def test_a_look_alike_is_never_touched(run):
    friend = draw(page(text("张三请求添加你为好友"), row(button("拒绝"), button("同意"))))
    device = ScriptedDevice({"first": friend}, {})
    run(device, "SC05")
    assert device.done == ["launch"]


def test_a_dialog_that_comes_late_is_waited_for(run):
    device = ScriptedDevice(
        {**ASKS, "splash": draw(page(image()))},
        {("first", "同意"): "main"},
        start="splash",
        after={"splash": (4.0, "first")},
    )
    played = run(device, "SC05")
    assert played.result.confirmed and device.done[-1] == "tap 同意"
    [asked] = [e for e in played.events("consent_changed") if e["state"] == "asked"]
    assert asked["host_hi_ms"] - asked["host_lo_ms"] < 700
    [(_, moment)] = device.changes
    assert asked["host_lo_ms"] <= moment <= asked["host_hi_ms"]


def test_a_second_question_in_other_words_is_refused_too(run):
    other = draw(
        dialog(
            text("个人信息保护"),
            text("我们重视您的隐私，详见《隐私政策》。"),
            row(button("拒绝"), button("接受")),
        )
    )
    screens = {"first": NOTICE, "other": other, "main": MAIN}
    device = ScriptedDevice(
        screens, {("first", "不同意"): "other", ("other", "拒绝"): "main"}, start_again="main"
    )
    played = run(device, "SC03")
    assert played.result.confirmed
    assert device.done[:3] == ["launch", "tap 不同意", "tap 拒绝"]
    assert played.consent() == [("asked", True), ("refused", True), ("refused", True)]


def test_a_permission_dialog_before_the_notice_is_denied_when_an_answer_is_needed_and_left_alone_otherwise(
    run, tmp_path
):
    prefix = "com.android.permissioncontroller:id/permission_"
    ask = draw(
        dialog(
            text("要允许“天气”获取位置信息吗？", rid=prefix + "message"),
            button("允许", rid=prefix + "allow_button"),
            button("不允许", rid=prefix + "deny_button"),
            package="com.android.permissioncontroller",
        )
    )
    screens = {**ASKS, "ask": ask}
    device = ScriptedDevice(screens, {("ask", "不允许"): "first", ("first", "同意"): "main"}, start="ask")
    assert run(device, "SC05").result.confirmed
    assert device.done == ["launch", "tap 不允许", "tap 同意"]


def test_a_permission_dialog_is_left_alone_at_the_first_run(run):
    prefix = "com.android.permissioncontroller:id/permission_"
    ask = draw(
        dialog(
            text("Allow X to take pictures?", rid=prefix + "message"),
            button("Allow", rid=prefix + "allow_button"),
            button("Don't allow", rid=prefix + "deny_button"),
            package="com.android.permissioncontroller",
        )
    )
    device = ScriptedDevice({"first": ask}, {})
    played = run(device, "SC01")
    assert device.done == ["launch"]
    assert [screen["screen_kind"] for screen in played.events("screen")] == ["permission"]
