# ruff: noqa: E501 (one labelled screen a line)
"""Screens that are no question of consent but where it is given, changed or withdrawn, and the systems' own
permission dialogs: the kind, the roles, and what a switch or a box says."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from harness.screen.dialogs import classify
from harness.testing import View, box, button, column, dialog, draw, field_for, image, page, row, text

SWITCH = "android.widget.Switch"


def setting(label, note="", rid=""):
    inner = [text(label)] + ([text(note)] if note else [])
    return column(*inner, flags=("clickable",))


def switch(label, on=False, note=""):
    words = column(text(label), *([text(note)] if note else []))
    return row(
        words,
        View(SWITCH, "", frozenset({"clickable", "checkable", *(["checked"] if on else [])}), size=(150, 80)),
    )


def password(words):
    return View("android.widget.EditText", words, frozenset({"clickable", "password"}))


@dataclass
class Case:
    kind: str
    windows: tuple
    roles: dict[str, str] = field(default_factory=dict)


def asked(*answers, message, package="com.android.permissioncontroller", ids=(), extra=()):
    named = f"{package}:id/permission_message" if ids else ""
    buttons = [button(label, rid=f"{package}:id/{ids[i]}" if ids else "") for i, label in enumerate(answers)]
    return (dialog(text(message, rid=named), *extra, *buttons, package=package),)


AOSP = (
    "permission_allow_foreground_only_button",
    "permission_allow_one_time_button",
    "permission_deny_button",
)
ALLOW_DENY = ("permission_allow_button", "permission_deny_button")
PASSPORTS = {
    "de": (("Bei Nutzung der App", "Nur dieses Mal", "Nicht zulassen"), "Darf die App „Wetter“ auf den Standort dieses Geräts zugreifen?"),
    "fr": (("Lorsque vous utilisez l'appli", "Uniquement cette fois-ci", "Ne pas autoriser"), "Autoriser l'appli Météo à accéder à la position de cet appareil ?"),
    "es": (("Mientras se usa la aplicación", "Solo esta vez", "No permitir"), "¿Permitir que Tiempo acceda a la ubicación de este dispositivo?"),
    "it": (("Mentre usi l'app", "Solo questa volta", "Non consentire"), "Consentire all'app Meteo di accedere alla posizione di questo dispositivo?"),
    "pt": (("Durante o uso do app", "Apenas esta vez", "Não permitir"), "Permitir que o app Tempo acesse a localização deste dispositivo?"),
    "ja": (("アプリの使用時のみ", "今回のみ", "許可しない"), "このデバイスの位置情報へのアクセスを「天気」に許可しますか？"),
    "ko": (("앱 사용 중에만 허용", "이번만 허용", "허용 안함"), "날씨에서 이 기기의 위치 정보에 액세스하도록 허용하시겠습니까?"),
    "zh-Hant": (("使用應用程式時", "僅允許這一次", "不允許"), "要允許「天氣」存取這部裝置的位置資訊嗎？"),
    "zh-Hans": (("仅在使用该应用时允许", "仅限这一次", "不允许"), "要允许“天气”获取此设备的位置信息吗？"),
    "en": (("While using the app", "Only this time", "Don’t allow"), "Allow Weather to access this device’s location?"),
}  # fmt: skip

CASES = {
    **{
        f"aosp-{language}": Case("permission", asked(*answers, message=message, ids=AOSP), dict(zip(("allow_foreground", "allow_once", "deny"), answers, strict=True)))
        for language, (answers, message) in PASSPORTS.items()
    },
    **{
        f"words-only-{language}": Case("permission", asked(*answers, message=message, package="com.google.android.permissioncontroller"), dict(zip(("allow_foreground", "allow_once", "deny"), answers, strict=True)))
        for language, (answers, message) in PASSPORTS.items()
    },
    "miui": Case("permission", asked("仅在使用中允许", "本次运行允许", "拒绝", message="是否允许“地图”获取位置信息？", package="com.lbe.security.miui"), {"allow_foreground": "仅在使用中允许", "allow_once": "本次运行允许", "deny": "拒绝"}),
    "miui-again": Case("permission", asked("仅在使用中允许", "拒绝", "拒绝且不再询问", message="允许“地图”录音吗？", package="com.lbe.security.miui"), {"deny_dont_ask": "拒绝且不再询问", "deny": "拒绝"}),
    "emui": Case("permission", asked("始终允许", "仅使用期间允许", "禁止", message="是否允许“阅读”获取此设备的位置信息？", package="com.huawei.systemmanager"), {"allow_always": "始终允许", "allow_foreground": "仅使用期间允许", "deny": "禁止"}),
    "emui-box": Case("permission", asked("禁止", "允许", message="是否允许“阅读”访问设备上的照片、媒体内容和文件？", package="com.android.packageinstaller", extra=(box("禁止后不再询问"),)), {"deny": "禁止", "allow": "允许", "checkbox": "禁止后不再询问"}),
    "coloros": Case("permission", asked("使用时允许", "仅本次使用时允许", "不允许", message="允许“听歌”访问您的位置信息？", package="com.oplus.securitypermission"), {"allow_foreground": "使用时允许", "allow_once": "仅本次使用时允许", "deny": "不允许"}),
    "originos": Case("permission", asked("仅在使用过程中允许", "仅此一次允许", "拒绝", message="“跑步”请求获取您的位置信息", package="com.vivo.permissionmanager"), {"allow_foreground": "仅在使用过程中允许", "allow_once": "仅此一次允许", "deny": "拒绝"}),
    "one-ui": Case("permission", asked("Allow only while using the app", "Only this time", "Don't allow", message="Allow Notes to access this device's location?", package="com.samsung.android.permissioncontroller"), {"allow_foreground": "Allow only while using the app", "allow_once": "Only this time", "deny": "Don't allow"}),
    "photos": Case("permission", asked("Allow limited access", "Allow all", "Don’t allow", message="Allow Editor to access photos and videos on this device?", ids=("permission_allow_selected_button", "permission_allow_all_button", "permission_deny_button")), {"allow_limited": "Allow limited access", "allow": "Allow all", "deny": "Don’t allow"}),
    "notifications": Case("permission", asked("允许", "不允许", message="要允许“新闻”向您发送通知吗？", ids=ALLOW_DENY), {"allow": "允许", "deny": "不允许"}),
    "login": Case("login", (page(text("欢迎登录"), field_for("请输入手机号"), field_for("请输入验证码"), row(box("", "checked"), text("我已阅读并同意《用户协议》和《隐私政策》")), button("登录"), button("密码登录")),), {"login_submit": "登录", "switch_login": "密码登录", "checkbox": "我已阅读并同意《用户协议》和《隐私政策》"}),
    "login-en": Case("login", (page(text("Sign in"), field_for("E-mail"), password("Password"), button("Log in"), button("Continue with Google"), text("By continuing you agree to our Terms of Service and Privacy Policy.")),), {"login_submit": "Log in", "switch_login": "Continue with Google", "agree_implicit": "By continuing you agree to our Terms of Service and Privacy Policy."}),
    "login-social": Case("login", (page(text("Welcome"), button("Continue with Apple"), button("Continue with Google"), button("Continue as guest"), text("By signing up, you agree to our Terms and acknowledge our Privacy Policy.")),), {"guest_login": "Continue as guest"}),
    "login-de": Case("login", (page(text("Anmelden"), field_for("E-Mail"), password("Passwort"), button("Anmelden"), button("Konto erstellen")),), {"login_submit": "Anmelden"}),
    "login-ja": Case("login", (page(field_for("メールアドレス"), password("パスワード"), button("ログイン"), text("ログインすることで、利用規約とプライバシーポリシーに同意したものとみなされます。")),), {"login_submit": "ログイン", "agree_implicit": "ログインすることで、利用規約とプライバシーポリシーに同意したものとみなされます。"}),
    "login-ko": Case("login", (page(button("카카오로 시작하기"), button("네이버로 로그인"), text("로그인하면 이용약관 및 개인정보 처리방침에 동의하게 됩니다.")),), {"switch_login": "카카오로 시작하기"}),
    "one-key": Case("login_one_key", (page(text("138****6721"), text("中国移动提供认证服务"), button("本机号码一键登录"), text("其他方式登录", "clickable"), row(image("clickable", rid="com.x:id/iv_check"), text("我已阅读并同意《中国移动认证服务条款》《隐私政策》"))),), {"one_key_login": "本机号码一键登录", "switch_login": "其他方式登录"}),
    "settings": Case("settings", (page(text("设置"), setting("账号与安全"), setting("消息通知"), setting("隐私设置"), setting("关于我们"), setting("清除缓存", "23.1MB"), button("退出登录")),), {"logout": "退出登录"}),
    "settings-en": Case("settings", (page(text("Settings"), setting("Account"), setting("Notifications"), setting("Privacy"), setting("Help"), button("Log out")),), {"logout": "Log out"}),
    "settings-deletion": Case("settings", (page(text("账号与安全"), setting("修改密码"), setting("绑定手机", "138****0000"), setting("注销账号")),), {"delete_account": "注销账号"}),
    "settings-es": Case("settings", (page(text("Ajustes"), setting("Cuenta"), setting("Notificaciones"), setting("Privacidad"), setting("Eliminar cuenta")),), {"delete_account": "Eliminar cuenta"}),
    "withdraw": Case("settings_withdraw", (page(text("隐私设置"), setting("系统权限管理"), setting("个人信息收集清单"), setting("撤回同意")),), {"withdraw": "撤回同意"}),
    "withdraw-en": Case("settings_withdraw", (page(text("Privacy"), setting("Privacy Policy"), setting("Withdraw consent", "Stop using your data")),), {"withdraw": "Withdraw consent"}),
    "withdraw-de": Case("settings_withdraw", (page(text("Datenschutz"), setting("Datenschutzerklärung"), setting("Einwilligung widerrufen")),), {"withdraw": "Einwilligung widerrufen"}),
    "withdraw-ja": Case("settings_withdraw", (page(text("プライバシー設定"), setting("プライバシーポリシー"), setting("同意を撤回する")),), {"withdraw": "同意を撤回する"}),
    "ads": Case("settings_ads", (page(text("广告设置"), switch("个性化广告推荐", True, "关闭后仍会看到广告，但相关度会降低")),), {"ads_switch": "个性化广告推荐"}),
    "recommend": Case("settings_ads", (page(text("个性化设置"), switch("个性化推荐", True), switch("个性化广告", False)),), {"recommend_switch": "个性化推荐", "ads_switch": "个性化广告"}),
    "ads-en": Case("settings_ads", (page(text("Ads"), switch("Personalized ads", True)),), {"ads_switch": "Personalized ads"}),
    "ads-de": Case("settings_ads", (page(text("Werbung"), switch("Personalisierte Werbung")),), {"ads_switch": "Personalisierte Werbung"}),
    "ads-fr": Case("settings_ads", (page(text("Publicité"), switch("Publicités personnalisées")),), {"ads_switch": "Publicités personnalisées"}),
    "sale": Case("settings_ads", (page(text("Privacy choices"), switch("Do not sell or share my personal information")),), {"optout": "Do not sell or share my personal information"}),
    "deletion": Case("account_deletion", (page(text("注销账号"), text("注销前请仔细阅读：1. 注销后，您的账号信息、会员权益、订单记录将被清空且无法恢复。2. 请确认账号内没有未完成的交易，余额将视为放弃。3. 注销申请提交后 7 天内可以撤销。4. 第三方账号的绑定将被解除，您将无法再用原手机号找回本账号的任何内容或信息。"), box("我已阅读并同意《注销协议》"), button("申请注销")),), {"delete_account": "申请注销"}),
    "document": Case("policy_document", (page(text("隐私政策"), *[text(f"{i}、我们如何收集和使用您的个人信息。为向您提供服务，我们会在您使用时收集必要的信息，并依法加以保护。" * 2) for i in range(8)]),), {}),
    "document-web": Case("policy_document", (page(text("Privacy Policy"), View("android.webkit.WebView", children=[View("android.view.View", t) for t in ("Privacy Policy", "Last updated: May 2024", "We collect the data that you give us when you create an account and use the service.", "We never sell it. You may ask us to delete it at any time by writing to us.", "Data is kept for two years.")])),), {}),
    "home": Case("other", (page(text("推荐"), *[setting(f"文章 {i}", "3 分钟前") for i in range(14)], row(button("首页"), button("我的"))),), {}),
    "launcher": Case("other", (page(text("Phone"), text("Browser"), package="com.android.launcher3"),), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_kind_and_the_roles_are_told(name):
    case = CASES[name]
    reading = classify(draw(*case.windows))
    assert reading.kind == case.kind, reading.why
    for role, label in case.roles.items():
        assert label in [element.text for element in reading.elements if element.role == role], (
            reading.elements
        )
    assert not [e for e in reading.elements if e.role in ("agree", "refuse", "refuse_exit", "basic_mode")]


@pytest.mark.parametrize("language", PASSPORTS)
def test_the_language_of_a_permission_dialog_is_told(language):
    assert classify(draw(*CASES[f"aosp-{language}"].windows)).language == language


def element(windows, role):
    [found] = [e for e in classify(draw(*windows)).elements if e.role == role]
    return found


def test_a_switch_says_whether_it_is_on_and_is_touched_on_itself():
    windows = (page(text("广告设置"), switch("个性化广告推荐", True)),)
    found = element(windows, "ads_switch")
    assert found.checked is True and found.inverted is False
    assert found.tap[0] >= 540 and found.bounds[2] <= 540


@pytest.mark.parametrize(
    ("label", "role"),
    [("关闭个性化广告", "ads_switch"), ("关闭个性化推荐", "recommend_switch"), ("Do not sell my personal information", "optout"), ("Turn off personalized ads", "ads_switch")],
)  # fmt: skip
def test_a_switch_that_refuses_when_on_says_so(label, role):
    found = element((page(text("隐私"), switch(label, True)),), role)
    assert found.checked is True and found.inverted is True


def test_the_state_of_a_box_in_a_row_is_that_of_the_box_in_it():
    inner = View("android.widget.CheckBox", "", frozenset({"checkable", "checked"}), size=(60, 60))
    outer = View(
        "android.widget.LinearLayout",
        "",
        frozenset({"clickable", "checkable"}),
        children=[inner, text("我已阅读并同意《隐私政策》")],
        row=True,
    )
    found = element((page(field_for("手机号"), outer, button("登录")),), "checkbox")
    assert found.checked is True and "隐私政策" in found.text


@pytest.mark.parametrize(
    ("said", "state"), [("未选中", False), ("已选中", True), ("not checked", False), ("", None)]
)
def test_a_drawn_box_says_its_state_in_its_description(said, state):
    line = row(image("clickable", rid="com.x:id/cb_protocol", desc=said), text("我已阅读并同意《隐私政策》"))
    assert element((page(field_for("手机号"), line, button("登录")),), "checkbox").checked is state


def test_the_words_beside_a_consent_box_are_not_an_answer():
    line = row(box(""), text("我已阅读并同意", "clickable"), text("《隐私政策》", "clickable"))
    reading = classify(
        draw(
            page(
                text("隐私保护"),
                text("请阅读《隐私政策》，了解我们如何收集个人信息。"),
                line,
                button("同意并进入"),
            )
        )
    )
    assert [e.text for e in reading.touchable("agree")] == ["同意并进入"]


def test_a_page_with_nothing_but_links_explains_no_permission():
    words = "优量汇SDK：目的为展示广告，隐私政策见其官网。您可以在系统设置中随时关闭相机等权限，关闭后不影响记录文字。"
    assert (
        classify(draw(page(text("第三方SDK清单", "clickable"), text(words)))).kind != "permission_rationale"
    )
    asked = page(text("相机权限说明"), text("需要相机权限，用于拍摄笔记中的照片。"), button("去设置"))
    assert classify(draw(asked)).kind == "permission_rationale"
