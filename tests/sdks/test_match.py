"""Every signature has a fixture of its name, with frames and hosts that must match and some that must not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from harness.sdks.load import load_signatures
from harness.sdks.match import (
    actor_of,
    actor_of_host,
    actor_of_request,
    is_platform_host,
    signature_of_class,
    signature_of_host,
)

FIXTURES = Path(__file__).parent / "fixtures"
IDS = sorted(signature.id for signature in load_signatures())
READ = "android.provider.Settings$Secure.getString"
HOOK = f"{READ}:6000"


@pytest.mark.parametrize("sdk", sorted(path.stem for path in FIXTURES.glob("*.yaml")))
def test_a_signature_matches_what_its_fixture_says_and_nothing_near_it(sdk):
    fixture = yaml.safe_load((FIXTURES / f"{sdk}.yaml").read_text(encoding="utf-8"))
    assert fixture["matches"] and fixture["misses"]
    for frame in fixture["matches"]:
        assert _sdk(frame.partition(":")[0].rpartition(".")[0]) == sdk, frame
    for frame in fixture["misses"]:
        assert _sdk(frame.partition(":")[0].rpartition(".")[0]) != sdk, frame
    for host in fixture["host_matches"]:
        assert _host(host) == sdk, host
    for host in fixture["host_misses"]:
        assert _host(host) != sdk, host


def test_what_the_table_claims_for_an_sdk_is_matched_and_what_is_near_it_is_not():
    """The table says it a second time, on purpose: a changed claim must be changed in both places."""
    for row in _table():
        sdk, prefixes, hosts = row["id"], row["prefixes"].split(), row["hosts"].split()
        for prefix in prefixes:
            assert _sdk(f"{prefix}.Thing") == _sdk(f"{prefix}$1") == sdk, prefix
            assert _sdk(f"{prefix}x.Thing") != sdk, prefix
            assert _sdk(f"x{prefix}.Thing") != sdk, prefix
        for host in hosts:
            assert _host(host) == _host(f"a.b.{host.upper()}.") == sdk, host
            assert _host(f"not{host}") != sdk and _host(f"not-{host}") != sdk, host
            assert _host(f"{host}.example") != sdk, host


def test_every_signature_has_a_fixture_and_every_fixture_a_signature():
    ones = {path.stem for path in FIXTURES.glob("*.yaml")}
    rows = [row["id"] for row in _table()]
    assert len(rows) == len(set(rows)) and ones.isdisjoint(rows)
    assert sorted(ones | set(rows)) == IDS


def _table():
    with (FIXTURES / "table.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _sdk(name):
    found = signature_of_class(name)
    return found.id if found else None


def _host(name):
    found = signature_of_host(name)
    return found.id if found else None


def test_no_prefix_and_no_host_is_claimed_twice():
    prefixes = [claim.prefix for one in load_signatures() for claim in one.prefixes]
    hosts = [claim.host for one in load_signatures() for claim in one.hosts]
    assert len(set(prefixes)) == len(prefixes)
    assert len(set(hosts)) == len(hosts)


def test_the_first_frame_that_acts_on_its_own_account_decides():
    stack = [HOOK, "okhttp3.Call.run:1", "com.acme.metrics.Collector.start:31", "com.x.shop.App.onCreate:9"]
    assert actor_of(stack, "com.x.shop", READ).sdk == "acme-metrics"
    assert actor_of([HOOK, "com.x.shop.App.onCreate:9", *stack[2:]], "com.x.shop", READ).kind == "app"


def test_the_longest_prefix_wins():
    assert signature_of_class("com.google.android.gms.measurement.Upload").id == "firebase-analytics"
    assert signature_of_class("com.google.android.gms.common.Base").id == "google-play-services"


def test_the_class_that_is_hooked_does_not_count_as_its_own_caller():
    api = "com.google.android.gms.ads.identifier.AdvertisingIdClient$Info.getId"
    stack = [f"{api}:1", "com.google.android.gms.ads.identifier.AdvertisingIdClient.get:2", "com.x.App.a:3"]
    assert actor_of(stack, "com.x.app", api).kind == "app"


def test_only_platform_frames_mean_the_framework_unless_the_stack_was_cut():
    frames = ["android.app.ActivityThread.main:1", "java.lang.Thread.run:2"]
    assert actor_of([HOOK, *frames], "com.x.app", READ).kind == "framework"
    assert actor_of([HOOK, *frames * 32], "com.x.app", READ).name == "unattributed"
    assert actor_of([], "com.x.app", READ).name == "unattributed"
    assert actor_of([HOOK], "com.x.app", READ).name == "unattributed"


def test_a_web_view_reads_as_the_framework_even_under_app_code():
    stack = [HOOK, "android.webkit.WebView.init:3", "com.x.app.Main.onCreate:1"]
    assert actor_of(stack, "com.x.app", READ).kind == "framework"


def test_code_that_no_signature_names_is_named_by_its_package():
    actor = actor_of([HOOK, "net.trackly.sdk.core.Probe.run:5", "com.x.app.Main.a:1"], "com.x.app", READ)
    assert (actor.kind, actor.name) == ("unknown", "net.trackly.sdk")


def test_other_packages_of_the_vendor_are_the_app_but_example_is_no_vendor():
    assert actor_of(["com.shopco.base.Net.go:1"], "com.shopco.shop").kind == "app"
    assert actor_of(["com.example.tracker.T.go:1"], "com.example.shop").kind == "unknown"


def test_hosts_are_matched_by_whole_labels():
    assert actor_of_host("a.collect.acme-metrics.example").sdk == "acme-metrics"
    assert actor_of_host("acme-metrics.example").name == "unattributed"
    assert is_platform_host("connectivitycheck.gstatic.com") and not is_platform_host("www.gstatic.com")


def test_the_apps_own_package_is_closer_than_a_shorter_claim_but_not_than_a_longer_one():
    assert actor_of(["com.ss.android.article.news.Main.a:1"], "com.ss.android.article.news").kind == "app"
    assert actor_of(["com.ss.android.downloadlib.X.a:1"], "com.ss.android.article.news").sdk == "pangle"
    inside = "com.sina.weibo.sdk.auth.Login.a:1"
    assert actor_of([inside], "com.sina.weibo").sdk == "weibo"


def test_obfuscated_frames_are_the_apps_only_where_the_app_called_them():
    assert actor_of([HOOK, "a.b.c.d:1", "com.x.app.Main.a:3"], "com.x.app", READ).kind == "app"
    lone = actor_of([HOOK, "a.b.c.d:1", "java.lang.Thread.run:2"], "com.x.app", READ)
    assert (lone.kind, lone.name, lone.frame) == ("unknown", "unattributed", "a.b.c.d:1")
    called_back = actor_of([HOOK, "a.b.c.d:1", "com.umeng.analytics.X.y:2"], "com.x.app", READ)
    assert called_back.name == "unattributed"


def test_a_library_on_a_thread_of_its_own_is_not_taken_for_the_framework():
    stack = [HOOK, "com.blankj.utilcode.util.DeviceUtils.getAndroidID:1", "java.lang.Thread.run:2"]
    assert actor_of(stack, "com.x.app", READ).kind == "unknown"
    assert actor_of([HOOK, "androidx.core.os.X.y:1", "android.os.Handler.z:2"], "com.x.app", READ).kind == (
        "framework"
    )


def test_what_only_the_apps_runtime_explains_is_the_apps():
    stack = [HOOK, "io.flutter.plugin.common.MethodChannel.call:1", "android.os.Handler.dispatch:2"]
    assert actor_of(stack, "com.x.app", READ).kind == "app"
    assert actor_of([HOOK, "com.umeng.commonsdk.X.y:1", *stack[1:]], "com.x.app", READ).sdk == "umeng"


def test_a_request_is_known_by_its_host_then_by_its_keys_then_by_the_certificate():
    key = [("header:x-acme-metrics-key", "k")]
    assert actor_of_request("collect.shop.example", key).sdk == "acme-metrics"
    assert actor_of_request("collect.shop.example", [("header:x-acme-metrics-keys", "k")]).sdk is None
    assert actor_of_request("api.jpush.cn", key).sdk == "jpush"
    assert actor_of_request("x.example", [], "acme metrics (FICTITIOUS)").sdk == "acme-metrics"
    assert actor_of_request("x.example", [("query:sdk_name", "java-native-android")]).sdk == "countly"
    assert actor_of_request("x.example", [("query:sdk_name", "something")]).sdk is None
