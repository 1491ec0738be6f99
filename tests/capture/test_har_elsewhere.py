"""Another tool opens our HAR and sees the same exchanges."""

from __future__ import annotations

import json

from haralyzer import HarParser

from harness.capture.har import Body, Exchange, entry, write_har
from harness.model.run_folder import FLOWS, RunFolder


def test_haralyzer_opens_what_was_recorded(tmp_path):
    with RunFolder.create(tmp_path / "run") as folder:
        for number in range(2):
            exchange = Exchange(
                method="POST", url=f"https://t.example/v1/log?n={number}", http_version="HTTP/1.1",
                request_headers=((b"Host", b"t.example"), (b"Content-Type", b"application/json")),
                request_body=Body(), wall_start=1790000000.0 + number, start_ms=1000.0 + number, request_end_ms=1010.0,
                response_start_ms=1020.0, response_end_ms=1030.0, status=200, status_text="OK",
                response_headers=((b"Content-Type", b"text/html"),),
            )  # fmt: skip
            folder.append(FLOWS, entry(exchange, {"host_ms_request_end": 1010.0, "selftest": False}))
        write_har(folder)
    document = json.loads((tmp_path / "run" / "traffic.har").read_text())
    parser = HarParser(document)
    [page] = parser.pages
    seen = [(one.request.method, one.request.url, one.response.status) for one in page.entries]
    assert seen == [("POST", f"https://t.example/v1/log?n={number}", 200) for number in range(2)]
    assert page.entries[0].request.host == "t.example"
    assert (
        page.entries[0].startTime is not None and parser.creator["name"] == document["log"]["creator"]["name"]
    )
