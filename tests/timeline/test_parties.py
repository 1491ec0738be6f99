"""Whose server it is."""

from __future__ import annotations

import pytest

from harness.timeline.parties import Operator, party_of, registrable_domain

SHOP = Operator.of("com.shopco.app", ["https://legal.shopco-policy.com/p.html"], ["Shop Co., Ltd."])


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.b.shop.com.cn", "shop.com.cn"),
        ("shop.com.cn.", "shop.com.cn"),
        ("com.cn", ""),
        ("someone.github.io", "someone.github.io"),
        ("10.0.0.1", ""),
        ("2400:3200::1", ""),
        ("localhost", ""),
        ("SHOP.co.uk", "shop.co.uk"),
    ],
)
def test_a_registrable_domain_follows_the_public_suffix_list(host, domain):
    assert registrable_domain(host) == domain


def test_the_domain_of_the_package_name_is_the_apps_own():
    assert party_of("api.shopco.com", SHOP).party == "first"
    assert party_of("api.notshopco.com", SHOP).party == "unknown"
    assert party_of("shopco.com.example", SHOP).party == "unknown"
    assert Operator.of("cn.com.shopco.app").package_domain == "shopco.com.cn"
    assert Operator.of("com.example.shop").package_domain == ""
    assert Operator.of("io.github.someone.app").package_domain == ""


def test_the_same_name_under_another_suffix_is_the_apps_own_but_a_common_word_is_not():
    assert party_of("api.shopco.cn", SHOP).party == "first"
    assert party_of("api.mobile.cn", Operator.of("com.mobile.app")).party == "unknown"
    assert party_of("api.abc.cn", Operator.of("com.abc.app")).party == "unknown"


def test_the_domain_of_the_policy_is_the_apps_own_unless_an_sdk_owns_it():
    assert party_of("x.shopco-policy.com", SHOP).party == "first"
    hosted = Operator.of("com.shopco.app", ["https://static.jpush.cn/policy.html"])
    assert party_of("api.jpush.cn", hosted).party == "third"


def test_the_catalogue_says_third_except_to_its_own_company():
    judged = party_of("api.jpush.cn", SHOP)
    assert judged.party == "third" and "JPush" in judged.because
    assert party_of("www.umeng.com", Operator.of("com.umeng.demo")).party == "first"


def test_a_certificate_tells_by_its_organisation_or_by_the_names_it_is_good_for():
    assert party_of("203.0.113.7", SHOP, organisation="SHOP Co. Ltd").party == "first"
    assert party_of("cdn.other.net", SHOP, certificate_names=["*.other.net", "*.shopco.com"]).party == "first"
    assert party_of("cdn.other.net", SHOP, organisation="Other Inc").party == "third"
    assert (
        party_of("cdn.other.net", Operator.of("com.shopco.app"), organisation="Other Inc").party == "unknown"
    )
