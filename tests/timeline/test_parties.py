"""Whose server it is."""

from __future__ import annotations

import pytest
from run_builder import build

from harness.timeline.build import build_timeline
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


def test_a_company_is_the_same_with_another_legal_form_and_is_not_another_of_a_like_name():
    for organisation in ("Shop Company Limited", "SHOP CO., LTD.", "Shop Inc"):
        assert party_of("203.0.113.7", SHOP, organisation).party == "first", organisation
    for organisation in ("Shopper Co., Ltd.", "Shop Holdings Ltd"):
        assert party_of("203.0.113.7", SHOP, organisation).party == "third", organisation
    assert (
        party_of("203.0.113.7", Operator.of("cn.xyz", names=["样例科技有限公司"]), "样例科技").party
        == "first"
    )


POLICY = "样例科技有限公司（以下简称“我们”）运营本应用。我们收集设备标识用于统计。"


def destinations(tmp_path, policy=POLICY):
    """What a live run knows of five requests, by host."""
    sent = [
        {"flow": "https://api.yangli.cn/v1", "certificate": {"organisation": "样例科技有限公司"}},
        {"flow": "https://img.yangli.cn/v1", "certificate": {}},
        {"flow": "https://other.example/v1", "certificate": {"organisation": "Other Inc"}},
        {"flow": "https://nobody.example/v1"},
        {"flow": "https://api.jpush.cn/v1", "certificate": {"organisation": "样例科技有限公司"}},
    ]
    events = [{"at": 5, "policy": policy}, *({"at": 6, "answered_by": "server", **one} for one in sent)]
    run = {"scenarios": ["SC01"], "SC01": {"add": events}}
    flows = [one for one in build_timeline(build(tmp_path / "run", run)).events if one.kind == "flow"]
    return {one.host: one.destination for one in flows if not one.selftest}


def test_the_operator_that_the_policy_names_owns_the_domains_whose_certificates_name_it(tmp_path):
    known = destinations(tmp_path)
    assert known["api.yangli.cn"].party == "first" and "样例科技" in known["api.yangli.cn"].party_because
    assert known["img.yangli.cn"].party == "first" and "api.yangli.cn" in known["img.yangli.cn"].party_because
    assert known["other.example"].party == "third"
    assert known["nobody.example"].party == "unknown"
    assert known["api.jpush.cn"].party == "third"


def test_without_a_named_operator_no_certificate_tells_the_parties_apart(tmp_path):
    known = destinations(tmp_path, "本应用收集设备标识用于统计。")
    assert {known[host].party for host in ("api.yangli.cn", "img.yangli.cn", "other.example")} == {"unknown"}
