"""Atheris on the request decoder: coverage-guided inputs, no crash, no hang, no output over the bound.

`python tests/soak/fuzz_decoders.py -runs=1000000` (flags are libFuzzer's). One input is a byte that chooses the
Content-Type and the content coding, then the body. Without a corpus folder it starts from requests of
`tests/timeline/planted.py`, so that mutations begin deep inside the formats.
"""

from __future__ import annotations

import base64
import random
import sys
import tempfile
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "timeline"))

with atheris.instrument_imports(include=["harness.timeline", "harness.capture.coding"]):
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


def write_seeds(folder: Path) -> None:
    from planted import plant, profile

    rng, values = random.Random(1), profile(1)
    for number in range(SEEDS):
        request = plant(rng, rng.choice(values)).entry["request"]
        post = request.get("postData")
        if post is None:
            continue
        body = base64.b64decode(post["text"]) if "encoding" in post else post["text"].encode()
        coding = next((one["value"] for one in request["headers"] if one["name"] == "Content-Encoding"), "")
        kind = TYPES.index(post["mimeType"]) if post["mimeType"] in TYPES else 0
        choice = CODINGS.index(coding) * len(TYPES) + kind
        (folder / f"{number:04d}").write_bytes(bytes([choice]) + body)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as corpus:
        if all(word.startswith("-") for word in sys.argv[1:]):
            write_seeds(Path(corpus))
            sys.argv.append(corpus)
        atheris.Setup(sys.argv, one_input)
        atheris.Fuzz()
