# ruff: noqa: E501
"""Labels and their roles: the whole label decides, so a negation is never its opposite."""

from __future__ import annotations

import pytest

from harness.screen.roles import normalise, word_of
from harness.screen.topics import is_policy, language_of, policy_spans

ROLES = {
    "agree": "同意|同 意|同意并继续|同意并进入|我同意|我已阅读并同意|接受|接受并继续|同意继续|同意并使用|好的，同意|同意协议|同意（3s）|3秒后同意"
    "|Agree|I agree|Accept all|Accept & continue|AGREE AND CONTINUE|Yes, I agree|Consent"
    "|同意並繼續|同意する|동의|Alle akzeptieren|Tout accepter|Aceptar todo|Accetta tutto|Aceitar tudo|J’accepte",
    "refuse": "不同意|不 同 意|拒绝|仍不同意|我不同意|暂不同意|不接受|残忍拒绝|狠心拒绝|暂不使用|不同意（5s）"
    "|Disagree|I disagree|Decline|Reject all|Do not agree|Don’t accept|Continue without accepting|No, thanks|Only necessary cookies"
    "|拒絕|同意しない|동의 안 함|Alle ablehnen|Nicht einwilligen|Continuer sans accepter|Continuar sin aceptar|Non acconsento|Não consentir",
    "refuse_exit": "不同意并退出|拒绝并退出|仍不同意并退出|不同意，退出应用|Disagree and exit|Decline & Quit",
    "basic_mode": "仅浏览|基本功能模式|进入基本功能模式|访客模式|浏览模式|仅使用基本功能|不同意，进入基本模式|Continue in limited mode",
    "allow": "Allow all|允许|Alle Cookies zulassen|すべて許可",
    "deny": "DENY ALL|不允许|許可しない|No permitir",
    "agree_login": "同意并登录|同意协议并登录|同意并注册|Agree and log in",
    "acknowledge": "我知道了|知道了|好的|继续|Got it|OK|Continue",
    "exit": "退出|退出应用|Exit app|Quit",
    "cancel": "取消|再想想|我再想想|Cancel|Go back",
    "later": "以后再说|稍后|暂不|Not now|Later|跳过 5s",
    "manage": "更多选项|Manage options|Cookie settings|Einstellungen oder ablehnen|Paramétrer",
}


@pytest.mark.parametrize(
    ("role", "label"), [(role, label) for role, labels in ROLES.items() for label in labels.split("|")]
)
def test_a_label_has_its_role(role, label):
    word = word_of(label)
    assert word is not None and word.role == role


@pytest.mark.parametrize(
    "label",
    [
        "同意注销",
        "同意并支付",
        "同意协议并刷脸验证",
        "同意添加",
        "不",
        "我同意你的看法",
        "同意率",
        "已同意 3 人",
        "拒绝访问",
        "同意了吗",
        "不同意并登录",
        "不太同意",
        "同意还是不同意",
        "同意/不同意",
        "Agree to pay",
        "Agreement",
        "Disagreement noted",
        "I agree to disagree",
        "Accept the call from Bob",
        "Agree and subscribe",
        "Accepted",
        "agreed upon by all",
        "立即更新",
        "去评分",
        "首页",
    ],
)
def test_what_is_not_clearly_an_answer_is_none(label):
    word = word_of(label)
    assert word is None or word.role not in ("agree", "refuse", "refuse_exit", "agree_login")


def test_countdowns_width_gaps_and_marks_do_not_count():
    assert normalise(" 同 意 （ 3 s ）") == normalise("同意") == "同意"
    assert normalise("Ｄｉｓａｇｒｅｅ!") == "disagree"
    assert normalise("Don’t allow") == "don't allow"
    assert normalise("2024") == "2024"


@pytest.mark.parametrize(
    "text",
    [
        "隐私政策",
        "《XX隐私权政策》",
        "个人信息保护指引",
        "Privacy Policy",
        "隱私權政策",
        "プライバシーポリシー",
        "개인정보 처리방침",
    ],
)
def test_policies_are_known_by_their_names(text):
    assert is_policy(text)


@pytest.mark.parametrize("text", ["隐私设置", "隐私空间", "个人信息", "Privacy", "支付协议", "活动规则"])
def test_what_only_has_to_do_with_privacy_is_no_policy(text):
    assert not is_policy(text)


def test_policies_in_a_sentence_are_found_with_their_marks():
    text = "请阅读《用户服务协议》及《儿童隐私保护指引》，还有隐私政策。"
    assert [text[start:end] for start, end in policy_spans(text)] == [
        "《用户服务协议》",
        "《儿童隐私保护指引》",
        "隐私政策",
    ]


def test_the_language_is_told_by_script_and_words():
    assert language_of("请阅读", []) == "zh-Hans"
    assert language_of("請閱讀並同意", []) == "zh-Hant"
    assert language_of("同意してください", []) == "ja"
    assert language_of("동의", []) == "ko"
    assert language_of("Wir", ["de", "de"]) == "de"
    assert language_of("123", []) is None
