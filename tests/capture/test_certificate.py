"""What is kept of a server's certificate, and that a bad one is said in the record."""

from __future__ import annotations

import datetime
import http.client
import json
import socket
import ssl
import threading
import time
from contextlib import closing, suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from mitmproxy.certs import Cert
from mitmproxy.test import tflow

from harness.capture.addon import Flows
from harness.capture.certificate import MOST_NAMES, certificate_of
from harness.capture.connections import Wire
from harness.capture.proxy import ProxyCapture
from harness.model.run_folder import RunFolder


def made(names, organisation="Shop Co., Ltd."):
    """(certificate, key) as PEM, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, "shop")]
    if organisation:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(attributes))
        .issuer_name(x509.Name(attributes))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
    )
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), False
        )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM), secret


def test_the_organisation_and_the_names_are_kept():
    kept = certificate_of(Cert.from_pem(made(["shop.cn", "*.shop.com"])[0]))
    assert kept == {
        "organisation": "Shop Co., Ltd.", "issuer": "Shop Co., Ltd.", "names": ["shop.cn", "*.shop.com"]
    }  # fmt: skip


def test_a_bare_certificate_has_neither_and_a_crowded_one_is_cut():
    assert certificate_of(Cert.from_pem(made([], "")[0])) == {
        "organisation": None, "issuer": None, "names": []
    }  # fmt: skip
    crowd = certificate_of(Cert.from_pem(made([f"a{number}.cn" for number in range(200)])[0]))
    assert len(crowd["names"]) == MOST_NAMES


def test_a_live_request_to_a_server_with_a_bad_certificate_is_recorded_as_that(tmp_path):
    pem, key = made(["localhost"])
    (tmp_path / "server.pem").write_bytes(pem + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    folder = RunFolder.create(tmp_path / "run")
    capture = ProxyCapture(folder, "live")
    capture.start()
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=_greet, args=(server, context), daemon=True).start()
            port = server.getsockname()[1]
            ours = ssl.create_default_context(cadata=capture.ca_pem.decode())
            client = http.client.HTTPSConnection("127.0.0.1", capture.port, timeout=10, context=ours)
            client.set_tunnel("localhost", port)
            with closing(client):
                client.request("GET", "/")
                assert client.getresponse().status == 502
            record = _record(folder)
    finally:
        capture.stop()
    assert "certificate verify failed" in record["_harness"]["error"].lower()


@pytest.mark.parametrize(("network", "is_kept"), [("live", True), ("sinkhole", False)])
def test_the_certificate_is_recorded_where_a_server_was_reached(tmp_path, network, is_kept):
    records: list[dict] = []
    flow = tflow.tflow(resp=True)
    flow.server_conn.certificate_list = [Cert.from_pem(made(["shop.cn"])[0])]
    flow.server_conn.tls_version = "TLSv1.1"
    wire = Wire(client_port=1, connected_ms=0.0)
    flows = Flows(records.append, tmp_path, network, lambda client: wire, lambda flow: b"", pytest.fail)
    flows.requestheaders(flow)
    flows.request(flow)
    flows.response(flow)
    own = records[0]["_harness"]
    assert ("certificate" in own) == is_kept
    if is_kept:
        assert own["certificate"]["organisation"] == "Shop Co., Ltd." and own["server_tls"] == "TLSv1.1"


def _greet(server, context):
    with suppress(OSError):
        while True:
            peer = server.accept()[0]
            with suppress(OSError), context.wrap_socket(peer, server_side=True) as tls:
                tls.recv(1)


def _record(folder):
    deadline = time.monotonic() + 8
    path = folder.path / "raw" / "flows.jsonl"
    while time.monotonic() < deadline:
        lines = path.read_text().splitlines() if path.exists() else []
        found = [one for one in map(json.loads, lines) if "localhost" in one["request"]["url"]]
        if found:
            return found[0]
        time.sleep(0.02)
    raise AssertionError("no record")
