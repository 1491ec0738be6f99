"""Every known sender has a fixture of its name: a request that it states values of, and one near it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from harness.model.errors import InputError
from harness.sdks.sender import load_senders
from harness.timeline.known_senders import read_request

FIXTURES = Path(__file__).parent.parent / "sdks" / "senders"
IDS = [one.id for one in load_senders()]


def entry(url, headers=None, body=None):
    request = {
        "method": "POST",
        "url": url,
        "headers": [{"name": name, "value": value} for name, value in (headers or {}).items()],
    }
    if body:
        request["postData"] = {"mimeType": body["type"], "text": body["text"]}
    return {"request": request}


def stated(one):
    reading = read_request(one, lambda name: b"")
    return set(reading.senders), reading.stated


@pytest.mark.parametrize("sender", IDS)
def test_a_known_sender_states_what_its_fixture_says_and_nothing_near_it(sender):
    fixture = yaml.safe_load((FIXTURES / f"{sender}.yaml").read_text(encoding="utf-8"))
    given = fixture["match"]
    ids, found = stated(entry(given["url"], given["headers"], given["body"]))
    assert sender in ids
    told = sorted([one.data_type, one.excerpt] for one in found if one.sender == sender)
    assert told == sorted(fixture["expect"])
    ids, _ = stated(entry(fixture["miss"], given["headers"], given["body"]))
    assert sender not in ids


def test_there_are_enough_and_none_without_a_fixture():
    assert len(IDS) >= 25
    assert sorted(path.stem for path in FIXTURES.glob("*.yaml")) == IDS


def test_what_says_nothing_is_not_stated():
    for nothing in ("", "unknown", "00000000-0000-0000-0000-000000000000", "02:00:00:00:00:00", "NULL"):
        body = {"type": "application/json", "text": f'{{"device": {{"oaid": "{nothing}"}}}}'}
        assert stated(entry("https://collect.acme-metrics.example/v1/batch", None, body))[1] == []


def test_a_stated_value_says_its_way_with_the_encodings_on_it():
    fixture = yaml.safe_load((FIXTURES / "sensors-data.yaml").read_text(encoding="utf-8"))["match"]
    _, found = stated(entry(fixture["url"], fixture["headers"], fixture["body"]))
    android_id = next(one for one in found if one.data_type == "android_id")
    assert android_id.where == "body"
    assert android_id.decodings[:3] == ["form:data_list", "base64", "gzip"]
    assert android_id.decodings[3] == "json:/0/identities/$identity_android_id"


def test_a_sender_that_would_match_everything_or_names_no_sdk_is_refused(tmp_path):
    text = "id: {0}\nsdk: {1}\nbecause: b\nhosts: {2}\npath: {3}\ndata: [{{data_type: oaid, at: '{4}'}}]\n"
    (tmp_path / "a.yaml").write_text(text.format("a", "jpusch", "[jpush.cn]", "/.*", "json:/a"))
    (tmp_path / "b.yaml").write_text(text.format("b", "jpush", "[]", "/.*", "json:/a"))
    (tmp_path / "c.yaml").write_text(text.format("c", "jpush", "[jpush.cn]", "'('", "json:/a"))
    (tmp_path / "d.yaml").write_text(text.format("d", "jpush", "[jpush.cn]", "/x", "xpath:/a"))
    with pytest.raises(InputError) as caught:
        load_senders(tmp_path)
    told = str(caught.value)
    assert "a.yaml: sdk: 'jpusch' is not in the catalogue; did you mean jpush?" in told
    assert "b.yaml: path: any path on any host would match" in told
    assert "c.yaml: path: Value error, no regular expression" in told
    assert "d.yaml: data.0.at" in told
