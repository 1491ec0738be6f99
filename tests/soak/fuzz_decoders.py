"""Atheris on the request decoder: coverage-guided inputs, no crash, no hang, no output over the bound.

`python tests/soak/fuzz_decoders.py -runs=1000000` (flags are libFuzzer's). One input is a byte that chooses the
Content-Type and the content coding, then the body. Without a corpus folder it starts from requests of
`tests/timeline/planted.py`, so that mutations begin deep inside the formats. HARNESS_SOAK_BLIND=1 leaves the
guidance out: mutations of those requests at several times the speed.
"""

from __future__ import annotations

import base64
import contextlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "timeline"))

BLIND = bool(os.environ.get("HARNESS_SOAK_BLIND"))
WATCHED = ["harness.timeline", "harness.capture.coding"]
with contextlib.nullcontext() if BLIND else atheris.instrument_imports(include=WATCHED):
    from harness.timeline.decode import MOST_BYTES, MOST_SECONDS, Decoder

TYPES = (
    *("", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"),
    *("application/x-protobuf", "application/msgpack", "application/cbor", "application/x-thrift"),
    *("application/xml", "text/plain; charset=utf-16", "text/html; charset=gbk", "application/grpc"),
)
CODINGS = ("", "gzip", "br", "zstd", "deflate", "gzip, br")
SEEDS = 600


def one_input(data: bytes) -> None:
    choice, body = (data[0], data[1:]) if data else (0, b"")
    headers = [{"name": "Content-Encoding", "value": CODINGS[choice // len(TYPES) % len(CODINGS)]}]
    post = {
        "mimeType": TYPES[choice % len(TYPES)],
        "text": base64.b64encode(body).decode(),
        "encoding": "base64",
    }
    request = {"method": "POST", "url": "https://x.example/", "headers": headers, "postData": post}
    start, size = time.process_time(), 0
    for view in Decoder().views({"request": request}, lambda name: b""):
        size += len(view.data)
        if view.data:
            view.step_at(len(view.data) // 2).way()
    # A view may show bytes that were counted once in two ways: as they stand and with their layers undone.
    assert size <= 4 * (MOST_BYTES + 3 * len(body) + 1000), (size, len(body))
    assert time.process_time() - start < MOST_SECONDS + 2


def seeds() -> list[bytes]:
    from planted import plant, profile

    rng, values = random.Random(1), profile(1)
    out: list[bytes] = []
    for _ in range(SEEDS):
        request = plant(rng, rng.choice(values)).entry["request"]
        post = request.get("postData")
        if post is None:
            continue
        body = base64.b64decode(post["text"]) if "encoding" in post else post["text"].encode()
        coding = next((one["value"] for one in request["headers"] if one["name"] == "Content-Encoding"), "")
        kind = TYPES.index(post["mimeType"]) if post["mimeType"] in TYPES else 0
        out.append(bytes([CODINGS.index(coding) * len(TYPES) + kind]) + body)
    return out


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """One of the requests, changed up to eight times; coverage would choose better, at its own cost."""
    rng = random.Random(seed)
    out = rng.choice(KNOWN)[:most]
    for _ in range(rng.randrange(1, 9)):
        out = atheris.Mutate(out, most)
    return bytes(out)


if __name__ == "__main__":
    KNOWN = seeds()
    with tempfile.TemporaryDirectory() as corpus:
        if all(word.startswith("-") for word in sys.argv[1:]):
            for number, one in enumerate(KNOWN):
                (Path(corpus) / f"{number:04d}").write_bytes(one)
            sys.argv.append(corpus)
        if BLIND:
            atheris.Setup(sys.argv, one_input, custom_mutator=mutated)
        else:
            atheris.Setup(sys.argv, one_input)
        atheris.Fuzz()
