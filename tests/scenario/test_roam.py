"""Searches and tours over scripted apps: what is found, by which path, and what is left alone."""

from __future__ import annotations

import json

import pytest

from harness.model.result import AppFacts
from harness.model.run_folder import RunFolder
from harness.scenario.load import parse_scenario
from harness.scenario.record import Recorder
from harness.scenario.walk import walk
from harness.screen.topics import policy_spans
from harness.screen.tree import contains, parse
from harness.screen.wrap import span_point
from harness.testing import (
    ScriptedDevice,
    View,
    box,
    button,
    column,
    dialog,
    draw,
    field_for,
    image,
    page,
    row,
    text,
)

APP = AppFacts(package="com.x", version_name="1", version_code=1, label="X", sha256="0" * 64, target_sdk=33)
POLICY = (
    "本应用尊重您的隐私。我们收集设备信息用于提供天气服务，联系方式：privacy@example.com，由样例公司运营。"
    * 6
)
FAR = View("android.view.View", size=(1080, 2050))
"""Pushes what follows down to where bars stand."""


class Phone(ScriptedDevice):
    """A scripted phone on which lists scroll, links in a text lie at their characters, and pictures have ids."""

    def __init__(self, screens, on, lists=None, **more):
        super().__init__({name: shown if isinstance(shown, str) else draw(*shown) for name, shown in screens.items()},
                         on, **more)  # fmt: skip
        self.lists = lists or {}
        self.offset = dict.fromkeys(self.lists, 0)
        for name in self.lists:
            self.screens.setdefault(name, "")

    def _xml(self):
        if self.at not in self.lists:
            return super()._xml()
        title, rows, visible = self.lists[self.at]
        shown = rows[self.offset[self.at] : self.offset[self.at] + visible]
        body = column(*shown, flags=("scrollable",), cls="android.widget.ScrollView")
        return draw(page(text(title), body))

    def swipe(self, x1, y1, x2, y2):
        self.done.append("swipe")
        self._now += self.call_seconds
        if self.at in self.lists:
            _, rows, visible = self.lists[self.at]
            step = visible // 2 if y2 < y1 else -(visible // 2)
            self.offset[self.at] = max(0, min(len(rows) - visible, self.offset[self.at] + step))

    def _label_at(self, x, y):
        nodes = [node for node in parse(self._xml()).nodes if contains(node.bounds, (x, y))]
        labelled = min((one for one in nodes if one.label), key=lambda one: one.area, default=None)
        if labelled is not None:
            for start, end in policy_spans(labelled.label) if len(labelled.label) > 30 else []:
                px, py = span_point(labelled.label, labelled.bounds, start, end)
                if abs(px - x) < 40 and abs(py - y) < 30:
                    return labelled.label[start:end].strip("《》")
            return labelled.label
        named = [one for one in nodes if one.resource and one.clickable]
        return named[0].resource if named else super()._label_at(x, y)


@pytest.fixture
def go(tmp_path):
    count = iter(range(100))

    def run(phone, *steps, seed=0, touches=900):
        path = tmp_path / f"run{next(count)}"
        folder = RunFolder.create(path)
        lines = "".join(f"  - {step}\n" for step in ("{launch: app}", *steps))
        plan = parse_scenario(
            f"id: SC90-own\ntitle: own\nsteps:\n{lines}budget: {{taps: {touches}}}\n", "t.yaml"
        )
        result = walk(plan, phone, phone, Recorder(folder), APP, 1.0, lambda _: None, phone, seed=seed)
        folder.close()
        told = [json.loads(line) for line in (path / "raw/ui.jsonl").read_text().splitlines()]
        return result, [one["event"] for one in told if "event" in one], path

    return run


def of(events, kind):
    return [event for event in events if event["kind"] == kind]


def search(events, what="policy"):
    [found] = [one for one in of(events, "crawl") if what in one["looked_for"]]
    return found


POLICY_PAGE = (page(text("隐私政策"), text(POLICY)),)


def test_a_list_is_scrolled_to_what_stands_below_its_edge(go):
    rows = [button(f"设备编号{name}") for name in "甲乙丙丁戊己庚辛壬癸"] + [
        button("隐私政策"),
        button("帮助"),
    ]
    phone = Phone(
        {"first": (page(text("天气"), button("设置")),), "policy": POLICY_PAGE},
        {("first", "设置"): "list", ("list", "back"): "first", ("list", "隐私政策"): "policy",
         ("policy", "back"): "list"},
        lists={"list": ("设置", rows, 6)},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy]}")
    found = search(events)
    assert found["outcome"] == "found" and found["shortest"]
    assert [step["label"] for step in found["path"]] == ["设置", "隐私政策"]
    # The other rows are no way to a shorter path, so none was opened.
    assert not [one for one in phone.done if one.startswith("tap 设备编号")]


def test_a_row_seen_before_scrolling_is_scrolled_back_to(go):
    rows = [button(f"条目{name}") for name in "甲乙丙丁戊己庚辛"]
    on = {("list", f"条目{name}"): "leaf" for name in "甲辛"} | {
        ("leaf", "back"): "list",
        ("list", "back"): "first",
    }
    phone = Phone(
        {"first": (page(text("天气"), button("设置")),), "leaf": (page(text("条目"), text("什么也没有")),)},
        on | {("first", "设置"): "list"}, lists={"list": ("设置", rows, 6)},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy]}")
    assert {"tap 条目甲", "tap 条目辛"} <= set(phone.done)
    assert search(events)["outcome"] == "absent" and search(events)["exhausted"] == 5


def test_a_list_without_an_end_leaves_the_search_cut(go):
    rows = [text(f"新闻 第{'一二三四五六七八九十'[i % 10]}条 {'甲乙丙丁戊己庚'[i // 10]}") for i in range(70)]
    phone = Phone({}, {}, lists={"first": ("新闻", rows, 10)})
    _, events, _ = go(phone, "{search: [policy]}")
    found = search(events)
    assert found["outcome"] == "cut" and "did not end" in found["detail"] and found["exhausted"] == 0


def test_a_link_inside_a_sentence_is_touched_at_its_characters(go):
    words = "使用本应用即可查询天气。我们如何处理您的信息，请参见《隐私政策》，服务内容请参见《用户协议》，祝您愉快。"
    phone = Phone(
        {"first": (page(text("天气"), button("关于")),), "about": (page(text("关于"), text(words)),),
         "policy": POLICY_PAGE},
        {("first", "关于"): "about", ("about", "隐私政策"): "policy", ("policy", "back"): "about",
         ("about", "back"): "first"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy]}")
    assert [(step["label"], step["how"]) for step in search(events)["path"]] == [
        ("关于", "words"),
        ("隐私政策", "link"),
    ]


def test_controls_without_words_are_known_by_id_and_by_place(go):
    gear = image("clickable", rid="com.x:id/iv_setting_entry")
    plain = image("clickable", rid="")
    phone = Phone(
        {"first": (page(row(text("天气"), plain), text("今天晴"), gear),),
         "settings": (page(text("设置"), button("隐私政策")),), "policy": POLICY_PAGE},
        {("first", "com.x:id/iv_setting_entry"): "settings", ("settings", "隐私政策"): "policy",
         ("settings", "back"): "first", ("policy", "back"): "settings"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy]}")
    path = search(events)["path"]
    assert path[0]["how"] == "icon" and "setting" in path[0]["label"] and search(events)["outcome"] == "found"


def test_a_picture_that_may_do_anything_is_left_alone_and_told(go):
    heart = image("clickable", rid="com.x:id/btn_like")
    unknown = image("clickable", rid="com.x:id/view_17")
    phone = Phone({"first": (page(text("天气"), text("一" * 150), text("二" * 150), heart, unknown),)}, {})
    _, events, _ = go(phone, "{search: [policy]}")
    assert not [one for one in phone.done if "btn_like" in one or "view_17" in one]
    found = search(events)
    assert found["outcome"] == "cut" and "has no words" in found["detail"]


def tabs(chosen):
    return row(*(button(one, *(("selected",) if one == chosen else ())) for one in ("首页", "发现", "我的")))


def test_tabs_lead_to_each_other_where_the_back_key_would_leave_the_app(go):
    phone = Phone(
        {"first": (page(text("天气首页"), button("城市"), FAR, tabs("首页")),),
         "found": (page(text("发现好物"), FAR, tabs("发现")),),
         "me": (page(text("个人中心"), button("隐私政策"), FAR, tabs("我的")),),
         "city": (page(text("城市"), text("北京")),), "policy": POLICY_PAGE},
        {("first", "发现"): "found", ("first", "我的"): "me", ("found", "我的"): "me", ("me", "发现"): "found",
         ("me", "首页"): "first", ("found", "首页"): "first", ("me", "back"): "home", ("found", "back"): "home",
         ("first", "城市"): "city", ("city", "back"): "first", ("me", "隐私政策"): "policy", ("policy", "back"): "me"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy, complaint]}")
    assert [step["how"] for step in search(events)["path"]] == ["tab", "words"]
    assert {"tap 城市", "tap 发现"} <= set(phone.done) and "launch" not in phone.done[1:]
    assert search(events, "complaint")["outcome"] == "absent"


def test_an_advertisement_over_the_page_that_was_opened_is_closed(go):
    offer = dialog(text("限时优惠"), text("新人专享礼包等你来拿"), button("立即抢购"), button("关闭"))
    settings = page(text("设置"), button("隐私政策"))
    phone = Phone(
        {"first": (page(text("天气"), button("设置")),), "offer": (offer, settings), "settings": (settings,),
         "policy": POLICY_PAGE},
        {("first", "设置"): "offer", ("offer", "关闭"): "settings", ("settings", "隐私政策"): "policy",
         ("policy", "back"): "settings", ("settings", "back"): "first"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy]}")
    assert search(events)["outcome"] == "found" and "tap 立即抢购" not in phone.done


def test_nothing_that_pays_deletes_posts_calls_or_switches_is_touched(go):
    never = [
        "立即购买",
        "清空记录",
        "发布动态",
        "拨打客服电话",
        "退出登录",
        "注销账号",
        "撤回同意",
        "分享给好友",
        "提交",
    ]
    phone = Phone(
        {"first": (page(text("天气"), *(button(one) for one in never), button("授权管理"), box("个性化推荐", "checked"),
                        column(text("夜间模式"), box(""), flags=("clickable",))),)},
        {},
    )  # fmt: skip
    go(phone, "{search: [policy, ads_switch], conditions: false}", "{tour: 60}")
    touched = {one.removeprefix("tap ") for one in phone.done if one.startswith("tap")}
    assert touched == {"授权管理"}


def test_a_form_is_not_sent(go):
    phone = Phone(
        {"first": (page(text("天气"), button("登录")),),
         "login": (page(text("测试"), field_for("手机号"), button("进入")),)},
        {("first", "登录"): "login", ("login", "back"): "first"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [account_deletion, policy]}")
    assert "tap 登录" in phone.done and "tap 进入" not in phone.done
    # Whoever has an account may see a way to cancel it; a policy must be open to everybody.
    assert (
        search(events, "cancel_account")["outcome"] == "cut"
        and "log-in" in search(events, "cancel_account")["detail"]
    )
    assert search(events)["outcome"] == "absent"


def test_the_shortest_path_is_proved_even_when_a_longer_one_is_met_first(go):
    phone = Phone(
        {"first": (page(text("天气"), button("设置"), button("小贴士")),),
         "settings": (page(text("设置"), button("关于")),), "about": (page(text("关于"), button("隐私政策")),),
         "tips": (page(text("小贴士"), button("隐私政策")),), "policy": POLICY_PAGE},
        {("first", "设置"): "settings", ("settings", "关于"): "about", ("about", "隐私政策"): "policy",
         ("policy", "back"): "about", ("about", "back"): "settings", ("settings", "back"): "first",
         ("first", "小贴士"): "tips", ("tips", "back"): "first", ("tips", "隐私政策"): "policy"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy]}")
    found = search(events)
    assert [step["label"] for step in found["path"]] == ["小贴士", "隐私政策"] and found["shortest"]
    assert [one["taps"] for one in of(events, "policy_text")] == [3, 2]


def test_a_path_is_shown_by_the_trees_and_pictures_on_it(go):
    phone = Phone(
        {"first": (page(text("天气"), button("隐私政策")),), "policy": POLICY_PAGE},
        {("first", "隐私政策"): "policy", ("policy", "back"): "first"},
    )
    _, events, path = go(phone, "{search: [policy]}")
    found = search(events)
    [step] = found["path"]
    for digest in (step["dump_before"], step["dump_after"]):
        assert (path / "screens" / f"{digest}.xml").is_file()
    assert (path / step["screenshot"]).is_file() and (path / found["start_screenshot"]).is_file()
    assert step["dump_before"] != step["dump_after"] and step["point"]


def test_where_the_back_key_leads_elsewhere_the_way_is_gone_again_from_the_front(go):
    phone = Phone(
        {"first": (page(text("天气"), button("设置")),),
         "settings": (page(text("设置"), button("主题"), button("字体"), button("隐私政策")),),
         "theme": (page(text("主题"), text("深色")),), "font": (page(text("字体"), text("大")),),
         "policy": POLICY_PAGE},
        {("first", "设置"): "settings", ("settings", "back"): "first", ("settings", "主题"): "theme",
         ("theme", "back"): "first", ("settings", "字体"): "font", ("font", "back"): "home",
         ("settings", "隐私政策"): "policy", ("policy", "back"): "settings"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy, complaint]}")
    assert search(events)["outcome"] == "found" and search(events, "complaint")["outcome"] == "absent"
    assert {"tap 主题", "tap 字体"} <= set(phone.done)


def test_a_spent_budget_is_a_cut_and_says_how_far_it_came(go):
    names = "甲乙丙丁戊己庚辛"
    phone = Phone(
        {"first": (page(text("天气"), *(button(f"城市{one}") for one in names)),)}
        | {one: (page(text(one), text(f"城市{one} 晴")),) for one in names},
        {("first", f"城市{one}"): one for one in names} | {(one, "back"): "first" for one in names},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [policy], taps: 3}")
    found = search(events)
    assert (found["outcome"], found["exhausted"], found["tapped"]) == ("cut", 0, 3)
    assert "budget of taps" in found["detail"]


def test_a_search_that_the_scenarios_budget_ends_tells_what_it_came_to(go):
    phone = wide()
    result, events, _ = go(phone, "{search: [policy, sdk_list]}", touches=4)
    assert not result.confirmed and "budget of 4 touches" in result.detail
    assert [(one["outcome"], one["exhausted"]) for one in of(events, "crawl")] == [("cut", 0)] * 2
    assert "budget of 4 touches" in search(events)["detail"]


def test_a_page_in_a_browser_is_read_there_and_left_again(go):
    web = View("android.webkit.WebView", children=[text(POLICY)])
    bar = View("android.widget.EditText", "policy.example.com/privacy", rid="com.android.chrome:id/url_bar")
    phone = Phone(
        {"first": (page(text("天气"), button("隐私政策"), button("城市")),), "city": (page(text("城市")),),
         "browser": (page(bar, web, package="com.android.chrome"),)},
        {("first", "隐私政策"): "browser", ("browser", "back"): "first", ("first", "城市"): "city",
         ("city", "back"): "first"},
    )  # fmt: skip
    _, events, path = go(phone, "{search: [policy, complaint]}")
    [document] = of(events, "policy_text")
    assert document["shown_in"] == "browser" and document["url"] == "policy.example.com/privacy"
    assert document["complete"] and document["taps"] == 1 and document["length"] == len(document["text"])
    assert (path / document["text_file"]).read_text() == document["text"]
    assert search(events)["outcome"] == "found" and "tap 城市" in phone.done


CITIES = "甲乙丙丁"


def wide():
    return Phone(
        {"first": (page(text("天气"), *(button(f"城市{one}") for one in CITIES), button("隐私设置")),),
         "privacy": (page(text("隐私设置"), text("说明")),)}
        | {one: (page(text(one), *(button(f"{one}{n}号站") for n in "一二")),) for one in CITIES},
        {("first", f"城市{one}"): one for one in CITIES} | {(one, "back"): "first" for one in CITIES}
        | {("first", "隐私设置"): "privacy", ("privacy", "back"): "first"},
    )  # fmt: skip


def test_two_tours_with_one_seed_are_the_same_and_another_seed_goes_another_way(go):
    done = []
    for seed in (7, 7, 8, 0):
        phone = wide()
        _, events, _ = go(phone, "{tour: 120}", seed=seed)
        opened = [one["text"] for one in of(events, "user_act")]
        assert opened[0] == "隐私设置"
        done.append((phone.done, opened))
    assert done[0] == done[1]
    assert done[2][1] != done[0][1] and done[3][1] != done[0][1]
    assert sorted(done[2][1][:5]) == sorted(done[0][1][:5])
    # Nearest first: every screen next to the main one is opened before any behind it.
    depths = ["号站" in one for one in done[0][1]]
    assert depths == sorted(depths)


def test_what_cancelling_asks_for_is_read_with_one_touch_and_nothing_is_confirmed(go):
    terms = "注销前请上传手持身份证照片，并输入短信验证码。我们将在20个工作日内完成审核。注销后余额将清零。"
    phone = Phone(
        {"first": (page(text("天气"), button("设置")),),
         "settings": (page(text("设置"), button("账号与安全"), button("撤回同意")),),
         "account": (page(text("账号与安全"), button("注销账号")),),
         "cancel": (page(text("注销账号"), text(terms), button("确认注销")),),
         "sure": (dialog(text("撤回同意"), text("撤回对隐私政策的同意后将无法使用。您也可以卸载应用来撤回。"),
                         row(button("取消"), button("确认撤回"))), page(text("设置")))},
        {("first", "设置"): "settings", ("settings", "账号与安全"): "account", ("account", "注销账号"): "cancel",
         ("cancel", "back"): "account", ("account", "back"): "settings", ("settings", "back"): "first",
         ("settings", "撤回同意"): "sure", ("sure", "back"): "settings", ("sure", "取消"): "settings"},
    )  # fmt: skip
    _, events, _ = go(phone, "{search: [withdrawal, account_deletion], conditions: true}")
    [cancel] = [
        one for one in of(events, "control") if one["topic"] == "cancel_account" and one.get("demands")
    ]
    assert set(cancel["demands"]) == {"id_photo", "sms_code"} and cancel["days"] == 20 and cancel["taps"] == 2
    withdraw = [one for one in of(events, "control") if one["topic"] == "withdraw"][-1]
    assert withdraw["offers"] == ["in_app", "uninstall"] and withdraw["taps"] == 1
    assert "tap 确认注销" not in phone.done and "tap 确认撤回" not in phone.done
