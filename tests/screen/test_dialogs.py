# ruff: noqa: E501 (one labelled screen a line)
"""Labelled screens: what they are, which element has which role, and what must never be touched."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pytest

from harness.model.errors import InputError
from harness.screen.dialogs import CONSENT_KINDS, classify
from harness.testing import box, button, column, dialog, draw, field_for, image, over, page, row, text

BODY = "欢迎使用本应用。请您仔细阅读《用户协议》和《隐私政策》，我们会按照其中的规则收集和使用您的个人信息。"
EN_BODY = (
    "Before you start, please read our Privacy Policy and Terms of Service, which say how we use your data."
)


@dataclass
class Case:
    kind: str
    windows: tuple
    roles: dict[str, str] = field(default_factory=dict)
    """role → label that must be found and be touchable."""
    never: tuple[str, ...] = ()
    """Labels that must not be touchable as agree or refuse."""
    language: str | None = None


def zh(*buttons, body=BODY, title="温馨提示"):
    return dialog(text(title), text(body), row(*buttons))


def en(*buttons, body=EN_BODY, title="Welcome"):
    return dialog(text(title), text(body), row(*buttons))


CASES = {
    # Consent dialogs
    "plain": Case("privacy_popup", (zh(button("不同意"), button("同意")),), {"agree": "同意", "refuse": "不同意"}, language="zh-Hans"),
    "agree-and-continue": Case("privacy_popup", (zh(button("不同意并退出"), button("同意并继续")),), {"agree": "同意并继续", "refuse_exit": "不同意并退出"}),
    "spaced-characters": Case("privacy_popup", (zh(button("不 同 意"), button("同 意")),), {"agree": "同 意", "refuse": "不 同 意"}),
    "countdown-parens": Case("privacy_popup", (zh(button("不同意"), button("同意（5s）")),), {"agree": "同意（5s）"}),
    "countdown-plain": Case("privacy_popup", (zh(button("不同意"), button("同意并继续 3秒")),), {"agree": "同意并继续 3秒"}),
    "countdown-disabled": Case("privacy_popup", (zh(button("不同意"), button("同意(3s)", "disabled")),), {"refuse": "不同意"}, never=("同意(3s)",)),
    "agree-only": Case("privacy_popup", (zh(button("我已阅读并同意")),), {"agree": "我已阅读并同意"}),
    "unclear-agree": Case("privacy_popup", (zh(button("不同意"), button("我知道了")),), {"refuse": "不同意", "acknowledge": "我知道了"}),
    "browse-only": Case("privacy_popup_basic_mode", (zh(button("仅浏览"), button("同意")),), {"agree": "同意", "basic_mode": "仅浏览"}),
    "basic-mode": Case("privacy_popup_basic_mode", (zh(button("不同意，进入基本功能模式"), button("同意并使用")),), {"agree": "同意并使用", "basic_mode": "不同意，进入基本功能模式"}),
    "not-now-using": Case("privacy_popup", (zh(button("暂不使用"), button("同意")),), {"refuse": "暂不使用"}),
    "exit-as-refusal": Case("privacy_popup", (zh(button("退出应用"), button("同意")),), {"agree": "同意", "exit": "退出应用"}),
    "cruel-refusal": Case("privacy_popup", (zh(button("残忍拒绝"), button("好的，同意")),), {"agree": "好的，同意", "refuse": "残忍拒绝"}),
    "labels-in-clickable-parents": Case(
        "privacy_popup",
        (dialog(text("提示"), text(BODY), row(column(text("拒绝"), flags=("clickable",)), column(text("同意"), flags=("clickable",)))),),
        {"agree": "同意", "refuse": "拒绝"},
    ),
    "empty-views-over-labels": Case(
        "privacy_popup",
        (dialog(text("提示"), text(BODY), row(column(text("不同意"), over()), column(text("同意"), over()))),),
        {"agree": "同意", "refuse": "不同意"},
    ),
    "ids-that-lie": Case(
        "privacy_popup",
        (zh(button("不同意", rid="android:id/button1"), button("同意", rid="com.x:id/not_agree")),),
        {"agree": "同意", "refuse": "不同意"},
    ),
    "one-id-for-both": Case("privacy_popup", (zh(button("拒绝", rid="com.x:id/btn"), button("接受", rid="com.x:id/btn")),), {"agree": "接受", "refuse": "拒绝"}),
    "text-views-as-buttons": Case("privacy_popup", (zh(text("不同意", "clickable"), text("同意", "clickable")),), {"agree": "同意", "refuse": "不同意"}),
    "word-also-in-body": Case(
        "privacy_popup",
        (dialog(text("个人信息保护提示"), text("点击"), text("同意"), text("即表示您已阅读《隐私政策》并接受其内容"), row(button("不同意"), button("同意"))),),
        {"agree": "同意", "refuse": "不同意"},
    ),
    "dialog-over-page": Case(
        "privacy_popup",
        (zh(button("不同意"), button("同意")), page(text("首页"), button("同意"), button("登录"))),
        {"agree": "同意", "refuse": "不同意"},
    ),
    "full-page": Case(
        "privacy_popup", (page(text("用户隐私保护"), text(BODY), text("更多说明在设置中可以查看。"), button("同意并进入"), button("暂不同意")),),
        {"agree": "同意并进入", "refuse": "暂不同意"},
    ),
    "inside-the-activity": Case(
        "privacy_popup",
        (page(
            column(*[button(f"栏目{i}") for i in range(12)]),
            column(text("隐私政策提示"), text(BODY), row(button("不同意"), button("同意"))),
        ),),
        {"agree": "同意", "refuse": "不同意"},
    ),
    "with-box": Case(
        "privacy_popup",
        (dialog(text("用户协议与隐私政策"), text("请阅读并同意《用户协议》和《隐私政策》后使用本应用。"), box("我已阅读并同意《隐私政策》", "checked"), row(button("不同意并退出"), button("同意并继续"))),),
        {"agree": "同意并继续", "refuse_exit": "不同意并退出", "checkbox": "我已阅读并同意《隐私政策》"},
    ),
    "english": Case("privacy_popup", (en(button("Disagree"), button("Agree")),), {"agree": "Agree", "refuse": "Disagree"}, language="en"),
    "english-long": Case("privacy_popup", (en(button("I do not agree"), button("Agree and continue")),), {"agree": "Agree and continue", "refuse": "I do not agree"}),
    "english-exit": Case("privacy_popup", (en(button("DISAGREE AND EXIT"), button("ACCEPT")),), {"agree": "ACCEPT", "refuse_exit": "DISAGREE AND EXIT"}),
    "english-cancel": Case("privacy_popup", (en(button("Cancel"), button("I agree")),), {"agree": "I agree", "cancel": "Cancel"}),
    "english-curly": Case("privacy_popup", (en(button("Don’t agree"), button("Accept & continue")),), {"agree": "Accept & continue", "refuse": "Don’t agree"}),
    "cookies": Case(
        "cmp_banner",
        (en(button("Manage options"), button("Reject all"), button("Accept all"), body="We and our partners use cookies and similar technologies. See our privacy policy."),),
        {"agree": "Accept all", "refuse": "Reject all", "manage": "Manage options"},
    ),
    "without-accepting": Case(
        "cmp_banner",
        (dialog(text("Vos choix"), text("Avec nos partenaires, nous utilisons des cookies. Lisez notre politique de confidentialité."), row(button("Paramétrer"), button("Continuer sans accepter"), button("Tout accepter"))),),
        {"agree": "Tout accepter", "refuse": "Continuer sans accepter"}, language="fr",
    ),
    "german-settings-or-refuse": Case(
        "cmp_banner",
        (dialog(text("Ihre Privatsphäre"), text("Wir und unsere Partner verwenden Cookies. Mehr in der Datenschutzerklärung."), row(button("Einstellungen oder ablehnen"), button("Alle akzeptieren"))),),
        {"agree": "Alle akzeptieren", "manage": "Einstellungen oder ablehnen"}, language="de",
    ),
    "japanese": Case(
        "privacy_popup",
        (dialog(text("ご利用の前に"), text("利用規約とプライバシーポリシーをお読みになり、同意のうえご利用ください。"), row(button("同意しない"), button("同意する"))),),
        {"agree": "同意する", "refuse": "同意しない"}, language="ja",
    ),
    "korean": Case(
        "privacy_popup",
        (dialog(text("안내"), text("서비스를 이용하려면 개인정보 처리방침을 읽고 동의해 주세요."), row(button("동의 안 함"), button("동의하고 계속"))),),
        {"agree": "동의하고 계속", "refuse": "동의 안 함"}, language="ko",
    ),
    "traditional": Case(
        "privacy_popup",
        (dialog(text("提示"), text("請您閱讀並同意《隱私權政策》與服務條款後繼續使用。"), row(button("不同意"), button("同意並繼續"))),),
        {"agree": "同意並繼續", "refuse": "不同意"}, language="zh-Hant",
    ),
    "ok-or-exit": Case("privacy_popup", (en(button("Exit"), button("OK"), body="By going on you accept our Privacy Policy and Terms of Use."),), {"acknowledge": "OK", "exit": "Exit"}),
    "yes-or-no": Case("privacy_popup", (en(button("No"), button("Yes"), body="Do you agree to our Privacy Policy?"),), {"confirm": "Yes", "refuse": "No"}),
    "confirm-or-cancel": Case("privacy_popup", (zh(button("取消"), button("确定"), body="您是否同意《隐私保护政策》？"),), {"confirm": "确定", "cancel": "取消"}),
    "box-and-continue": Case(
        "privacy_popup",
        (page(text("Welcome to Tunes"), box("I have read and agree to the Privacy Policy"), button("Continue")),),
        {"acknowledge": "Continue", "checkbox": "I have read and agree to the Privacy Policy"},
    ),
    "personal-information-rules": Case("privacy_popup", (zh(button("拒绝"), button("同意"), body="请阅读《个人信息收集使用规则》，了解我们如何处理您的信息。"),), {"agree": "同意", "refuse": "拒绝"}),
    "privacy-and-cookies": Case("privacy_popup", (en(button("Decline"), button("Accept"), body="Please accept our Privacy & Cookies Policy to go on."),), {"agree": "Accept", "refuse": "Decline"}),
    # Second chances
    "still-refuse": Case("retention", (zh(button("仍不同意"), button("同意并继续"), body="不同意《隐私政策》将只能浏览部分内容，您可以再想想。"),), {"agree": "同意并继续", "refuse": "仍不同意"}),
    "you-must-agree": Case("retention", (zh(button("不同意并退出"), button("同意并继续"), body="您需要同意《隐私政策》后才能继续使用本应用。"),), {"refuse_exit": "不同意并退出", "agree": "同意并继续"}),
    "leave-or-think-again": Case("retention", (zh(button("退出应用"), button("再想想"), body="若不同意隐私政策，我们将无法为您提供服务。"),), {"exit": "退出应用", "cancel": "再想想"}),
    "english-second": Case("retention", (en(button("Exit"), button("Agree"), body="You need to agree to the Privacy Policy before you can use the app.", title="One more thing"),), {"agree": "Agree", "exit": "Exit"}),
    # Other kinds
    "notice-only": Case("notice", (zh(button("我知道了")),), {"acknowledge": "我知道了"}),
    "policy-update": Case("policy_update", (zh(button("不同意"), button("同意"), title="隐私政策更新"),), {"agree": "同意", "refuse": "不同意"}),
    "permission-aosp": Case(
        "permission",
        (dialog(
            text("允许“天气”获取此设备的位置信息吗？", rid="com.android.permissioncontroller:id/permission_message"),
            button("仅在使用该应用时允许", rid="com.android.permissioncontroller:id/permission_allow_foreground_only_button"),
            button("仅限这一次", rid="com.android.permissioncontroller:id/permission_allow_one_time_button"),
            button("不允许", rid="com.android.permissioncontroller:id/permission_deny_button"),
            package="com.android.permissioncontroller",
        ),),
        {"allow_foreground": "仅在使用该应用时允许", "allow_once": "仅限这一次", "deny": "不允许"},
    ),
    "permission-over-notice": Case(
        "permission",
        (
            dialog(
                text("Allow X to make and manage phone calls?", rid="com.android.permissioncontroller:id/permission_message"),
                button("Allow", rid="com.android.permissioncontroller:id/permission_allow_button"),
                button("Don’t allow", rid="com.android.permissioncontroller:id/permission_deny_button"),
                package="com.google.android.permissioncontroller",
            ),
            zh(button("不同意"), button("同意")),
        ),
        {"allow": "Allow", "deny": "Don’t allow"}, language="en",
    ),
    "permission-miui": Case(
        "permission",
        (dialog(text("是否允许“天气”获取位置信息？"), button("仅在使用中允许"), button("拒绝"), package="com.lbe.security.miui"),),
        {"deny": "拒绝"},
    ),
    "login": Case("login", (page(field_for("手机号"), field_for("验证码"), box("我已阅读并同意《用户协议》《隐私政策》"), button("登录")),), {"login_submit": "登录", "checkbox": "我已阅读并同意《用户协议》《隐私政策》"}),
    "one-key": Case("login_one_key", (page(text("138****0000"), button("本机号码一键登录"), button("其他手机号登录"), box("已阅读并同意《隐私政策》")),), {"one_key_login": "本机号码一键登录"}),
    "login-dialog": Case("login_agreement_dialog", (zh(button("不同意"), button("同意并登录"), body="请阅读并同意《用户协议》和《隐私政策》后登录。"),), {"agree_login": "同意并登录"}),
    "document": Case("policy_document", (page(text("隐私政策"), text(BODY * 20), button("返回")),)),
    # Look-alikes
    "friend-request": Case("negative", (page(text("张三请求添加你为好友"), row(button("拒绝"), button("同意"))),), never=("同意", "拒绝")),
    "friend-request-with-footer": Case("negative", (page(text("张三请求添加你为好友"), row(button("拒绝"), button("同意")), text("隐私政策", "clickable")),), never=("同意", "拒绝")),
    "call": Case("negative", (page(text("视频通话邀请"), row(button("拒绝"), button("接受"))),)),
    "pay": Case("negative", (dialog(text("确认付款 ¥18"), text("付款前请阅读《自动续费协议》"), row(button("取消"), button("同意并支付"))),), never=("同意并支付",)),
    "delete-account": Case("account_deletion_confirm", (zh(button("取消"), button("同意注销"), body="注销后您的个人信息将被删除，详见《隐私政策》。", title="注销须知"),), never=("同意注销",)),
    "delete-or-cancel": Case("negative", (dialog(text("删除"), text("确定删除这条笔记吗？"), row(button("取消"), button("确定"))),)),
    "network-settings": Case("negative", (en(button("Cancel"), button("OK"), body="Turn on Wi-Fi to download the map."),)),
    "privacy-news": Case("policy_update", (en(button("OK"), body="We have a new Privacy Policy page in the settings."),)),
    "update-app": Case("negative", (dialog(text("发现新版本"), text("1. 更新隐私政策入口 2. 修复问题"), row(button("稍后更新"), button("立即更新"))),)),
    "rating": Case("negative", (dialog(text("给个好评吧"), row(button("残忍离开"), button("去评分"))),)),
    "exit-question": Case("negative", (dialog(text("确定退出吗？"), row(button("取消"), button("退出"))),)),
    "ad": Case("negative", (page(text("限时优惠"), button("跳过 5s"), button("立即查看")),)),
    "teen-mode": Case("negative", (dialog(text("青少年模式"), text("为呵护未成年人健康成长，我们特别推出青少年模式。"), button("我知道了")),)),
    "install": Case("negative", (dialog(text("是否安装此应用？"), row(button("取消"), button("安装")), package="com.android.packageinstaller"),)),
    "refused-access": Case("other", (page(text("访问被拒绝"), text("您没有同意访问的权限，请阅读隐私政策。")),)),
    "home-with-links": Case("other", (page(*[button(f"商品{i}") for i in range(20)], text("关于我们"), text("隐私政策", "clickable"), button("同意")),), never=("同意",)),
    "forum-of-many-things": Case("negative", (page(*[button(f"话题{i}") for i in range(9)], text("怎么看《隐私政策》里的这一条？大家来投票"), row(button("不同意"), button("同意"))),), never=("同意", "不同意")),
    "settings": Case("settings", (page(text("设置"), *[button(word) for word in ("账号与安全", "通用", "隐私设置", "个性化推荐", "关于", "清除缓存", "退出登录")]),)),
    "survey": Case("negative", (page(text("我每天都会运动"), row(button("不同意"), button("同意"))),)),
    "location-sharing": Case("negative", (dialog(text("小明想查看你的位置"), row(button("拒绝"), button("同意"))),)),
    "terms-of-a-contest": Case("negative", (dialog(text("活动规则"), text("参加活动即可抽奖，最终解释权归主办方。"), row(button("参加"), button("关闭"))),)),
    "splash": Case("other", (page(text("天气")),)),
    "english-age": Case("negative", (dialog(text("How old are you?"), text("We ask so that we show what suits you."), row(button("Under 18"), button("18 or over"))),)),
    "english-subscribe": Case("negative", (dialog(text("Go premium"), text("Cancel any time. Privacy Policy applies."), row(button("Subscribe"), button("Not now"))),)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_labelled_screen_is_read_as_labelled(name):
    case = CASES[name]
    reading = classify(draw(*case.windows))
    assert reading.kind == case.kind, reading.why
    for role, label in case.roles.items():
        assert label in [element.text for element in reading.touchable(role)], (role, reading.elements)
    if case.language:
        assert reading.language == case.language
    for label in case.never:
        touched = [e for e in reading.elements if e.text == label and e.tap and reading.kind in CONSENT_KINDS]
        assert not touched


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.kind in CONSENT_KINDS])
def test_agree_is_never_refuse(name):
    reading = classify(draw(*CASES[name].windows))
    agree = {element.tap for role in ("agree", "agree_login") for element in reading.touchable(role)}
    refuse = {
        element.tap
        for role in ("refuse", "refuse_exit", "exit", "basic_mode")
        for element in reading.touchable(role)
    }
    assert not agree & refuse
    assert len(agree) <= 1


def test_a_third_of_the_labelled_screens_are_look_alikes():
    alike = [case for case in CASES.values() if case.kind not in CONSENT_KINDS]
    assert len(CASES) >= 40 and 3 * len(alike) >= len(CASES)


def test_a_policy_inside_a_sentence_is_touched_where_it_is_written():
    body = text(BODY)
    reading = classify(draw(dialog(text("提示"), body, row(button("不同意"), button("同意")))))
    links = {element.text: element for element in reading.elements if element.role == "policy_link"}
    assert set(links) == {"用户协议", "隐私政策"}
    left, top, _, _ = body.bounds
    per_line = 900 // 48
    for words, link in links.items():
        middle = BODY.index(words) + 2
        line, column_ = divmod(middle, per_line)
        x, y = link.tap
        assert abs(x - (left + column_ * 48)) < 120 and abs(y - (top + line * 60 + 30)) < 40, (
            words,
            link.tap,
        )


def test_a_heading_that_repeats_the_names_is_no_link_and_a_list_in_the_sentence_is_one():
    words = "请您阅读《隐私政策》和《第三方SDK清单》，选择是否同意我们收集和使用您的个人信息。"
    body = text(words)
    reading = classify(draw(dialog(text("用户协议与隐私政策"), body, row(button("不同意"), button("同意")))))
    links = {(e.role, e.text): e.bounds for e in reading.elements if e.role in ("policy_link", "vendor_list")}
    assert set(links) == {("policy_link", "隐私政策"), ("vendor_list", "第三方SDK清单")}
    assert set(links.values()) == {body.bounds}


def test_words_that_the_text_tells_to_touch_refuse_where_nothing_else_does():
    words = "请您阅读《隐私政策》，了解我们如何收集和使用您的个人信息。如您不接受，可选择不同意并退出。"
    body = text(words)
    alone = classify(draw(dialog(text("温馨提示"), body, button("同意并继续"))))
    (refuse,) = [one for one in alone.elements if one.role == "refuse_exit"]
    assert (refuse.text, refuse.bounds, refuse.clickable) == ("不同意并退出", body.bounds, False)
    beside = classify(draw(dialog(text("温馨提示"), body, row(button("退出"), button("同意并继续")))))
    assert not [one for one in beside.elements if one.role == "refuse_exit"]
    told = classify(
        draw(
            dialog(
                text("提示"), text(words.replace("可选择不同意并退出", "我们将无法为您服务")), button("同意")
            )
        )
    )
    assert not [one for one in told.elements if one.role.startswith("refuse")]


def test_a_box_tells_whether_it_is_ticked():
    def boxes(*flags):
        windows = zh(box("我已阅读并同意《隐私政策》", *flags), button("不同意"), button("同意"))
        return [e.checked for e in classify(draw(windows)).elements if e.role == "checkbox"]

    assert boxes("checked") == [True]
    assert boxes() == [False]


def test_a_box_about_something_else_is_no_consent_box():
    windows = page(
        field_for("手机号"), box("记住我", "checked"), box("接收优惠短信", "checked"), button("登录")
    )
    assert not [e for e in classify(draw(windows)).elements if e.role == "checkbox"]


def test_a_box_without_words_takes_those_on_its_row():
    line = row(box(""), text("我已阅读并同意《隐私政策》"))
    reading = classify(draw(page(field_for("手机号"), line, button("登录"))))
    [found] = [e for e in reading.elements if e.role == "checkbox"]
    assert found.checked is False and "隐私政策" in found.text


def test_a_drawn_box_whose_state_cannot_be_read_says_so():
    line = row(image("clickable", rid="com.x:id/iv_check"), text("我已阅读并同意《隐私政策》"))
    reading = classify(draw(page(field_for("手机号"), line, button("登录"))))
    [found] = [e for e in reading.elements if e.role == "checkbox"]
    assert found.checked is None


def test_going_on_as_agreement_is_named():
    reading = classify(
        draw(page(field_for("手机号"), button("登录"), text("登录即代表同意《用户协议》和《隐私政策》")))
    )
    assert [e for e in reading.elements if e.role == "agree_implicit"]


def test_answers_in_one_parent_are_touched_on_their_own_words():
    both = row(text("不同意"), text("同意"), flags=("clickable",))
    reading = classify(draw(dialog(text("提示"), text(BODY), both)))
    [agree], [refuse] = reading.touchable("agree"), reading.touchable("refuse")
    for element in (agree, refuse):
        left, top, right, bottom = element.bounds
        assert left < element.tap[0] < right and top < element.tap[1] < bottom
    assert agree.text == "同意" and refuse.text == "不同意"


def test_a_screen_without_words_is_unknown():
    reading = classify(draw(page(image(), image())))
    assert reading.blind and reading.kind == "unknown"
    assert not classify(draw(page(text("天气")))).blind


@pytest.mark.parametrize(
    "xml",
    [
        "", "hello", "<a/>", "<hierarchy>", "<html><body/></html>",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><hierarchy><node bounds="[0,0][1,1]" text="&b;"/></hierarchy>',
        "<hierarchy>" + "<node bounds='[0,0][9,9]'>" * 300 + "</node>" * 300 + "</hierarchy>",
        "<hierarchy>" + "<node bounds='[0,0][9,9]'/>" * 20_001 + "</hierarchy>",
        "<hierarchy>" + "<a>" * 100_000,
    ],
    ids=["empty", "text", "other-root", "cut", "html", "entities", "deep", "many", "deep-unknown"],
)  # fmt: skip
def test_what_is_no_dump_is_an_input_error(xml):
    with pytest.raises(InputError):
        classify(xml)


def test_huge_labels_and_many_nodes_are_bounded():
    body = text("我" * 2_000_000)
    body.size = (900, 600)
    assert classify(draw(dialog(body, row(button("不同意"), button("同意"))))).kind == "negative"
    many = draw(
        page(*[button(f"商品 {i}") for i in range(9_000)], text(BODY), row(button("不同意"), button("同意")))
    )
    began = time.process_time()
    classify(many)
    assert time.process_time() - began < 2.0


def test_a_reading_needs_no_more_than_a_moment():
    xml = draw(
        dialog(text("提示"), text(BODY), row(button("不同意"), button("同意"))),
        page(*[button(f"栏目 {i}") for i in range(480)]),
    )
    classify(xml)
    began = time.process_time()
    for _ in range(10):
        classify(xml)
    assert (time.process_time() - began) / 10 < 0.1
