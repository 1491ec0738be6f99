"""Notices are read as a person would: kinds, SDKs, recipients, denials, each with its sentence."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from harness.policy.declared import ELEMENTS, declared

NOTICES = Path(__file__).parent / "notices"


def notice(name):
    return declared((NOTICES / name).read_text(encoding="utf-8"))


def sdks(found):
    return {sdk.name: sdk for sdk in found.sdks}


def test_a_chinese_notice_tells_its_kinds_and_denials():
    found = notice("shop-zh.txt")
    assert found.language == "zh" and not found.cut
    told = {kind for kind in found.kinds if found.tells(kind)}
    assert told == {
        "phone_number",
        "android_id",
        "oaid",
        "device_model",
        "location",
        "camera",
        "media",
        "clipboard",
    }
    assert set(found.denied) == {"contacts", "sms", "call_log"}
    assert found.denied["sms"][0].sentence.text == "6. 我们不会收集您的通讯录、短信内容和通话记录。"
    assert found.kinds["clipboard"][0].sentence.line == 16, "a condition is no denial"


def test_a_notice_tells_who_keeps_data_where_how_long_and_what_one_may_do():
    found = notice("shop-zh.txt")
    assert found.operator.name == "杭州拾光网络科技有限公司"
    assert [one.name for one in found.recipients][1:] == [
        "杭州快达物流有限公司",
        "深圳市和顺通供应链有限公司",
    ]
    assert set(ELEMENTS) - set(found.elements) == {"sensitive", "changes", "self_start", "background"}
    assert found.transfer_abroad == "denied" and "境外" in found.transfer_sentences[0].text
    assert found.effective == date(2025, 1, 5)
    assert {"security", "recommendation", "login"} <= set(found.purposes)


def test_an_english_notice_is_read_too():
    found = notice("notes-en.txt")
    assert found.language == "en"
    told = {kind for kind in found.kinds if found.tells(kind)}
    assert told == {"advertising_id", "ip_address", "location", "camera", "media", "android_id"}
    assert set(found.denied) == {"contacts", "call_log", "sms"}
    assert found.operator.name == "Field Notes Ltd"
    assert found.transfer_abroad == "told" and found.effective == date(2025, 3, 1)
    assert set(ELEMENTS) - set(found.elements) == {
        "sensitive",
        "personalisation_off",
        "self_start",
        "background",
    }
    crash = sdks(found)["Firebase Crashlytics"]
    assert crash.sdk == "crashlytics" and not crash.listed
    assert set(crash.kinds) == {"device_model", "serial"}, "what it also receives is its own, not the app's"


def test_labels_that_change_and_a_company_that_comes_first_keep_entries_apart():
    found = sdks(notice("sdks-blocks-zh.txt"))
    assert list(found) == ["友盟统计SDK", "极光推送SDK", "穿山甲广告SDK", "支付宝SDK"]
    assert found["友盟统计SDK"].company == "友盟同欣（北京）科技有限公司"
    assert found["穿山甲广告SDK"].company == "北京字节跳动科技有限公司"
    assert set(found["友盟统计SDK"].kinds) == {"android_id", "oaid", "mac_address", "ip_address"}
    assert found["极光推送SDK"].sdk == "jpush" and not found["极光推送SDK"].kinds
    assert {term.word for term in found["极光推送SDK"].wide} == {"设备标识符", "网络信息"}
    assert "android_id" in found["极光推送SDK"].open_for
    optional = {kind: one.optional for kind, one in found["穿山甲广告SDK"].kinds.items()}
    assert optional == {"device_model": False, "oaid": False, "location": True, "installed_apps": True}
    assert set(found["支付宝SDK"].kinds) == {"ip_address", "wifi_scan"}
    assert found["支付宝SDK"].purposes == {"payment"}


def test_a_table_whose_cells_span_rows_or_break_keeps_the_name():
    found = sdks(notice("sdks-table-zh.txt"))
    assert {name: one.company for name, one in found.items()} == {
        "个推SDK": "每日互动股份有限公司",
        "高德地图SDK": "高德软件有限公司",
    }
    optional = {kind: one.optional for kind, one in found["个推SDK"].kinds.items()}
    assert optional == {"imei": False, "oaid": False, "location": True, "installed_apps": True}
    assert set(found["高德地图SDK"].kinds) == {"location", "cell", "wifi_scan", "ip_address"}


def test_one_cell_a_line_is_put_together_again():
    found = sdks(notice("sdks-cells-zh.txt"))
    assert list(found) == ["友盟+SDK", "微信OpenSDK", "Bugly SDK"]
    assert set(found["友盟+SDK"].kinds) == {"imei", "android_id", "mac_address"}
    assert set(found["微信OpenSDK"].kinds) == {"ip_address"}, "a row without name belongs to the SDK above"
    assert found["Bugly SDK"].company == "深圳市腾讯计算机系统有限公司"


def test_a_page_with_row_spans_is_read_without_its_scripts():
    found = notice("sdks-spans-zh.html")
    assert set(sdks(found)["小米推送SDK"].kinds) == {"oaid", "device_model", "installed_apps"}
    assert sdks(found)["Sentry"].company == "Functional Software, Inc."
    assert found.tells("calendar") and "imei" not in found.kinds


def test_texts_taken_together_are_one_notice():
    text = (NOTICES / "shop-zh.txt").read_text(), (NOTICES / "sdks-blocks-zh.txt").read_text()
    found = declared(*text)
    assert len(found.sdks) == 4 and found.operator.name == "杭州拾光网络科技有限公司"
    assert "mac_address" not in found.kinds, "what an SDK is listed with is not the app's"


@pytest.mark.parametrize(
    ("text", "kind", "how"),
    [
        ("我们会向您发送短信验证码。", "sms", None),
        ("我们会读取短信以自动填写验证码。", "sms", "collects"),
        ("我們會收集您的裝置序號與位置資訊。", "location", "collects"),
        ("请在显著位置查看本政策。", "location", None),
        ("填写紧急联系人。", "contacts", None),
        ("We collect data on Mac OS.", "mac_address", None),
        ("We collect your MAC addresses.", "mac_address", "collects"),
        ("您可以随时删除通讯录。", "contacts", "mentions"),
        ("未经您同意，我们不会收集位置信息。", "location", "collects"),
        ("我们不收集通讯录，但会收集位置信息。", "location", "collects"),
        ("通讯录我们不会读取。", "contacts", "denies"),
        ("ＩＭＥＩ会被收集。", "imei", "collects"),
        ("We never read your clipboard.", "clipboard", "denies"),
        ("We do not collect precise location unless you agree.", "location", "collects"),
        ("收集 Wi - Fi 与 WLAN 列表", "wifi_scan", "collects"),
        ("Zipping and tipping are collected.", "ip_address", None),
        ("安卓IDs不算", "android_id", None),
    ],
)
def test_words_mean_what_their_sentence_makes_of_them(text, kind, how):
    found = declared(text)
    told = [one.how for one in (*found.kinds.get(kind, ()), *found.denied.get(kind, ()))]
    assert told == ([how] if how else [])


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("收集IMEI、MAC地址等信息。", True),
        ("收集IMEI，会员等级不受影响。", False),
        ("收集IMEI、MAC地址。", False),
    ],
)
def test_and_so_on_leaves_its_family_open(text, open_):
    found = declared(text)
    assert ("android_id" in found.open_for) is open_ and "contacts" not in found.open_for


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("我们不会将数据传输至境外。", "denied"),
        ("您的个人信息将传输至境外的服务器。", "told"),
        ("未经您的单独同意，我们不会向境外提供个人信息。", "told"),
        ("We do not transfer data outside the EEA.", "denied"),
        ("我们重视隐私。", ""),
    ],
)
def test_sending_data_abroad_is_told_denied_or_left_out(text, way):
    assert declared(text).transfer_abroad == way


def test_dates_that_are_no_dates_are_left_out():
    assert declared("生效日期：2025年13月45日").effective is None
    assert declared("Effective date: 1st of May 2024").effective == date(2024, 5, 1)


@pytest.mark.parametrize(
    "text", ["", " \n\t\n", "\x00\ud800", "<html><table><tr><td rowspan=9>", "SDK名称\n公司\n目的\n"]
)
def test_nothing_in_gives_nothing_out(text):
    found = declared(text)
    assert not found.kinds and not found.sdks and found.operator is None


@pytest.mark.parametrize(
    "unit",
    ["imei、", "不收集通讯录", "SDK名称\n公司名称\n使用目的\n", "a SDK", "<div><td", "公司", "a|b\n", "除外"],
)
def test_hostile_text_costs_time_in_proportion(unit):
    def cost(size):
        start = time.process_time()
        declared((unit * size)[:size])
        return time.process_time() - start

    declared("x")
    small, large = min(cost(20_000) for _ in range(2)), cost(160_000)
    assert large < 16 * small + 0.3


def test_more_than_any_notice_is_cut_and_says_so():
    assert declared("a" * 2_000_001).cut and not declared("一段" * 100).cut
    assert declared("x\n" * 70_000).cut
