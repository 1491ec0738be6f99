"""A body of 200 MB passes through the proxy in little memory, and is kept under its digest."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import ssl
import sys
import time
from pathlib import Path

import pytest

from harness.capture.proxy import ProxyCapture
from harness.model.run_folder import FLOWS, RunFolder

CHUNK = bytes(range(256)) * 4096
CHUNKS = 200
"""Of 1 MiB."""


def peak_mb(pid: int) -> float:
    said = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert said is not None
    return int(said[1]) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the most memory a process had")
def test_a_body_of_200_mb_costs_less_than_100_mb_of_memory(tmp_path):
    with RunFolder.create(tmp_path / "run") as folder, ProxyCapture(folder, "sinkhole") as capture:
        capture.selftest()
        before = peak_mb(capture.pid)
        context = ssl.create_default_context(cadata=capture.ca_pem.decode())
        client = http.client.HTTPSConnection("127.0.0.1", capture.port, timeout=120, context=context)
        client.set_tunnel("upload.example", 443)
        headers = {"Content-Length": str(len(CHUNK) * CHUNKS)}
        client.request("POST", "/up", body=iter([CHUNK] * CHUNKS), headers=headers)
        assert client.getresponse().status == 200
        client.close()
        time.sleep(0.5)
        cost = peak_mb(capture.pid) - before
    assert cost < 100, f"{cost:.0f} MB"
    lines = [json.loads(line) for line in (folder.path / FLOWS).read_text().splitlines()]
    [entry] = [line for line in lines if "upload.example" in line["request"]["url"]]
    digest = hashlib.sha256()
    for _ in range(CHUNKS):
        digest.update(CHUNK)
    name = entry["_harness"]["body"]
    assert name == f"bodies/{digest.hexdigest()}"
    assert (folder.path / name).stat().st_size == len(CHUNK) * CHUNKS
