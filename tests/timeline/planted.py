"""A generator of traffic with values planted in it: any form, any nesting, any place, all from a seed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import json
import random
import struct
import urllib.parse
import zlib
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import brotli
import zstandard
from thriftpy2.protocol.binary import TBinaryProtocol
from thriftpy2.protocol.compact import TCompactProtocol
from thriftpy2.thrift import TPayload, TType
from thriftpy2.transport import TMemoryBuffer

from harness.timeline.leaks import WatchedValue

KEY, SALT = b"k3y of the app", b"s4lt"
"""What the generator's hashes are keyed and salted with: a searcher that has not seen them cannot find those."""


def profile(seed: int) -> list[WatchedValue]:
    rng = random.Random(f"profile {seed}")
    digits = lambda n: "".join(rng.choice("0123456789") for _ in range(n))
    nibbles = lambda n: "".join(rng.choice("0123456789abcdef") for _ in range(n))
    mac = ":".join(nibbles(2) for _ in range(6))
    uuid = "-".join(nibbles(n) for n in (8, 4, 4, 4, 12))
    return [
        WatchedValue("imei", "86" + digits(13)),
        WatchedValue("android_id", nibbles(16)),
        WatchedValue("oaid", nibbles(32)),
        WatchedValue("advertising_id", uuid),
        WatchedValue("mac_address", mac),
        WatchedValue("imsi", "46000" + digits(10)),
        WatchedValue("iccid", "898600" + digits(14)),
        WatchedValue("phone_number", "+8613" + digits(9)),
        WatchedValue("serial", "R58" + nibbles(8).upper()),
        WatchedValue("ssid", f"HomeNet-{digits(5)}-5G"),
        WatchedValue("bssid", ":".join(nibbles(2) for _ in range(6))),
        WatchedValue("clipboard", f"meet at gate {digits(4)}, code {nibbles(8)}"),
        WatchedValue("contacts", f"{nibbles(6)}.{nibbles(4)}@mail.example"),
        WatchedValue("contacts", "".join(rng.choice("欧阳慕容司马上官诸葛明月清风山河") for _ in range(5))),
        WatchedValue("location", f"{rng.uniform(20, 50):.6f},{rng.uniform(80, 130):.6f}"),
    ]


@dataclass(frozen=True)
class Planted:
    entry: dict[str, Any]
    value: WatchedValue
    where: str
    how: list[str]
    """From outside in, in the generator's words."""


hashlib_names = ("md5", "sha1", "sha224", "sha256", "sha512")


def place(rng: random.Random, value: str) -> tuple[bytes, list[str]]:
    """Both coordinates, cut or rounded to at least three places, or as whole numbers."""
    kind = rng.choice(["as is", "cut", "rounded", "scaled"])
    places = rng.randrange(3, 6)

    def written(number: str) -> str:
        if kind == "cut":
            return number[: number.index(".") + 1 + places]
        if kind == "rounded":
            return f"{float(number):.{places}f}"
        return str(round(float(number) * 10**6)) if kind == "scaled" else number

    latitude, longitude = map(written, value.split(","))
    shown = rng.choice(["json", "form", "comma"])
    if shown == "comma":
        return f"{latitude},{longitude}".encode(), [kind, shown]
    if shown == "form":
        return f"lat={latitude}&lng={longitude}".encode(), [kind, shown]
    return f'{{"lat":{latitude},"lng":{longitude}}}'.encode(), [kind, shown]


def form(rng: random.Random, value: str) -> tuple[bytes, list[str]]:
    """One way to write a value: as text, or hashed."""
    text, how = value, []
    kind = rng.choice(["as is", "as is", "upper", "lower", "bare", "reversed"])
    if kind == "upper":
        text, how = value.upper(), ["upper"]
    elif kind == "lower":
        text, how = value.lower(), ["lower"]
    elif kind == "reversed":
        return value[::-1].encode(), ["reversed"]
    elif kind == "bare" and (bare := value.replace(":", "").replace("-", "")) != value:
        text, how = bare, ["bare"]
    hashed = rng.choice(["", "", "", *hashlib_names, "md5-16", "twice", "hmac", "salted", "salted"])
    if not hashed:
        return text.encode(), how
    raw = text.encode()
    if hashed == "twice":
        first, second = rng.choice(["md5", "sha1", "sha256"]), rng.choice(["md5", "sha1", "sha256"])
        inner = hashlib.new(first, raw).hexdigest().encode()
        return hashlib.new(second, inner).hexdigest().encode(), [second, first, *how]
    if hashed == "md5-16":
        return hashlib.md5(raw).hexdigest()[8:24].encode(), ["md5-16", *how]
    if hashed == "hmac":
        hashed = rng.choice(["md5", "sha1", "sha256", "sha512"])
        digest, how = hmac.new(KEY, raw, hashed).digest(), ["keyed", *how]
    elif hashed == "salted":
        hashed = rng.choice(hashlib_names)
        digest, how = hashlib.new(hashed, rng.choice([SALT + raw, raw + SALT])).digest(), ["salted", *how]
    else:
        digest = hashlib.new(hashed, raw).digest()
    shown = rng.choice(["hex", "HEX", "base64"])
    out = {"hex": digest.hex(), "HEX": digest.hex().upper(), "base64": base64.b64encode(digest).decode()}[
        shown
    ]
    return out.encode(), [f"{hashed} {shown}", *how]


def noise(rng: random.Random) -> str:
    return rng.choice(
        [
            str(rng.randrange(10**13)),
            f"{rng.randrange(1 << 64):016x}",
            base64.b64encode(rng.randbytes(rng.randrange(9, 40))).decode(),
            rng.choice(
                ["2.4.1", "zh_CN", "android", "com.example.sdk/3.1", "a b, c; d", "https://cdn.example/x?y=1"]
            ),
        ]
    )


def as_json(rng: random.Random, data: bytes) -> bytes:
    fields: dict[str, Any] = {f"k{number}": noise(rng) for number in range(rng.randrange(1, 8))}
    inner: Any = data.decode()
    if rng.random() < 0.3:
        inner = [noise(rng), inner]
    if rng.random() < 0.3:
        inner = {"v": inner}
    fields["d"] = inner
    items = list(fields.items())
    rng.shuffle(items)
    text = json.dumps(dict(items), ensure_ascii=rng.random() < 0.5)
    return (text.replace("/", "\\/") if rng.random() < 0.3 else text).encode()


def as_form(rng: random.Random, data: bytes) -> bytes:
    pairs = [("a", noise(rng).encode()), ("id", data), ("z", noise(rng).encode())]
    rng.shuffle(pairs)
    return urllib.parse.urlencode(pairs).encode()


def field(number: int, data: bytes) -> bytes:
    size, out = len(data), b""
    while size > 127:
        out, size = out + bytes([size & 0x7F | 0x80]), size >> 7
    return bytes([number << 3 | 2]) + out + bytes([size]) + data


def as_protobuf(rng: random.Random, data: bytes) -> bytes:
    return field(1, noise(rng).encode()) + field(2, field(1, data) + b"\x10\x05") + b"\x18\x2a"


def as_msgpack(rng: random.Random, data: bytes) -> bytes:
    def text(raw: bytes) -> bytes:
        return b"\xdb" + struct.pack(">I", len(raw)) + raw

    return b"\x82" + text(b"n") + text(noise(rng).encode()) + text(b"d") + text(data)


def as_cbor(rng: random.Random, data: bytes) -> bytes:
    return b"\xa2\x61n\x18\x2a\x61d\x5a" + struct.pack(">I", len(data)) + data


def as_multipart(rng: random.Random, data: bytes) -> bytes:
    head = b'Content-Disposition: form-data; name="f%d"\r\n\r\n'
    return (
        b"--BoUnD\r\n"
        + head % 1
        + noise(rng).encode()
        + b"\r\n--BoUnD\r\n"
        + head % 2
        + data
        + b"\r\n--BoUnD--\r\n"
    )


def as_xml(rng: random.Random, data: bytes) -> bytes:
    text = data.decode()
    shown = rng.choice(["text", "attribute", "cdata", "numbers"])
    if shown == "attribute":
        inner = f"<d v={quoteattr(text)}/>"
    elif shown == "cdata" and "]]>" not in text:
        inner = f"<d><![CDATA[{text}]]></d>"
    elif shown == "numbers":
        inner = "<d>" + "".join(f"&#{ord(sign)};" for sign in text) + "</d>"
    else:
        inner = f"<d>{escape(text)}</d>"
    return f"<?xml version='1.0'?><r><n>{escape(noise(rng))}</n>{inner}</r>".encode()


def as_jwt(rng: random.Random, data: bytes) -> bytes:
    payload = json.dumps({"iss": noise(rng), "sub": data.decode(), "iat": 1790000000}).encode()
    parts = (b'{"alg":"HS256","typ":"JWT"}', payload, rng.randbytes(32))
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)


def as_sentry(rng: random.Random, data: bytes) -> bytes:
    event = as_json(rng, data)
    junk = rng.randbytes(20) if rng.random() < 0.5 else b"a log line"
    return (
        b'{"event_id":"%032x","sdk":{"name":"sentry.java.android"}}\n' % rng.getrandbits(128)
        + b'{"type":"attachment","length":%d,"filename":"l.bin"}\n' % len(junk)
        + junk
        + b'\n{"type":"event","length":%d,"content_type":"application/json"}\n' % len(event)
        + event
        + b"\n"
    )


class _Inner(TPayload):
    thrift_spec = {1: (TType.STRING, "data", False)}
    default_spec = [("data", None)]


class _Report(TPayload):
    thrift_spec = {
        1: (TType.STRING, "noise", False),
        2: (TType.I64, "at", False),
        3: (TType.LIST, "items", (TType.STRUCT, _Inner), False),
    }
    default_spec = [("noise", None), ("at", None), ("items", None)]


def as_thrift(rng: random.Random, data: bytes) -> bytes:
    buffer = TMemoryBuffer()
    protocol = rng.choice([TBinaryProtocol, TCompactProtocol])(buffer)
    protocol.write_struct(_Report(noise=noise(rng), at=rng.randrange(1 << 40), items=[_Inner(data=data)]))
    out: bytes = buffer.getvalue()
    return out


def as_utf16(rng: random.Random, data: bytes) -> bytes:
    return data.decode().encode(rng.choice(["utf-16", "utf-16-le", "utf-16-be"]))


def as_grpc(rng: random.Random, data: bytes) -> bytes:
    message = as_protobuf(rng, data)
    return b"\0" + len(message).to_bytes(4) + message


def as_base64(rng: random.Random, data: bytes) -> bytes:
    kind = rng.choice(["standard", "url", "bare", "lines"])
    text = base64.urlsafe_b64encode(data) if kind == "url" else base64.b64encode(data)
    if kind == "bare":
        return text.rstrip(b"=")
    if kind == "lines":
        return b"\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    return text


TEXT = {"json": as_json, "form": as_form, "multipart": as_multipart, "xml": as_xml}
BINARY = {
    "protobuf": as_protobuf,
    "msgpack": as_msgpack,
    "cbor": as_cbor,
    "thrift": as_thrift,
    "grpc": as_grpc,
    "sentry": as_sentry,
    "utf-16": as_utf16,
    "gzip": lambda rng, data: gzip.compress(data),
    "deflate": lambda rng, data: zlib.compress(data),
}
FLAT = {
    "base64": as_base64,
    "hex": lambda rng, data: data.hex().encode(),
    "jwt": as_jwt,
    "url": lambda rng, data: urllib.parse.quote(data, safe="").encode(),
    "url twice": lambda rng, data: urllib.parse.quote(urllib.parse.quote(data, safe=""), safe="").encode(),
}
CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}
TYPES = {"json": "application/json", "form": "application/x-www-form-urlencoded",
         "multipart": "multipart/form-data; boundary=BoUnD", "protobuf": "application/x-protobuf",
         "msgpack": "application/msgpack", "cbor": "application/cbor", "xml": "application/xml",
         "thrift": "application/x-thrift", "grpc": "application/grpc", "utf-16": "text/plain",
         "sentry": "application/x-sentry-envelope", "gbk": "text/plain; charset=GBK"}  # fmt: skip


def nested(rng: random.Random, data: bytes, how: list[str], most: int) -> tuple[bytes, list[str]]:
    """Wrapped up to `most` times; what is binary is flattened before it goes into text."""
    for _ in range(rng.randrange(most + 1)):
        pick = rng.choice([*TEXT, *FLAT, *BINARY])
        if pick in BINARY:
            data, how = BINARY[pick](rng, data), [pick, *how]
            flat = rng.choice(["base64", "hex"])
            data, how = FLAT[flat](rng, data), [flat, *how]
        else:
            data, how = {**TEXT, **FLAT}[pick](rng, data), [pick, *how]
    return data, how


def plant(rng: random.Random, value: WatchedValue) -> Planted:
    data, how = place(rng, value.value) if value.data_type == "location" else form(rng, value.value)
    where = rng.choice(["url", "header:x-data", "cookie:sid", "body", "body", "body", "body"])
    if where != "body":
        data, how = nested(rng, data, how, 2)
        return Planted(_head_entry(rng, where, data.replace(b"\r", b"").decode()), value, where, how)
    data, how = nested(rng, data, how, 3)
    outer = rng.choice([*TEXT, *(name for name in BINARY if name not in ("gzip", "deflate")), "gbk", "ws"])
    if outer == "ws":
        return Planted(message_entry(rng, data), value, where, ["websocket", *how])
    if outer == "gbk":
        data, how = as_json(rng, data).decode().encode("gbk", "replace"), ["gbk", "json", *how]
    else:
        data, how = {**TEXT, **BINARY}[outer](rng, data), [outer, *how]
    return Planted(body_entry(rng, data, outer), value, where, how)


def body_entry(rng: random.Random, data: bytes, outer: str) -> dict[str, Any]:
    headers = [{"name": "Content-Type", "value": TYPES[outer]}]
    if rng.random() < 0.6:
        coding = rng.choice(list(CODINGS))
        data = CODINGS[coding](data)
        headers.append({"name": "Content-Encoding", "value": coding})
    try:
        post = {"mimeType": TYPES[outer], "text": data.decode()}
    except UnicodeDecodeError:
        post = {"mimeType": TYPES[outer], "text": base64.b64encode(data).decode(), "encoding": "base64"}
    return {
        "request": {"method": "POST", "url": "https://t.example/v1/log", "headers": headers, "postData": post}
    }


def message_entry(rng: random.Random, data: bytes) -> dict[str, Any]:
    """A WebSocket as browsers export it: one entry with its messages, the value in one of them."""
    messages = [{"type": "send", "opcode": 1, "data": f"42{json.dumps(['ping', noise(rng)])}"}]
    if rng.random() < 0.5:
        packed = base64.b64encode(as_protobuf(rng, data)).decode()
        messages.append({"type": "send", "opcode": 2, "data": packed})
    else:
        text = as_json(rng, data).decode()
        messages.append({"type": "send", "opcode": 1, "data": f'42["report",{text}]'})
    rng.shuffle(messages)
    request = {"method": "GET", "url": "wss://t.example/socket", "headers": []}
    return {"request": request, "_webSocketMessages": messages}


def _head_entry(rng: random.Random, where: str, text: str) -> dict[str, Any]:
    url, headers = "https://t.example/v1/get", [{"name": "User-Agent", "value": "okhttp/4.9"}]
    if where == "url":
        url += "?" + urllib.parse.urlencode([("a", noise(rng)), ("q", text)])
    elif where == "cookie:sid":
        headers.append({"name": "Cookie", "value": f"x={rng.randrange(99)}; sid={urllib.parse.quote(text)}"})
    else:
        headers.append({"name": "X-Data", "value": text.replace("\n", "")})
    return {"request": {"method": "GET", "url": url, "headers": headers}}


def telemetry(rng: random.Random, size: int) -> bytes:
    """What an analytics SDK sends in one batch, with nothing planted in it."""

    def uuid() -> str:
        return "-".join(f"{rng.getrandbits(4 * n):0{n}x}" for n in (8, 4, 4, 4, 12))

    events: list[dict[str, Any]] = []
    length = 0
    while length < size:
        one = {
            "event": rng.choice(["app_open", "screen_view", "click", "scroll", "ad_impression", "session_end"]),
            "ts": 1790000000000 + rng.randrange(10**9),
            "session_id": uuid(),
            "seq": rng.randrange(999),
            "props": {
                "screen": rng.choice(["MainActivity", "LoginFragment", "商品详情", "SettingsPage"]),
                "duration_ms": rng.randrange(9999),
                "url": f"https://cdn.example/img/{rng.randrange(99)}/b_{rng.randrange(999)}.webp?w={rng.randrange(1080)}",
                "network": rng.choice(["wifi", "5g", "4g"]),
                "is_first": rng.random() < 0.1,
                "fps": round(rng.random() * 60, 2),
            },
            "sdk": {"name": "analytics-android", "version": f"4.{rng.randrange(9)}.{rng.randrange(30)}",
                    "os": "Android", "os_version": "13", "locale": "zh_CN", "tz": "Asia/Shanghai"},
        }  # fmt: skip
        events.append(one)
        length += len(json.dumps(one))
    common = {
        "appkey": f"{rng.getrandbits(96):024x}",
        "sign": f"{rng.getrandbits(128):032x}",
        "token": base64.b64encode(rng.randbytes(48)).decode(),
        "ua": "Mozilla/5.0 (Linux; Android 13; Pixel 6; wv) AppleWebKit/537.36 (KHTML, like Gecko) Mobile",
    }
    return json.dumps({"common": common, "events": events}, ensure_ascii=False).encode()
