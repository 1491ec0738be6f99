"""Pages from the proxy's record while it is being written: which one is on the screen, and what it says."""

from __future__ import annotations

import gzip
import json

import pytest

from harness.capture.bodies import keep
from harness.capture.har import Body, Exchange, entry
from harness.capture.web_source import page_shown, pages_since, refused_since, text_of_page
from harness.model.run_folder import FLOWS, TLS, RunFolder

HTML = """<!doctype html><html><head><title>Privacy  Policy</title><style>p{color:red}</style></head><body>
<h1>隐私政策</h1><script>var hidden = "never shown";</script><p>We collect your
device identifiers.</p><ul><li>Purpose: weather</li><li>Contact: a@b.example</li></ul>
<table><tr><td>SDK</td><td>Company &amp; Co</td></tr></table></body></html>"""


@pytest.fixture
def folder(tmp_path):
    return RunFolder.create(tmp_path / "run")


def serve(
    folder, url, at, body=b"", status=200, mime="text/html", coding="", accept="text/html,*/*", by="server"
):
    headers = [(b"content-type", mime.encode())] + (
        [(b"content-encoding", coding.encode())] if coding else []
    )
    exchange = Exchange(
        method="GET", url=url, http_version="HTTP/1.1", request_headers=[(b"Accept", accept.encode())],
        request_body=Body(b""), wall_start=1.7e9, start_ms=at, request_end_ms=at + 1, response_start_ms=at + 2,
        response_end_ms=at + 3, status=status, response_headers=headers,
        response_body=keep(body, folder.path / "bodies") if status else None,
    )  # fmt: skip
    folder.append(FLOWS, entry(exchange, {"host_ms_request_start": at, "answered_by": by, "selftest": False}))


def test_a_pages_text_is_what_a_person_reads_of_it():
    title, text = text_of_page(HTML.encode())
    assert title == "Privacy Policy"
    assert text.splitlines() == [
        "隐私政策", "We collect your device identifiers.", "Purpose: weather", "Contact: a@b.example",
        "SDK | Company & Co |",
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "no-such-charset"])
def test_the_charset_that_a_page_names_is_used(charset):
    data = "<html>隐私政策</html>".encode("gb18030" if charset == "gb18030" else "utf-8")
    assert text_of_page(data, f"text/html; charset={charset}")[1] == "隐私政策"
    assert "<" in text_of_page(b"a < b", "text/plain")[1]


def test_pages_since_a_touch_come_back_decoded_small_or_large(folder):
    serve(folder, "https://x.example/before", 100, HTML.encode())
    serve(folder, "https://x.example/api", 210, b"{}", mime="application/json")
    serve(folder, "https://x.example/zipped", 220, gzip.compress(HTML.encode()), coding="gzip")
    large = HTML.replace("weather", "weather " * 20_000).encode()
    serve(folder, "https://x.example/large", 230, large)
    serve(folder, "https://x.example/none", 240, status=0)
    pages = pages_since(folder, 200)
    assert [page.url.rpartition("/")[2] for page in pages] == ["zipped", "large", "none"]
    assert pages[0].text.startswith("隐私政策") and len(pages[1].text) > 100_000
    assert pages[1].source == large and pages[2].status is None


def test_half_a_line_and_broken_lines_are_passed_over(folder):
    serve(folder, "https://x.example/whole", 220, HTML.encode())
    folder.append(FLOWS, {"request": 3})
    with (folder.path / FLOWS).open("a") as file:
        file.write('{"request": {"url": "https://x.exam')
    assert [page.url for page in pages_since(folder, 0)] == ["https://x.example/whole"]
    assert pages_since(RunFolder(folder.path / "nowhere"), 0) == []


def test_the_page_on_the_screen_is_told_by_its_words(folder):
    serve(folder, "https://ads.example/frame", 210, b"<html><p>Buy a thing now, it is cheap</p></html>")
    serve(folder, "https://x.example/policy", 211, HTML.encode())
    serve(folder, "https://x.example/missing", 212, b"<html>not here</html>", status=404)
    pages = pages_since(folder, 200)
    shown = ["隐私政策", "We collect your device identifiers.", "Purpose: weather"]
    assert page_shown(pages, shown).url.endswith("policy")
    # Nothing on the screen yet: the longest text. Words of no page: the one that failed.
    assert page_shown(pages, []).url.endswith("policy")
    assert page_shown(pages, ["Sorry, this page is not available any more today"]).status == 404
    assert page_shown([], shown) is None


def test_hosts_that_refused_the_certificate_are_named(folder):
    for at, host, reason in (
        (10, "old.example", "tls_refused"),
        (300, "pin.example", "tls_refused"),
        (301, "q.example", "quic"),
    ):
        folder.append(TLS, {"host": host, "reason": reason, "host_ms_start": at})
    assert refused_since(folder, 200) == ["pin.example"]


def test_a_very_large_record_is_read_from_its_end(folder):
    with (folder.path / FLOWS).open("w") as file:
        for _ in range(40):
            file.write(json.dumps({"pad": "x" * (1 << 20)}) + "\n")
    serve(folder, "https://x.example/policy", 500, HTML.encode())
    assert [page.url for page in pages_since(folder, 0)] == ["https://x.example/policy"]
