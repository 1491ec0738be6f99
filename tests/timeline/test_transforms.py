"""Values that the app hashed with a salt or encrypted are found by what its own crypto gave."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from run_builder import VALUES, build

from harness.model.event import ApiCall, Flow, NativeCall
from harness.model.run_folder import TIMELINE
from harness.timeline.build import build_timeline
from harness.timeline.leaks import WatchedValue, Watcher
from harness.timeline.transforms import Transforms

IMEI = "862041050713328"
CIPHER = "AES/CBC/PKCS5Padding"
SECRET = bytes(range(48, 96))


def no_body(name: str) -> bytes:
    raise FileNotFoundError(name)


def posted(text: str) -> dict:
    body = {"mimeType": "application/json", "text": text}
    return {"request": {"method": "POST", "url": "https://x.example/", "headers": [], "postData": body}}


def decodings(records: list[tuple[str, list[str], list[str]]], text: str) -> list[list[str]]:
    transforms = Transforms()
    for hook, args, values in records:
        transforms.see(1, 1, hook, args, values)
    watcher = Watcher([WatchedValue("imei", IMEI)], list(transforms.keys))
    watcher.learn(transforms.done)
    return [one.decodings for one in watcher.search(posted(text), no_body).found]


def of(data: bytes | str) -> str:
    return "hex:" + (data.encode() if isinstance(data, str) else data).hex()


def test_what_a_cipher_gave_for_a_value_is_found_in_the_request() -> None:
    plain = json.dumps({"dev": {"imei": IMEI}})
    records = [
        ("cipher", [CIPHER, "init encrypt", "key:00112233"], []),
        ("cipher", [CIPHER, "update", of(plain[:9])], []),
        ("cipher", [CIPHER, "doFinal", of(plain[9:])], [SECRET.hex()]),
    ]
    sent = json.dumps({"d": base64.b64encode(SECRET).decode()})
    assert decodings(records, sent) == [["json:/d", "base64", f"cipher:{CIPHER}", "json:/dev/imei"]]
    assert decodings(records, json.dumps({"d": SECRET.hex()})) == [
        ["json:/d", "hex", f"cipher:{CIPHER}", "json:/dev/imei"]
    ]
    assert decodings(records, json.dumps({"d": base64.b64encode(SECRET[::-1]).decode()})) == []


def test_what_the_app_decrypts_is_not_what_it_sends() -> None:
    records = [
        ("cipher", [CIPHER, "init decrypt", "key:00"], []),
        ("cipher", [CIPHER, "doFinal", of(IMEI)], [SECRET.hex()]),
    ]
    assert decodings(records, json.dumps({"d": SECRET.hex()})) == []


def test_a_salted_hash_and_a_keyed_one_are_found_because_salt_and_key_were_seen() -> None:
    salted = hashlib.sha256(b"pepper" + IMEI.encode())
    records = [
        ("message-digest", ["SHA-256", "update", of("pepper")], []),
        ("message-digest", ["SHA-256", "digest", of(IMEI)], [salted.hexdigest()]),
    ]
    sent = json.dumps({"h": salted.hexdigest()})
    assert decodings(records, sent) == [["json:/h", "sha256-hex", "salted"]]
    assert decodings([], sent) == []
    # The key alone is enough: this HMAC was made where no hook was.
    keyed = hmac.new(b"s3cret", IMEI.encode(), "sha256").hexdigest()
    key = [("secret-key", ["key", "key:" + b"s3cret".hex()], [])]
    assert decodings(key, json.dumps({"h": keyed})) == [["json:/h", "hmac-sha256-hex"]]


def test_a_signature_over_a_whole_request_does_not_give_the_value_away() -> None:
    given = f"imei={IMEI}&ts=1790000000&v=3"
    sign = hashlib.md5(given.encode()).hexdigest()
    records = [("message-digest", ["MD5", "digest", of(given)], [sign])]
    assert decodings(records, json.dumps({"sign": sign})) == []


def test_a_hash_that_is_encrypted_afterwards_is_followed() -> None:
    salted = hashlib.md5(IMEI.encode() + b"#1").hexdigest()
    records = [
        ("cipher", [CIPHER, "init encrypt"], []),
        ("cipher", [CIPHER, "doFinal", of(salted)], [SECRET.hex()]),
        ("message-digest", ["MD5", "digest", of(IMEI + "#1")], [salted]),
    ]
    found = decodings(records, json.dumps({"x": SECRET.hex()}))
    assert found == [["json:/x", "hex", f"cipher:{CIPHER}", "md5-hex", "salted"]]


@pytest.mark.parametrize("junk", [[], ["MD5"], ["MD5", "digest", "hex:0g"], ["MD5", "digest", "<Object>"]])
def test_a_record_of_another_form_is_passed_over(junk: list[str]) -> None:
    assert decodings([("message-digest", junk, ["zz"])], "{}") == []


def test_a_run_ties_the_request_to_the_read_and_keeps_plain_bytes_off_the_timeline(tmp_path) -> None:
    secret = base64.b64encode(SECRET).decode()
    context = {"kind": "context", "hook": "cipher", "data_type": "other", "api": "javax.crypto.Cipher.doFinal",
               "args": [CIPHER, "doFinal", of(VALUES["imei"])], "values": [SECRET.hex()], "result": "obtained",
               "exception": None, "stack": [], "seq": 2, "t": 5_011_000.0, "tid": 1}  # fmt: skip
    agent = {"t": "events", "events": [context]}
    case = {
        "SC01": {"add": [
            {"at": 0.9, "read": "imei", "by": "app"},
            {"at": 1.4, "flow": "https://collect.acme-metrics.example/v1", "body": {"d": secret}},
        ]},
        "break": ["canaries"],
        "raw": [{"file": "raw/hooks.jsonl", "record": {"host_ms": 11_000, "pid": 101, "process": "org.shop.app",
                                                       "message": agent}}],
    }  # fmt: skip
    folder = build(tmp_path / "run", case)
    timeline = build_timeline(folder)
    flow = next(event for event in timeline.events if isinstance(event, Flow) and event.found)
    read = next(event for event in timeline.events if isinstance(event, ApiCall))
    [found] = flow.found
    assert found.decodings == ["json:/d", "base64", f"cipher:{CIPHER}"]
    [tied] = found.reads
    assert (
        tied.event == read.id
        and tied.actor == read.actor
        and 490 <= tied.at_least_ms <= tied.at_most_ms < 520
    )
    [call] = [event for event in timeline.events if isinstance(event, NativeCall)]
    assert call.target == f"{CIPHER} doFinal 15 bytes"
    text = (folder.path / TIMELINE).read_text()
    assert VALUES["imei"] not in text and VALUES["imei"].encode().hex() not in text


SALTED = hashlib.sha256(b"pepper" + VALUES["imei"].encode())
ENCODED = base64.b64encode(VALUES["imei"].encode()).decode()
WAYS = {
    "cipher": (
        [("cipher", [CIPHER, "init encrypt"], []), ("cipher", [CIPHER, "doFinal", of(VALUES["imei"])], [SECRET.hex()])],
        base64.b64encode(SECRET).decode(),
        ["json:/d", "base64", f"cipher:{CIPHER}"],
    ),
    "digest": (
        [
            ("message-digest", ["SHA-256", "update", of("pepper")], []),
            ("message-digest", ["SHA-256", "digest", of(VALUES["imei"])], [SALTED.hexdigest()]),
        ],
        SALTED.hexdigest(),
        ["json:/d", "sha256-hex", "salted"],
    ),
    "base64 in a cipher": (
        [
            ("base64", ["Base64", "encode", of(VALUES["imei"])], [ENCODED.encode().hex()]),
            ("cipher", [CIPHER, "doFinal", of(ENCODED)], [SECRET.hex()]),
        ],
        SECRET.hex(),
        ["json:/d", "hex", f"cipher:{CIPHER}", "base64"],
    ),
}  # fmt: skip


def flow_after(tmp_path, records, sent) -> Flow:
    """The request of a run in which an IMEI was read and these records of the crypto hooks followed."""
    events = [
        {"kind": "context", "hook": hook, "data_type": "other", "api": hook, "args": args, "values": values,
         "result": "obtained", "exception": None, "stack": [], "seq": number, "t": 5_011_000.0 + number, "tid": 1}
        for number, (hook, args, values) in enumerate(records, 2)
    ]  # fmt: skip
    agent = {
        "host_ms": 11_000,
        "pid": 101,
        "process": "org.shop.app",
        "message": {"t": "events", "events": events},
    }
    add = [
        {"at": 0.9, "read": "imei", "by": "app"},
        {"at": 1.4, "flow": "https://x.example/v1", "body": {"d": sent}},
    ]
    case = {
        "SC01": {"add": add},
        "break": ["canaries"],
        "raw": [{"file": "raw/hooks.jsonl", "record": agent}],
    }
    timeline = build_timeline(build(tmp_path / "run", case))
    return next(one for one in timeline.events if isinstance(one, Flow) and one.host == "x.example")


@pytest.mark.parametrize("way", WAYS)
def test_a_run_ties_what_the_crypto_hooks_saw_to_the_request_when_the_bytes_match(tmp_path, way) -> None:
    records, sent, decoded = WAYS[way]
    [found] = flow_after(tmp_path, records, sent).found
    assert (found.data_type, found.decodings) == ("imei", decoded)
    assert [read.actor.kind for read in found.reads] == ["app"]


@pytest.mark.parametrize("way", WAYS)
def test_a_run_ties_nothing_when_the_bytes_are_others_or_no_hook_saw_them(tmp_path, way) -> None:
    records, sent, _ = WAYS[way]
    other = hashlib.sha256(sent.encode()).hexdigest()
    assert flow_after(tmp_path / "other", records, other).found == []
    assert flow_after(tmp_path / "unseen", [], sent).found == []


def test_a_read_after_the_request_is_not_where_its_value_came_from(tmp_path) -> None:
    sent = {"at": 0.8, "flow": "https://x.example/v1", "body": {"d": VALUES["android_id"]}}
    reads = [{"at": at, "read": "android_id", "by": by} for at, by in ((0.6, "app"), (0.7, "acme-metrics"),
                                                                      (1.2, "app"))]  # fmt: skip
    timeline = build_timeline(build(tmp_path / "run", {"SC01": {"add": [*reads, sent]}}))
    flow = next(event for event in timeline.events if isinstance(event, Flow) and event.found)
    assert [(one.actor.kind, round(one.at_most_ms, -1)) for one in flow.found[0].reads] == [
        ("sdk", 100),
        ("app", 200),
    ]
