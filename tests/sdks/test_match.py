"""Every signature has a fixture of its name, with frames and hosts that must match and some that must not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from harness.sdks.load import load_signatures
from harness.sdks.match import (
    actor_of,
    actor_of_host,
    is_platform_host,
    signature_of_class,
    signature_of_host,
)

FIXTURES = Path(__file__).parent / "fixtures"
IDS = [signature.id for signature in load_signatures()]
READ = "android.provider.Settings$Secure.getString"
HOOK = f"{READ}:6000"


@pytest.mark.parametrize("sdk", IDS)
def test_a_signature_matches_what_its_fixture_says_and_nothing_near_it(sdk):
    fixture = yaml.safe_load((FIXTURES / f"{sdk}.yaml").read_text(encoding="utf-8"))
    assert fixture["matches"] and fixture["misses"]
    for frame in fixture["matches"]:
        found = signature_of_class(frame.partition(":")[0].rpartition(".")[0])
        assert found is not None and found.id == sdk, frame
    for frame in fixture["misses"]:
        found = signature_of_class(frame.partition(":")[0].rpartition(".")[0])
        assert found is None or found.id != sdk, frame
    for host in fixture["host_matches"]:
        found = signature_of_host(host)
        assert found is not None and found.id == sdk, host
    for host in fixture["host_misses"]:
        found = signature_of_host(host)
        assert found is None or found.id != sdk, host


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
