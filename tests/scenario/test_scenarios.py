"""Every built-in scenario on a scripted app: what it does there, and how it ends when things go wrong."""

from __future__ import annotations

import json

import pytest

from harness.device.phone import ShellResult
from harness.model.errors import RunFailure
from harness.model.result import AppFacts
from harness.model.run_folder import RunFolder
from harness.scenario.load import load_scenarios, parse_scenario
from harness.scenario.record import Recorder
from harness.scenario.walk import walk
from harness.testing import ScriptedDevice, View, button, dialog, draw, page, row, text

APP = AppFacts(package="com.x", version_name="1", version_code=1, label="X", sha256="0" * 64, target_sdk=33)
BODY = "请您仔细阅读《用户协议》和《隐私政策》，我们会按照其中的规则收集和使用您的个人信息。"
PREFIX = "com.android.permissioncontroller:id/permission_"
LONG = "一、我们收集的信息。我们会收集您的设备信息、位置信息，用于提供服务。" * 12
SCREENS = {
    "first": draw(
        dialog(text("提示"), text(BODY), row(button("不同意"), button("同意"))), page(text("天气"))
    ),
    "main": draw(page(text("天气"), text("今天 晴"), button("城市列表"), button("拍照识图"), button("我的"))),
    "cities": draw(page(text("城市"), text("北京"), text("上海"))),
    "me": draw(page(text("我的"), button("设置"), button("立即购买"))),
    "settings": draw(
        page(text("设置"), button("隐私政策"), button("撤回同意"), button("注销账号"), button("退出登录"))
    ),
    "policy": draw(page(text("隐私政策"), text(LONG), text("更新日期：2024年1月1日"))),
    "ask": draw(
        dialog(
            text("要允许“天气”拍摄照片和录制视频吗？", rid=PREFIX + "message"),
            button("允许", rid=PREFIX + "allow_button"),
            button("不允许", rid=PREFIX + "deny_button"),
            package="com.android.permissioncontroller",
        )
    ),
}
ON = {
    ("first", "同意"): "main", ("first", "不同意"): "main",
    ("main", "城市列表"): "cities", ("cities", "back"): "main",
    ("main", "拍照识图"): "ask", ("ask", "不允许"): "main", ("ask", "允许"): "main", ("ask", "back"): "main",
    ("main", "我的"): "me", ("me", "back"): "main", ("me", "设置"): "settings", ("settings", "back"): "me",
    ("settings", "隐私政策"): "policy", ("policy", "back"): "settings", ("main", "back"): "home",
}  # fmt: skip


SWITCHES = {
    "svc wifi disable": ("wifi", "0"), "svc wifi enable": ("wifi", "1"),
    "cmd connectivity airplane-mode enable": ("airplane", "1"),
    "cmd connectivity airplane-mode disable": ("airplane", "0"),
    "cmd alarm set-timezone Asia/Shanghai": ("zone", "Asia/Shanghai"),
    "cmd alarm set-timezone Europe/Berlin": ("zone", "Europe/Berlin"),
    "pm uninstall -k --user 0 com.android.egg": ("egg", "0"),
    "cmd package install-existing --user 0 com.android.egg": ("egg", "1"),
}  # fmt: skip
"""What a shell line switches, and to what; LOOKS reads it back."""
LOOKS = {
    "settings get global wifi_on": "wifi",
    "settings get global airplane_mode_on": "airplane",
    "getprop persist.sys.timezone": "zone",
}


class Handheld(ScriptedDevice):
    """A phone that also keeps permissions and says whether its screen is on."""

    awake = True
    switches: dict[str, str] = {}
    granted = "false"
    flags = " "

    def tap(self, x, y):
        if self.at == "ask":
            label = self._label_at(x, y)
            self.granted, self.flags = ("true" if label == "允许" else "false"), "USER_SET"
        super().tap(x, y)

    def shell(self, command, timeout=30):
        self._act("shell")
        self.done.append(command.split(" com.x")[0])
        if command.startswith("dumpsys package"):
            said = f"      android.permission.CAMERA: granted={self.granted}, flags=[{self.flags}]\n"
            return ShellResult(said, "", 0)
        if "KEYCODE_SLEEP" in command or "KEYCODE_WAKEUP" in command:
            self.awake = "WAKEUP" in command
        if command == "dumpsys power":
            return ShellResult(f"mWakefulness={'Awake' if self.awake else 'Asleep'}", "", 0)
        if command in SWITCHES:
            name, value = SWITCHES[command]
            self.switches[name] = value
        if command in LOOKS:
            return ShellResult(self.switches.get(LOOKS[command], "1"), "", 0)
        if command == "pm list packages -s":
            return ShellResult("package:com.android.egg" if self.switches.get("egg") != "0" else "", "", 0)
        if command.startswith("cmd locale get"):
            return ShellResult("Locales for com.x for user 0 are [de-DE]", "", 0)
        return ShellResult("", "", 0)


def device(**more):
    Handheld.switches = {"zone": "Asia/Shanghai"}
    return Handheld(dict(SCREENS), dict(ON), **more)


class Somebody:
    """A person who does it when asked: `does` acts on the phone, then says that it is done."""

    def __init__(self, phone, does=None, says="", after=3.0):
        self.phone, self.does, self.says, self.after = phone, does, says, after
        self.asked, self.at = [], None

    def present(self):
        return True

    def ask(self, en, zh, seconds):
        self.asked.append((en, zh))
        self.at = self.phone.now_ms()

    def answer(self):
        if self.phone.now_ms() - self.at < self.after * 1000:
            if self.does:
                self.does(self.phone)
            return None
        return self.says


class Nobody:
    def present(self):
        return False

    def ask(self, en, zh, seconds): ...

    def answer(self):
        return None


@pytest.fixture
def play(tmp_path):
    count = iter(range(10_000))

    def run(phone, scenario, pace=0.05, person=None):
        plan = (
            load_scenarios([scenario])[0] if scenario.startswith("SC") else parse_scenario(scenario, "t.yaml")
        )
        path = tmp_path / f"run{next(count)}"
        folder = RunFolder.create(path)
        try:
            result = walk(
                plan, phone, phone, Recorder(folder), APP, pace, lambda _: None, phone, person or Nobody()
            )
        except RunFailure as failure:
            result = failure
        folder.close()
        lines = [json.loads(line) for line in (path / "raw/ui.jsonl").read_text().splitlines()]
        return result, [{**line, **line["event"]} for line in lines if "event" in line]

    return run


def of(events, kind):
    return [event for event in events if event["kind"] == kind]


def own(*steps):
    return "id: SC90-own\ntitle: own\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)


AGREED = ("{launch: app}", "{await: consent_dialog}", "{tap: agree}")


def test_documents_are_read_from_the_notice_and_nothing_is_agreed_to(play):
    phone = device()
    phone.on |= {("first", BODY): "policy", ("policy", "back"): "first"}
    result, events = play(phone, "SC02")
    assert result.confirmed, result
    assert [tap["role"] for tap in of(events, "tap")] == ["policy_link", "back"]
    [document] = of(events, "policy_text")
    assert document["document"] == "policy" and document["complete"] and LONG in document["text"]
    # The notice that shows again after a document asks again; nothing was ever answered.
    assert {e["state"] for e in of(events, "consent_changed")} == {"asked"}


def test_the_limited_mode_is_toured_after_a_refusal(play):
    phone = device()
    result, events = play(phone, "SC04", pace=0.5)
    assert result.confirmed, result
    assert {"tap 城市列表", "tap 我的", "tap 不允许"} <= set(phone.done)
    assert [e["state"] for e in of(events, "consent_changed")] == ["asked", "refused"]


@pytest.mark.parametrize(
    ("scenario", "action", "label"), [("SC06", "denied", "不允许"), ("SC08", "granted", "允许")]
)
def test_a_tour_opens_features_and_answers_what_they_ask(play, scenario, action, label):
    phone = device()
    result, events = play(phone, scenario, pace=0.5)
    assert result.confirmed, result
    [permission] = of(events, "permission")
    assert permission["action"] == action and permission["permission"] == "android.permission.CAMERA"
    assert "拍摄照片" in permission["dialog"]
    assert f"tap {label}" in phone.done
    opened = [act["text"] for act in of(events, "user_act") if act["act"] == "opened_feature"]
    assert {"拍照识图", "城市列表", "设置"} <= set(opened)


def test_a_tour_never_pays_withdraws_cancels_or_logs_out(play):
    phone = device()
    for spot in ("立即购买", "撤回同意", "注销账号", "退出登录"):
        assert f"tap {spot}" not in phone.done
    play(phone, "SC08", pace=1.0)
    assert "tap 设置" in phone.done
    for spot in ("立即购买", "撤回同意", "注销账号", "退出登录"):
        assert f"tap {spot}" not in phone.done


def test_a_tour_is_the_same_each_time(play):
    first, second = device(), device()
    play(first, "SC06", pace=0.5)
    play(second, "SC06", pace=0.5)
    assert first.done == second.done


def test_after_denials_there_are_three_cold_and_three_warm_starts(play):
    phone = device(start_again="main")
    result, events = play(phone, "SC07")
    assert result.confirmed, result
    starts = [e["step"] for e in of(events, "scenario") if e.get("step", "").startswith("relaunch")]
    assert starts == ["relaunch cold"] * 3 + ["relaunch warm"] * 3


def test_the_background_is_home_and_then_the_screen_off(play):
    phone = device()
    result, events = play(phone, "SC10", pace=0.02)
    assert result.confirmed, result
    steps = [(e["step"], e["confirmed"]) for e in of(events, "scenario") if e["action"] == "step"]
    at = steps.index(("press home", True))
    assert steps[at:] == [
        ("press home", True), ("observe 600", True), ("press screen_off", True), ("observe 600", True),
        ("press screen_on", True),
    ]  # fmt: skip


def test_a_screen_that_stays_on_is_not_taken_for_off(play):
    phone = device()
    phone.shell = lambda command, timeout=30: ShellResult("mWakefulness=Awake", "", 0)
    result, _ = play(phone, own(*AGREED, "{press: screen_off}"))
    assert not result.confirmed and "the screen is on" in result.detail


def test_an_app_is_ended_without_a_forced_stop_and_woken_by_what_apps_wake_up_by(play):
    phone = device()
    result, _events = play(phone, "SC11", pace=0.02)
    assert result.confirmed, result
    assert "force-stop" not in phone.done and "am kill" in phone.done
    done = [line for line in phone.done if line in SWITCHES or line == "reboot"]
    zones = ["cmd alarm set-timezone Europe/Berlin", "cmd alarm set-timezone Asia/Shanghai"]
    # Each is undone, and the restart comes last.
    assert done == [
        "svc wifi disable", "svc wifi enable", "cmd connectivity airplane-mode enable",
        "cmd connectivity airplane-mode disable", *zones, "pm uninstall -k --user 0 com.android.egg",
        "cmd package install-existing --user 0 com.android.egg", "reboot",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            ShellResult("", "java.lang.SecurityException: Permission Denial: not allowed", 255),
            "SecurityException",
        ),
        (ShellResult("", "cmd: Can't find service: connectivity", 20), "Can't find service"),
        (ShellResult("", "", 0), "did not show that it did it"),
    ],
    ids=["forbidden", "older-android", "no-effect"],
)
def test_a_trigger_that_the_phone_does_not_allow_is_told_and_the_rest_goes_on(play, answer, why):
    phone = device()
    real = phone.shell

    def shell(command, timeout=30):
        return answer if "airplane-mode" in command else real(command, timeout)

    phone.shell = shell
    _result, events = play(phone, own(*AGREED, "{trigger: airplane}", "{observe: 5}"))
    trigger = next(e for e in of(events, "scenario") if e.get("step") == "trigger airplane")
    assert not trigger["confirmed"] and why in trigger["detail"]
    assert of(events, "scenario")[-2]["step"] == "observe 5"


@pytest.mark.parametrize("what", ["connectivity", "airplane", "boot"])
def test_a_phone_reached_over_the_network_is_not_cut_off(play, what):
    phone = device()
    phone.serial = "192.168.1.7:5555"
    _, _events = play(phone, own(*AGREED, f"{{trigger: {what}}}"))
    assert not [line for line in phone.done if line in SWITCHES or line == "reboot"]


def test_the_settings_are_searched_and_what_was_found_is_counted_in_taps(play):
    phone = device(start_again="main")
    result, events = play(phone, "SC12")
    assert result.confirmed, result
    [document] = of(events, "policy_text")
    assert document["taps"] == 3 and LONG in document["text"]
    controls = {(c["topic"], c["taps"]) for c in of(events, "control")}
    assert ("withdraw", 2) in controls and ("cancel_account", 2) in controls
    crawls = {tuple(c["looked_for"]): c["complete"] for c in of(events, "crawl")}
    assert crawls[("policy",)] and crawls[("withdraw",)]
    # What pays or logs out leads to no switch: it was not touched, and nothing else was left out.
    outcomes = {tuple(c["looked_for"]): c["outcome"] for c in of(events, "crawl")}
    assert outcomes[("personal_ads", "personal_content")] == "absent"
    assert not any(f"tap {spot}" in phone.done for spot in ("立即购买", "退出登录"))


def test_a_screen_whose_tree_shows_nothing_to_touch_proves_no_absence(play):
    phone = device(start_again="bare")
    phone.screens["bare"] = draw(page(text("天气"), text("今天 晴")))
    phone.on["first", "同意"] = "bare"
    _, events = play(phone, "SC12")
    assert {crawl["outcome"] for crawl in of(events, "crawl")} == {"cut"}


def test_withdrawal_is_confirmed_where_the_app_asks_again_and_is_a_moment_on_the_record(play):
    phone = device(start_again="main")
    phone.screens["sure"] = draw(
        dialog(
            text("撤回同意"),
            text("撤回对《隐私政策》的同意后，将无法继续使用本应用。"),
            row(button("取消"), button("确认撤回")),
        ),
        page(text("设置")),
    )
    phone.on |= {("settings", "撤回同意"): "sure", ("sure", "确认撤回"): "first"}
    result, events = play(phone, "SC13", pace=0.02)
    assert result.confirmed, result
    assert "tap 确认撤回" in phone.done and "tap 取消" not in phone.done
    assert [(a["act"], a["certain"]) for a in of(events, "user_act")] == [("withdrew", True)]
    assert ("withdrawn", True) in [(e["state"], e["certain"]) for e in of(events, "consent_changed")]


def test_a_withdrawal_that_changes_nothing_is_tried_once_more_and_then_not_taken_for_one(play):
    phone = device(start_again="main")
    result, events = play(phone, "SC13", pace=0.02)
    assert not result.confirmed and phone.done.count("tap 撤回同意") == 2
    assert [a["certain"] for a in of(events, "user_act")] == [False]


def test_nobody_at_the_terminal_is_a_typed_end(play):
    for scenario in ("SC15", "SC16"):
        result, events = play(device(start_again="main"), scenario, pace=0.02)
        assert not result.confirmed and "nobody sits at the terminal" in result.detail
        assert not of(events, "user_act")


def test_what_a_person_does_is_watched_and_recorded(play):
    phone = device(start_again="main")
    person = Somebody(phone, does=lambda it: it.go("me"))
    result, events = play(
        phone, own(*AGREED, "{await_human: Log in, zh: 请登录, act: logged_in}"), person=person
    )
    assert result.confirmed and person.asked == [("Log in", "请登录")]
    [act] = of(events, "user_act")
    assert act["act"] == "logged_in"
    assert [tap["reason"] for tap in of(events, "tap") if tap["role"] == "person"] == ["Log in"]


def test_a_person_who_cannot_or_does_not_answer_is_a_typed_end(play):
    phone = device()
    step = own(*AGREED, "{await_human: Log in, within: 30, act: logged_in}")
    result, events = play(phone, step, person=Somebody(phone, says="s"))
    assert "cannot be done" in result.detail and not of(events, "user_act")
    phone = device()
    result, _ = play(phone, step, person=Somebody(phone, after=10_000))
    assert "did not say that it is done in 30 s" in result.detail


def test_each_tap_names_the_looks_before_and_after_it(play, tmp_path):
    _, events = play(device(), "SC05")
    [tap] = of(events, "tap")
    assert tap["dump_before"] != tap["dump_after"] and tap["bounds"]
    screens = next(tmp_path.glob("run*")) / "screens"
    assert (screens / f"{tap['dump_before']}.xml").exists() and (
        screens / f"{tap['dump_after']}.xml"
    ).exists()


def test_a_budget_of_touches_ends_a_walk_typed(play):
    steps = own(*AGREED, "{tour: 600}") + "budget: {taps: 3}\n"
    phone = device()
    result, events = play(phone, steps, pace=1.0)
    assert not result.confirmed and "budget of 3 touches" in result.detail
    assert of(events, "scenario")[-1]["action"] == "end"


def test_a_budget_of_time_ends_a_walk_typed(play):
    result, _ = play(device(), own(*AGREED, "{observe: 600}") + "budget: {seconds: 30}\n", pace=1.0)
    assert not result.confirmed and "budget of time" in result.detail


def test_a_dialog_behind_a_splash_of_four_seconds_is_met_again_at_each_start(play):
    phone = device(after={"splash": (4.0, "first")})
    phone.screens["splash"] = draw(page(text("天气"), text("记录每一天")))
    phone.start_again = "splash"
    result, _ = play(phone, "SC03", pace=0.02)
    assert result.confirmed and phone.done.count("tap 不同意") == 4


@pytest.mark.parametrize("package", ["com.x", "com.android.browser"])
def test_a_policy_page_that_shows_no_text_proves_no_absence(play, package):
    """A proxy without a network leaves web pages blank; what a browser shows is not the app's screen."""
    web = View("android.webkit.WebView")
    screens = {
        "first": draw(page(text("天气"), button("设置"))),
        "settings": draw(page(text("设置"), button("隐私政策"))),
        "blank": draw(page(text("隐私政策"), web, package=package)),
    }
    on = {("first", "设置"): "settings", ("settings", "隐私政策"): "blank", ("blank", "back"): "settings",
          ("settings", "back"): "first", ("first", "back"): "home"}  # fmt: skip
    _, events = play(ScriptedDevice(screens, on), "SC12", pace=0.01)
    policy = [one for one in of(events, "crawl") if "policy" in one["looked_for"]]
    assert policy and not any(one["complete"] for one in policy)


def test_a_document_keeps_the_lines_it_repeats(play):
    """Scrolling shows lines twice; a text that says the same under two headings says it twice."""
    same = "用于改进产品与服务，保存期限不超过两年。" * 6
    tops = [text("隐私政策"), text("一、设备信息"), text(same), text("二、位置信息"), text(same)]
    screens = {"first": draw(page(text("天气"), button("隐私政策"))), "doc": draw(page(*tops))}
    on = {("first", "隐私政策"): "doc", ("doc", "back"): "first", ("first", "back"): "home"}
    _, events = play(ScriptedDevice(screens, on), "SC12", pace=0.01)
    [policy, *_] = [one for one in of(events, "policy_text") if one["document"] == "policy"]
    assert policy["text"].count(same) == 2
