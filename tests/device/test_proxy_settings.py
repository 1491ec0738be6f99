"""Names of certificates in Android's store."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from mitmproxy.certs import CertStore

from harness.device.proxy_settings import ca_file_name


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl gives the reference")
def test_a_certificate_has_the_name_that_openssl_gives_it(tmp_path):
    CertStore.from_store(tmp_path, "mitmproxy", 2048)
    pem = tmp_path / "mitmproxy-ca-cert.pem"
    said = subprocess.run(
        ["openssl", "x509", "-noout", "-subject_hash_old", "-in", str(pem)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ca_file_name(pem.read_bytes()) == said.stdout.strip() + ".0"
