from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import json
import random
import sysconfig
import time
from pathlib import Path
from typing import Any

import pytest
from planted import KEY, SALT, body_entry, plant, profile

from harness.timeline.expand import is_watchable, is_weak
from harness.timeline.leaks import SearchResult, WatchedValue, Watcher

IMEI = WatchedValue("imei", "869753031234567")
ANDROID_ID = WatchedValue("android_id", "9f2c7a1be4d05833")
JWT_PAYLOAD = base64.urlsafe_b64encode(b'{"sub":"869753031234567"}').decode().rstrip("=")
PLACE = WatchedValue("location", "31.230416,121.473701")


def sent(
    text: str | bytes = "", mime: str = "", url: str = "https://x.example/p", **headers: str
) -> dict[str, Any]:
    fields = [{"name": name.replace("_", "-"), "value": value} for name, value in headers.items()]
    request: dict[str, Any] = {"method": "POST", "url": url, "headers": fields}
    if isinstance(text, bytes):
        text = base64.b64encode(text).decode()
        request["postData"] = {"mimeType": mime, "text": text, "encoding": "base64"}
    elif text:
        request["postData"] = {"mimeType": mime, "text": text}
    return {"request": request}


def no_body(name: str) -> bytes:
    raise FileNotFoundError(name)


def search(entry: dict[str, Any], *values: WatchedValue) -> SearchResult:
    return Watcher(values).search(entry, no_body)


def ways(entry: dict[str, Any], *values: WatchedValue) -> list[tuple[str, str, list[str]]]:
    return [(one.data_type, one.where, one.decodings) for one in search(entry, *values).found]


def test_each_decoding_is_named_from_outside_in() -> None:
    digest = hashlib.sha256(IMEI.value.encode()).hexdigest()
    body = gzip.compress(json.dumps({"d": base64.b64encode(digest.encode()).decode()}).encode())
    result = search(sent(body, "application/json", content_encoding="gzip"), IMEI)
    [found] = result.found
    assert found.decodings == ["gzip", "json:/d", "base64", "sha256-hex"] and found.where == "body"
    assert found.value_digest == digest and result.errors == []
    assert digest in found.excerpt and IMEI.value not in found.excerpt


@pytest.mark.parametrize(
    ("entry", "way"),
    [
        (sent(json.dumps({"a": {"id": IMEI.value}})), ("body", ["json:/a/id"])),
        (sent(json.dumps({"a": [0, int(IMEI.value)]})), ("body", ["json:/a/1"])),
        (sent(json.dumps({"a/b": json.dumps({"~": IMEI.value})})), ("body", ["json:/a~1b", "json:/~0"])),
        (sent(b"HDR1" + gzip.compress(b"id " + IMEI.value.encode())), ("body", ["gzip"])),
        (sent(b"\x00\x00\x00\x00\x11\x0a\x0f" + IMEI.value.encode() + b"\x01\x00\x00\x00\x02\x08\x01"),
         ("body", ["grpc:0", "protobuf:1"])),
        (sent(Authorization=f"Bearer eyJhbGciOiJIUzI1NiJ9.{JWT_PAYLOAD}.c2ln"),
         ("header:authorization", ["base64", "json:/sub"])),
        (sent(b"\x1f\x8b".decode("latin-1") + gzip.compress(IMEI.value.encode())[2:].decode("latin-1")),
         ("body", ["gzip"])),
        (sent(hashlib.sha256(base64.b64encode(IMEI.value.encode())).hexdigest()),
         ("body", ["sha256-hex", "base64"])),
        (sent("x=1&id=%38697530312345%367"), ("body", ["form:id"])),
        (sent(url=f"https://x.example/{IMEI.value}/a"), ("url", [])),
        (sent(url=f"https://x.example/?m={IMEI.value}"), ("url", ["query:m"])),
        (sent(url="https://x.example/?m=%2538697530312%33%34567"), ("url", ["query:m", "url", "url"])),
        (sent(Cookie=f"a=1; did={IMEI.value}"), ("cookie:did", [])),
        (sent(X_Id=hashlib.md5(IMEI.value.encode()).hexdigest().upper()), ("header:x-id", ["md5-hex"])),
        (sent(hashlib.sha1(IMEI.value.encode()).digest()), ("body", ["sha1-raw"])),
        (sent(IMEI.value.encode("utf-16")), ("body", ["charset:utf-16"])),
        (sent(b"\x0a\x0f" + IMEI.value.encode() + b"\x10\x01"), ("body", ["protobuf:1"])),
        (sent(b"\x12\x11\x0a\x0f" + IMEI.value.encode()), ("body", ["protobuf:2.1"])),
        (sent(b"\x00\x00\x00\x00\x11\x0a\x0f" + IMEI.value.encode()), ("body", ["grpc:0", "protobuf:1"])),
        (sent(b"\x81\xa1i\xaf" + IMEI.value.encode()), ("body", ["msgpack:/i"])),
        (sent(b"\x81\xa1i\xcf" + int(IMEI.value).to_bytes(8)), ("body", ["msgpack:/i"])),
        (sent(b"\xa1\x61i\x6f" + IMEI.value.encode()), ("body", ["cbor:/i"])),
        (sent(IMEI.value[::-1]), ("body", ["reversed"])),
        (sent(f"<a><b>{IMEI.value}</b>&amp;</a>"), ("body", ["xml:/a/b"])),
        (sent(IMEI.value.encode().hex()), ("body", ["hex"])),
        (sent('{"a":1}\n{"i":"' + IMEI.value + '","u":"\\/"}'), ("body", ["json-lines:/1/i"])),
    ],
)  # fmt: skip
def test_a_value_is_found_where_it_is(entry: dict[str, Any], way: tuple[str, list[str]]) -> None:
    assert ways(entry, IMEI) == [("imei", *way)]


def test_forms_of_a_value_are_told_apart() -> None:
    mac = WatchedValue("mac_address", "a4:50:46:1c:9e:02")
    phone = WatchedValue("phone_number", "+8613912345678")
    assert ways(sent("m=A4-50-46-1C-9E-02 "), mac) == [("mac_address", "body", ["upper", "separators"])]
    assert ways(sent("m=a450461c9e02 "), mac) == [("mac_address", "body", ["no-separators"])]
    assert ways(sent(f"m={0xA450461C9E02} "), mac) == [("mac_address", "body", ["decimal"])]
    assert ways(sent("tel 139-1234-5678."), phone) == [
        ("phone_number", "body", ["local-number", "separators"])
    ]
    assert ways(sent("tel 13912345678."), phone) == [("phone_number", "body", ["local-number"])]
    upper = hashlib.md5(b"9F2C7A1BE4D05833").hexdigest()
    assert ways(sent(upper), ANDROID_ID) == [("android_id", "body", ["md5-hex", "upper"])]
    assert ways(sent(f"h={upper[8:24]} "), ANDROID_ID) == [("android_id", "body", ["md5-16-hex", "upper"])]
    assert ways(sent(f"n={0x9F2C7A1BE4D05833 - (1 << 64)} "), ANDROID_ID) == [
        ("android_id", "body", ["decimal"])
    ]
    twice = hashlib.sha256(hashlib.md5(b"9f2c7a1be4d05833").hexdigest().encode()).hexdigest()
    assert ways(sent(twice), ANDROID_ID) == [("android_id", "body", ["sha256-hex", "md5-hex"])]


def test_base64_is_found_at_every_alignment_and_inside_other_text() -> None:
    for front in ("", "x", "xy"):
        packed = base64.b64encode(f"{front}{ANDROID_ID.value}&more".encode()).decode()
        assert ways(sent(f'{{"q":"v1.{packed}"}}'), ANDROID_ID) == [
            ("android_id", "body", ["json:/q", "base64"])
        ]


def test_keyed_and_salted_hashes_are_found_when_key_and_salt_are_known() -> None:
    keyed = hmac.new(b"k3y", IMEI.value.encode(), "sha256").hexdigest()
    salted = hashlib.md5(b"salt" + IMEI.value.encode()).hexdigest()
    entry = sent(json.dumps({"a": keyed, "b": salted}))
    assert Watcher([IMEI]).search(entry, no_body).found == []
    found = Watcher([IMEI], keys=[b"k3y"], salts=[b"salt"]).search(entry, no_body).found
    assert [one.decodings for one in found] == [
        ["json:/a", "hmac-sha256-hex"],
        ["json:/b", "md5-hex", "salted"],
    ]


def test_values_can_be_added_while_in_use() -> None:
    watcher = Watcher([IMEI])
    entry = sent(f"{IMEI.value} {ANDROID_ID.value}")
    assert len(watcher.search(entry, no_body).found) == 1
    assert watcher.add([ANDROID_ID, IMEI]) == 1
    assert len(watcher.search(entry, no_body).found) == 2


def test_weak_values_need_a_neighbour() -> None:
    ssid = WatchedValue("ssid", "Home-5G")
    assert is_weak("ssid", "Home-5G") and not is_weak("imei", IMEI.value)
    assert ways(sent('{"a":"Home-5G"}'), ssid) == []
    assert ways(sent('{"wifiName":"Home-5G"}'), ssid) == [("ssid", "body", ["json:/wifiName"])]
    assert ways(sent('{"wifiName":"Home-5Ghz"}'), ssid) == [], "it must stand alone"
    both = ways(sent(json.dumps({"a": "Home-5G", "b": IMEI.value})), ssid, IMEI)
    assert {kind for kind, _, _ in both} == {"ssid", "imei"}
    assert ways(sent(hashlib.md5(b"Home-5G").hexdigest()), ssid) == [("ssid", "body", ["md5-hex"])]


def test_coordinates_are_found_cut_and_rounded_but_not_by_chance() -> None:
    assert ways(sent('{"lat":31.2304,"lng":121.4737}'), PLACE) == [
        ("location", "body", ["json:/lat", "truncated:4"]),
        ("location", "body", ["json:/lng", "truncated:4"]),
    ]
    assert ways(sent('{"p":"31.23,121.47"}'), PLACE), "the two halves are each other's neighbours"
    assert ways(sent('{"latE6":31230416}'), PLACE) == [("location", "body", ["json:/latE6", "scaled:6"])]
    assert ways(sent('{"price":31.23}'), PLACE) == []
    assert ways(sent('{"lat":131.23}'), PLACE) == [] and ways(sent('{"lat":31.2355}'), PLACE) == []
    assert ways(sent('{"version":"31.23","m":"' + IMEI.value + '"}'), PLACE) == []


def test_one_app_name_is_no_list_of_apps() -> None:
    apps = [WatchedValue("installed_apps", name) for name in ("com.tencent.mm", "com.sina.weibo")]
    assert ways(sent('{"pkg":"com.tencent.mm"}'), *apps) == []
    assert len(ways(sent('["com.tencent.mm","com.sina.weibo"]'), *apps)) == 2


def test_placeholders_are_not_watched() -> None:
    for value in ("", "abc", "unknown", "000000000000000", "02:00:00:00:00:00", "null"):
        assert not is_watchable(value), value
    assert is_watchable("张伟明") and Watcher([WatchedValue("imei", "0" * 15)]).values == []


def test_near_misses_are_not_hits() -> None:
    other = str(int(IMEI.value) + 1)
    for text in (other, IMEI.value[:-1], hashlib.sha256(other.encode()).hexdigest(), "9f2c7a1be4d0583"):
        assert ways(sent(json.dumps({"imei": text})), IMEI, ANDROID_ID) == []


@pytest.mark.parametrize("quote", ["", "\\/"])
def test_a_value_repeated_for_megabytes_hides_no_other_and_costs_little(quote: str) -> None:
    many = [IMEI.value + quote] * 100_000
    text = json.dumps([*many, "31.23", ANDROID_ID.value]).replace("\\\\/", "\\/")
    start = time.process_time()
    found = search(sent(text, "application/json"), IMEI, ANDROID_ID, PLACE).found
    assert time.process_time() - start < 6
    assert [one.decodings for one in found if one.data_type == "android_id"] == [["json:/100001"]]
    assert len(found) < 100


def test_a_response_is_not_searched() -> None:
    entry = sent("x") | {"response": {"content": {"text": IMEI.value}}}
    assert ways(entry, IMEI) == []


def test_bodies_in_files_are_searched_and_missing_ones_are_said() -> None:
    entry = sent() | {"_harness": {"body": "bodies/x"}}
    assert Watcher([IMEI]).search(entry, lambda name: IMEI.value.encode()).found[0].where == "body"
    result = Watcher([IMEI]).search(entry, no_body)
    assert result.found == [] and "bodies/x" in result.errors[0]


def test_recall_over_planted_traffic_is_at_least_99_percent_and_nothing_else_is_hit() -> None:
    missed, total = [], 0
    for seed in range(12):
        rng = random.Random(f"traffic {seed}")
        values = profile(seed)
        watcher = Watcher(values, [KEY], [SALT])
        stranger = Watcher(profile(seed + 1000), [KEY], [SALT])
        for _ in range(70):
            planted = plant(rng, rng.choice(values))
            found = watcher.search(planted.entry, no_body).found
            total += 1
            if not any(
                one.data_type == planted.value.data_type and one.where == planted.where for one in found
            ):
                missed.append((planted.value, planted.where, planted.how))
            assert all(one.data_type == planted.value.data_type for one in found), (planted, found)
            assert stranger.search(planted.entry, no_body).found == []
    assert len(missed) <= total * 0.01, missed


def test_ordinary_files_as_traffic_give_no_hit() -> None:
    """Ten megabytes of text and data that no generator of ours made."""
    values = [one for seed in range(8) for one in profile(seed)]
    values += [WatchedValue("ssid", "HomeNet"), WatchedValue("contacts", "张伟明"), PLACE]
    values += [WatchedValue("ip_address", "192.168.31.77"), WatchedValue("device_model", "Pixel 7")]
    watcher = Watcher(values)
    rng, size = random.Random(1), 0
    for path in sorted(Path(sysconfig.get_paths()["purelib"]).rglob("*")):
        if size > 10 << 20:
            break
        if path.suffix in (".py", ".json", ".txt", ".pyi", ".so", ".js", ".pyc", ".html") and path.is_file():
            data = path.read_bytes()[:200_000]
            size += len(data)
            result = watcher.search(body_entry(rng, data, rng.choice(["json", "form", "protobuf"])), no_body)
            assert result.found == [], (path, result.found)
    assert size > 10 << 20
