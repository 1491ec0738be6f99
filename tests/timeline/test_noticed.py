"""What screens show, whoever walked: from recorded trees to the facts that rules ask for."""

from __future__ import annotations

import hashlib

import pytest

from harness.model.event import Evidence, PolicyText, Screen, Tap, UserAct
from harness.screen.dialogs import classify
from harness.testing import box, button, column, dialog, draw, field_for, page, row, text
from harness.timeline.noticed import notice, with_versions

WHERE = Evidence(file="raw/ui.jsonl", line=1)


@pytest.fixture
def controls(tmp_path):
    (tmp_path / "screens").mkdir()

    def read(*shown):
        events, at = [], 0
        for one in shown:
            at += 1000
            if isinstance(one, str):
                events.append(
                    Tap(
                        id=f"t{at}", t_lo=at, t_hi=at, source="driver", evidence=WHERE, role=one, changed=True
                    )
                )
                continue
            xml = draw(*one) if isinstance(one, tuple) else draw(one)
            digest = hashlib.sha256(xml.encode()).hexdigest()
            (tmp_path / "screens" / f"{digest}.xml").write_text(xml)
            reading = classify(xml)
            events.append(
                Screen(id=f"s{at}", t_lo=at, t_hi=at + 1, source="driver", evidence=WHERE, screen_kind=reading.kind,
                       package=reading.package, elements=reading.elements, dump_sha256=digest)
            )  # fmt: skip
        return list(notice(events, tmp_path, "com.x"))

    return read


def topics(found):
    return [one.topic for one in found]


def test_a_switch_is_told_by_what_it_means_not_by_how_it_stands(controls):
    found = controls(page(text("广告设置"), row(text("个性化广告"), box("", "checked", cls="android.widget.Switch")),
                          row(text("关闭个性化推荐"), box("", "checked", cls="android.widget.Switch"))))  # fmt: skip
    assert {(one.topic, one.state) for one in found} == {("personal_ads", True), ("personal_content", False)}
    assert found[0].evidence.file.startswith("screens/")


def test_the_conditions_of_cancelling_are_read_where_a_person_walked_too(controls):
    terms = "注销账号后，您的数据将被删除且无法恢复。申请注销前请上传身份证照片，我们会在20个工作日内处理。"
    [found] = [
        one
        for one in controls(page(text("注销账号"), text(terms), button("申请注销")))
        if one.topic == "cancel_account"
    ]
    assert found.demands == ["id_photo"] and found.days == 20


def test_a_page_of_settings_offers_as_withdrawal_only_what_it_says_of_withdrawing(controls):
    shown = [
        text("设置"),
        button("撤回同意"),
        text("登录后可以注销账号"),
        text("撤回请发送邮件至 a@b.example"),
    ]
    [found] = [one for one in controls(page(*shown)) if one.topic == "withdraw"]
    assert found.offers == ["in_app", "email"]


def test_a_form_that_asks_for_an_identity_document_tells_its_purpose_or_that_it_has_none(controls):
    bare, told = (page(text("认证"), *more, field_for("请输入身份证号"), button("提交")) for more in
                  ([], [text("依据法律规定，身份证号用于实名认证。")]))  # fmt: skip
    [first] = [one for one in controls(bare) if one.topic == "collection"]
    assert first.demands == ["id_number"] and first.text == "" and first.offers == ["not_tried"]
    [second] = [one for one in controls(told) if one.topic == "collection"]
    assert "实名认证" in second.text


def test_a_form_that_the_back_key_leaves_demands_nothing_for_certain(controls):
    form = page(text("登录"), field_for("手机号"), button("跳过"))
    [found] = [
        one for one in controls(form, "back", page(text("首页"), text("天气"))) if one.topic == "collection"
    ]
    assert found.offers == ["skip", "back"] and found.demands == ["phone"] and found.text


def test_the_touch_that_brought_a_form_is_no_try_to_leave_it(tmp_path):
    (tmp_path / "screens").mkdir()
    form, home = page(text("完善资料"), field_for("身份证号")), page(text("桌面"))
    events = []
    for at, until, one in (
        (1000, 1300, "agree"),
        (990, 1300, form),
        (5000, 5300, "back"),
        (4990, 5300, home),
    ):
        common = {"id": f"e{at}", "t_lo": at, "t_hi": until, "source": "driver", "evidence": WHERE}
        if isinstance(one, str):
            events.append(Tap(**common, role=one, changed=True))
            continue
        xml = draw(one)
        digest = hashlib.sha256(xml.encode()).hexdigest()
        (tmp_path / "screens" / f"{digest}.xml").write_text(xml)
        package = "com.x" if one is form else "com.android.launcher3"
        events.append(Screen(**common, screen_kind="other", package=package, elements=[], dump_sha256=digest))
    [found] = [one for one in notice(events, tmp_path, "com.x") if one.topic == "collection"]
    assert found.offers == []


def test_a_search_field_and_a_policy_ask_for_nothing(controls):
    policy = "我们收集您的手机号、身份证号和位置信息。监护人同意后我们才处理儿童信息。请填写您的年龄。" * 20
    assert controls(page(text("首页"), field_for("搜索"), text("推荐"))) == []
    assert controls(page(text("隐私政策"), text(policy))) == []


def test_a_face_is_the_only_way_only_when_what_came_next_offered_no_other(controls):
    step = page(text("身份验证"), text("请进行人脸识别，验证是您本人"), button("开始识别"))
    after = page(text("身份验证"), text("识别失败"), button("重试"))
    other = page(text("身份验证"), button("短信验证码验证"))
    ways = [
        next(one.offers for one in controls(step, *more) if one.topic == "verification")
        for more in ([], ["back", after], ["back", other])
    ]
    assert ways[0] == [] and ways[1] == ["face"] and set(ways[2]) == {"face", "sms_code"}


def test_ages_guardians_feeds_and_accounts_are_noticed(controls):
    assert topics(controls(page(text("请选择您的年龄"), button("6-12岁"), button("13-17岁")))) == ["age_gate"]
    assert "guardian" in topics(
        controls(page(text("需要监护人同意"), text("请输入监护人手机号"), button("发送")))
    )
    assert "feed" in topics(controls(page(text("猜你喜欢"), text("跑鞋"), button("详情"))))
    assert "accounts" in topics(controls(page(text("我的"), button("登录/注册"))))
    assert topics(controls(page(text("天气"), text("登录后可同步"), button("城市")))) == []


def test_other_apps_screens_say_nothing_of_this_one(controls):
    assert controls(page(text("猜你喜欢"), button("登录"), package="com.android.vending")) == []


def test_a_dialog_about_a_guardian_inside_a_notice_asks_nobody(controls):
    words = "请阅读《隐私政策》，未成年人应在监护人同意下使用，我们会收集您的个人信息。"
    assert controls(dialog(text("提示"), text(words), column(button("同意"), button("不同意")))) == []


def test_documents_are_of_the_old_or_the_new_version():
    def document(at):
        return PolicyText(
            id=f"d{at}", t_lo=at, t_hi=at + 1, source="driver", evidence=WHERE, document="policy", text="x"
        )

    upgrade = UserAct(id="u", t_lo=50, t_hi=60, source="driver", evidence=WHERE, act="upgraded")
    told = with_versions([document(10), upgrade, document(55), document(70)])
    assert [one.version for one in told if isinstance(one, PolicyText)] == ["old", None, "new"]
    assert [one.version for one in with_versions([document(10)])] == [None]
