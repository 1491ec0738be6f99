"""What a recorded exchange becomes: whose server, where, how safely, and what its sender is known to put in it."""

from __future__ import annotations

import json

from harness.capture.clock import ClockMap
from harness.timeline.clocked import Clocked
from harness.timeline.leaks import Watcher
from harness.timeline.lines import Line
from harness.timeline.parties import Operator
from harness.timeline.traffic import flow_of

PINGS = [
    {"host_before_ms": at, "host_after_ms": at + 1, "device_ms": at + 5000, "resolution_ms": 1}
    for at in (0, 9000)
]
OPERATOR = Operator.of("com.shopco.app")


def flow(url, own=None, headers=None, body=None, **more):
    request = {"method": "POST", "url": url, "headers": headers or [], "bodySize": 0}
    if body is not None:
        request["postData"] = {"mimeType": "application/json", "text": json.dumps(body)}
    about = {"host_ms_connected": 10, "host_ms_request_end": 20, "host_ms_response_end": 30, **(own or {})}
    record = {"request": request, "response": {"status": 200, "bodySize": 2}, "_harness": about, **more}
    line = Line(number=1, record=record, problem="")
    return flow_of(line, Clocked(ClockMap.from_pings(PINGS)), Watcher(), lambda name: b"", OPERATOR)


def test_plain_http_and_old_tls_and_a_broken_certificate_are_flagged_and_a_sound_one_is_not():
    assert flow("http://a.example/").destination.insecure == ["plaintext"]
    assert flow("https://a.example/", {"tls": "TLSv1.1"}).destination.insecure == ["obsolete_tls"]
    error = {"error": "Certificate verify failed: self-signed certificate"}
    assert flow("https://a.example/", error).destination.insecure == ["bad_certificate"]
    assert flow("https://a.example/", {"tls": "TLSv1.3", "server_tls": "TLSv1.2"}).destination.insecure == []


def test_the_destination_says_party_and_country_each_with_its_ground():
    own = flow("https://api.shopco.com/x", serverIPAddress="223.5.5.5").destination
    assert (own.party, own.country, own.country_basis) == ("first", "CN", "address")
    assert "registration of the address" in own.country_source and own.registrable_domain == "shopco.com"
    sdk = flow("https://sdk.jpush.cn/x").destination
    assert (sdk.party, sdk.address, sdk.country, sdk.country_basis) == ("third", None, "CN", "operator")
    stranger = flow("https://stranger.example/x").destination
    assert (stranger.party, stranger.country) == ("unknown", None)


def test_an_sdk_is_known_on_a_domain_of_the_customers_own():
    header = [{"name": "X-Sentry-Auth", "value": "Sentry sentry_version=7"}]
    assert flow("https://errors.shopco.com/api/1/store/", headers=header).actor.sdk == "sentry"
    assert flow("https://errors.shopco.com/api/1/store/").actor.sdk is None
    certificate = {"certificate": {"organisation": "Acme Metrics (fictitious)", "names": []}}
    assert flow("https://x.example/", certificate).actor.sdk == "acme-metrics"


def test_a_known_sender_states_a_value_that_nobody_planted():
    body = {"device": {"android_id": "9774d56d682e549c"}}
    sent = flow("https://collect.acme-metrics.example/v1/batch", body=body)
    assert sent.found == []
    assert [(one.data_type, one.excerpt) for one in sent.stated] == [("android_id", "9774d56d682e549c")]
    assert sent.stated[0].decodings == ["json:/device/android_id"]
    assert flow("https://collect.acme-metrics.example/v1/batch", {"selftest": True}, body=body).stated == []
