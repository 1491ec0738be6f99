"""What a text about withdrawing or cancelling asks for, offers and promises."""

from __future__ import annotations

import time

import pytest

from harness.screen.conditions import conditions_of

DEMANDS = [
    ("注销账号需上传手持身份证照片。", {"id_photo"}),
    ("请输入您的身份证号码和银行卡号进行核验", {"id_number", "bank_card"}),
    ("注销前须完成人脸识别", {"face"}),
    ("请提供：历史订单截图，常用设备信息", {"history"}),
    ("请确保账户余额为零", {"empty_balance"}),
    ("请先解除与第三方账号的绑定", {"linked_apps"}),
    ("如需注销请致电客服电话400-000-0000", {"phone_call"}),
    ("请将书面申请邮寄至公司", {"letter"}),
    ("请输入短信验证码", {"sms_code"}),
    ("You must upload a photo of your ID card.", {"id_photo"}),
    ("Please call our customer service to close the account.", {"phone_call"}),
    ("注销无需提供身份证照片，余额将清零。", set()),
    ("注销后，您的余额将被清零，历史订单将被删除。", set()),
    ("我们不会要求您提供身份证照片。", set()),
    ("You don't need to provide an ID number.", set()),
    ("注销账号后数据无法恢复。", set()),
]


@pytest.mark.parametrize(("text", "demands"), DEMANDS)
def test_only_what_is_asked_for_is_a_demand(text, demands):
    assert set(conditions_of(text).demands) == demands


def test_a_field_that_names_it_asks_for_it():
    assert conditions_of("注销账号", ("身份证号",)).demands == ("id_number",)
    assert conditions_of("注销账号", ("留言",)).demands == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我们将在15个工作日内完成处理。", 15),
        ("我们将在三十个工作日内答复", 30),
        ("将于七日内审核", 5),
        ("We will process your request within 20 business days.", 20),
        ("30天内再次登录视为放弃注销。", None),
        ("冷静期为30天，期满后完成注销", None),
        ("本页更新于10天前", None),
    ],
)
def test_a_promise_is_counted_in_working_days_and_time_to_think_better_is_none(text, days):
    assert conditions_of(text).days == days


def test_ways_are_told_where_the_text_points_to_them():
    said = conditions_of("如需撤回同意，请卸载本应用，或发送邮件至 a@b.example，也可前往系统设置关闭权限")
    assert said.offers == ("email", "uninstall", "system_settings")
    assert conditions_of("我们不建议卸载").offers == ()


def test_a_long_text_costs_little():
    began = time.perf_counter()
    conditions_of("请提供身份证，" * 20_000 + "需" * 40_000)
    assert time.perf_counter() - began < 2
