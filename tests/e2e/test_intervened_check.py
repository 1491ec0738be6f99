"""`--intervene tls-unpin` makes a pinned app readable, and everything that tells of the run says that it was used."""

from __future__ import annotations

import json

import pytest

HOST = "sync.vault-notes.example"


@pytest.mark.e2e
def test_pinned_traffic_is_readable_with_tls_unpin_and_everything_says_so(harness, sample_apk, tmp_path):
    out = tmp_path / "run"
    check = harness(
        "check", sample_apk("pinned"), "--device", "twin", "--pace", "0.06", "--out", out,
        "--scenario", "SC01", "--intervene", "tls-unpin", "--intercept", "wireguard",
    )  # fmt: skip
    code = check.run(120)
    assert code == 0, check.stdout + check.stderr
    urls = [json.loads(line) for line in (out / "raw/flows.jsonl").read_text().splitlines()]
    assert any(HOST in str(entry) for entry in urls)
    assert json.loads((out / "run.json").read_text())["interventions"] == ["tls-unpin"]
    # The twin has no WireGuard app, so the proxy setting led the app to the proxy all the same.
    assert (
        "no WireGuard: the app com.wireguard.android is not installed"
        in (out / "raw/proxy.jsonl").read_text()
    )
    verdict = json.loads((out / "verdict.json").read_text())
    assert verdict["interventions"] == ["tls-unpin"]
    assert "The app was altered while it ran (tls-unpin)." in verdict["reason"]
    assert "运行时应用被改动（tls-unpin）" in verdict["reason_zh"]
    assert "the app was altered: tls-unpin" in check.stdout
    html = (out / "report.html").read_text()
    assert "The app was altered while it ran" in html and "运行时应用被改动" in html
    timeline = (out / "timeline.jsonl").read_text()
    assert "accepted a certificate that was refused: java.security.cert.CertificateException" in timeline
