from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from harness.capture.bodies import Tee, keep
from harness.capture.coding import CodingError, undo, undo_all
from harness.capture.har import Body, Exchange, HarError, entry, read_flows, read_har, write_har
from harness.capture.lines import Lines
from harness.model.run_folder import RunFolder


def exchange(**change) -> Exchange:
    given = {
        "method": "POST",
        "url": "https://a.example/p?x=1&y=",
        "http_version": "HTTP/1.1",
        "request_headers": [(b"Content-Type", b"text/plain"), (b"X-Name", "é".encode())],
        "request_body": Body(b"hello", 5),
        "wall_start": 1_700_000_000.5,
        "start_ms": 10.0,
        "request_end_ms": 12.0,
        "response_start_ms": 15.0,
        "response_end_ms": 16.5,
        "status": 200,
        "status_text": "OK",
        "response_headers": [(b"Set-Cookie", b"s=1; Path=/; HttpOnly; Secure"), (b"Location", b"/next")],
        "response_body": Body(b"{}", 2),
    }
    return Exchange(**(given | change))


REQUEST = {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"}
RESPONSE = {"status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL"}


def test_an_entry_has_every_field_that_the_format_demands() -> None:
    for one in (entry(exchange(), {}), entry(exchange(status=0, response_body=None, error="gone"), {})):
        assert {"startedDateTime", "time", "request", "response", "cache", "timings"} <= one.keys()
        assert one["request"].keys() >= REQUEST and one["response"].keys() >= RESPONSE
        assert {"size", "mimeType"} <= one["response"]["content"].keys()
        assert all(one["timings"][name] >= 0 for name in ("send", "wait", "receive"))
    assert entry(exchange(), {})["time"] == 6.5
    assert entry(exchange(error="gone"), {})["response"]["_error"] == "gone"


def test_cookies_queries_and_headers_are_split() -> None:
    one = entry(exchange(), {"client_port": 1})
    assert one["response"]["cookies"] == [
        {"name": "s", "value": "1", "path": "/", "httpOnly": True, "secure": True}
    ]
    assert one["request"]["queryString"] == [{"name": "x", "value": "1"}, {"name": "y", "value": ""}]
    assert one["request"]["headers"][1] == {"name": "X-Name", "value": "é"}
    assert one["_harness"]["client_port"] == 1 and one["response"]["redirectURL"] == "/next"


def test_a_header_that_is_not_utf8_loses_no_byte() -> None:
    one = entry(exchange(request_headers=[(b"X", b"\xe9\xff")]), {})
    assert one["request"]["headers"][0]["value"].encode("latin-1") == b"\xe9\xff"
    json.dumps(one).encode()


def test_a_request_body_stays_as_it_was_on_the_wire_and_a_response_is_decoded() -> None:
    packed = gzip.compress(b"hello")
    headers = [(b"Content-Encoding", b"gzip")]
    one = entry(exchange(request_body=Body(packed, len(packed)), response_headers=headers,
                         response_body=Body(packed, len(packed))), {})  # fmt: skip
    assert one["request"]["postData"]["encoding"] == "base64"
    content = one["response"]["content"]
    assert content["text"] == "hello" and content["size"] == 5 and one["response"]["bodySize"] == len(packed)


def test_a_response_that_lies_about_its_coding_is_kept_as_it_was() -> None:
    one = entry(
        exchange(response_headers=[(b"Content-Encoding", b"br")], response_body=Body(b"plain", 5)), {}
    )
    assert one["response"]["content"]["text"] == "plain" and "comment" in one["response"]["content"]


def test_other_tools_open_the_document(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path / "run") as folder:
        for number in range(3):
            folder.append(
                "raw/flows.jsonl",
                entry(exchange(url=f"https://a.example/{number}"), {"n": number, "selftest": False}),
            )
        with (folder.path / "raw/flows.jsonl").open("a") as file:
            file.write('{"half":')
        assert write_har(folder) == 3 == len(list(read_flows(folder)))
        document = json.loads((folder.path / "traffic.har").read_text())
        assert document["log"]["version"] == "1.2" and document["log"]["creator"]["name"] == "harness"
        assert [one["_harness"]["n"] for one in read_har(folder.path / "traffic.har")] == [0, 1, 2]
        from mitmproxy.io.har import request_to_flow

        flow = request_to_flow(document["log"]["entries"][0])
        assert flow.request.pretty_url == "https://a.example/0" and flow.response.status_code == 200


def test_an_unreadable_line_keeps_its_number(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path / "run") as folder:
        for text in ("not json", "[1]", json.dumps(entry(exchange(), {"selftest": False, "n": 3}))):
            with (folder.path / "raw/flows.jsonl").open("a") as file:
                file.write(text + "\n")
        assert write_har(folder) == 3
        first, second, third = read_har(folder.path / "traffic.har")
        assert first["_harness"]["error"] == second["_harness"]["error"] == "unreadable record"
        assert third["_harness"]["n"] == 3


def test_a_run_without_traffic_gives_an_empty_document(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path / "run") as folder:
        assert write_har(folder) == 0
        assert read_har(folder.path / "traffic.har") == []


def test_what_is_no_har_is_refused(tmp_path: Path) -> None:
    for text in ("", "[]", '{"log": {"entries": 4}}', '{"log": {"entries": [1]}}', "[" * 100_000):
        (tmp_path / "x.har").write_text(text)
        with pytest.raises(HarError):
            read_har(tmp_path / "x.har")


def test_a_line_that_does_not_fit_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = Lines(tmp_path / "x.jsonl")
    lines.append({"n": 1})
    real = os.write

    def short(fd: int, data: bytes) -> int:
        if len(data) < 6:
            raise OSError(28, "No space left on device")
        return real(fd, data[: len(data) - 3])

    monkeypatch.setattr(os, "write", short)
    with pytest.raises(OSError, match="No space"):
        lines.append({"n": 22})
    monkeypatch.undo()
    lines.append({"n": 3})
    assert (tmp_path / "x.jsonl").read_text() == '{"n":1}\n{"n":3}\n'


def test_a_tee_hands_on_what_it_keeps(tmp_path: Path) -> None:
    tee = Tee(tmp_path, pytest.fail)
    chunks = [os.urandom(40_000) for _ in range(3)]
    assert b"".join(tee(chunk) for chunk in chunks) == b"".join(chunks)
    body = tee.body()
    assert body.size == 120_000 and body.file and not body.truncated
    assert (tmp_path / body.file.removeprefix("bodies/")).read_bytes() == b"".join(chunks)
    assert tee(b"late") == b"late" and tee.size == 120_004
    assert [path.name for path in tmp_path.iterdir()] == [body.file.removeprefix("bodies/")]


def test_small_bodies_stay_in_the_record_and_same_bytes_share_a_file(tmp_path: Path) -> None:
    assert keep(b"x", tmp_path) == Body(b"x", 1) and keep(None, tmp_path) == Body(None, 0)
    first, second = keep(b"y" * 70_000, tmp_path), keep(b"y" * 70_000, tmp_path)
    assert first.file == second.file and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_cut_at_the_bound(coding: str) -> None:
    import zlib

    import brotli
    import zstandard

    make = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstandard.compress,
    }[coding]
    packed = make(b"\0" * (64 << 20))
    plain = undo(coding, packed, 1000)
    assert plain.data == b"\0" * 1000 and plain.truncated
    whole = undo(coding, make(b"abc" * 100), 1000)
    assert whole.data == b"abc" * 100 and not whole.truncated


def test_codings_are_undone_from_the_last_and_rubbish_is_refused() -> None:
    import brotli

    assert undo_all("gzip, br", brotli.compress(gzip.compress(b"x")), 100).data == b"x"
    assert undo_all("identity", b"x", 100).data == b"x" and undo_all("", b"x", 100).data == b"x"
    for coding in ("gzip", "deflate", "br", "zstd", "lzma"):
        with pytest.raises(CodingError):
            undo(coding, b"this is no such thing", 100)
    with pytest.raises(CodingError):
        undo_all("gzip," * 20, b"", 100)
