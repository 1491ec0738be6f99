"""What apps use besides life cycle and data: pages, HTTPS, JSON, bundles, texts, lists and choices."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from life import Life, living

from harness.twin.processes import ADDED_CACERTS

pytestmark = pytest.mark.twin

PAGE = (
    b"<html><head><title>Our &amp; policy</title><link rel='stylesheet' href='/s.css'></head><body>"
    b"<h1>Privacy</h1><script>ignored()</script><img src='/track.gif?uid=7'>"
    b"<p>We read nothing. <a href='/more'>More</a> <a href='app://agree'>Agree</a></p></body></html>"
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    with living(tmp_path_factory.mktemp("web"), "web") as app:
        yield app


class Server:
    """Answers every request with a page; keeps the request heads."""

    def __init__(self, app: Life, tls: ssl.SSLContext | None = None) -> None:
        self.heads: list[str] = []
        self._app = app
        self._server = app.host.run(self._open(tls))
        self.port = self._server.sockets[0].getsockname()[1]

    async def _open(self, tls: ssl.SSLContext | None) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: seen=1; Path=/\r\n"
            b"Connection: close\r\n" + f"Content-Length: {len(PAGE)}\r\n\r\n".encode() + PAGE
        )
        await writer.drain()
        writer.close()

    def close(self) -> None:
        self._server.close()


def test_a_page_shows_its_text_loads_what_it_embeds_and_follows_links(app: Life) -> None:
    server = Server(app)
    base = f"http://127.0.0.1:{server.port}"
    try:
        app.start("page", url=f"{base}/policy")
        assert app.wait_log("finished") == f"finished {base}/policy title=Our & policy cookie=seen=1"
        assert [head.split()[1] for head in server.heads] == ["/policy", "/s.css", "/track.gif?uid=7"]
        assert "X-Requested-With: org.harness.web" in server.heads[0]
        assert "Cookie: seen=1" in server.heads[1]
        tree = app.run(hierarchy(app))
        assert "We read nothing. More Agree" in tree and "ignored()" not in tree
        assert 'class="android.webkit.WebView"' in tree
        view, text = next(
            (window, box)
            for window, root in app.device.windows.boxes()
            for box in walk(root)
            if "We read" in box.view.text
        )
        for span in text.view.spans[-2:]:
            args = {"window": view.number, "view": text.view.id, "span": span.id}
            view.process.post("view.span", args)
        app.wait_log("follow app://agree")
        app.wait(lambda: any(head.startswith("GET /more ") for head in server.heads))
    finally:
        server.close()


def walk(box):
    yield box
    for child in box.children:
        yield from walk(child)


async def hierarchy(app: Life) -> str:
    return app.device.windows.hierarchy()


def test_https_is_trusted_exactly_when_the_device_has_the_certificate(app: Life, tmp_path: Path) -> None:
    tls, ca = self_signed(tmp_path)
    server = Server(app, tls)
    store = app.device.files.host_path(ADDED_CACERTS) / "0a1b2c3d.0"
    url = f"https://127.0.0.1:{server.port}/"
    try:
        app.start("https", url=url)
        assert app.wait_log("failed") == "failed javax.net.ssl.SSLHandshakeException"
        app.run(app.device.activities.force_stop(app.package))
        store.write_bytes(ca)
        app.start("https", url=url)
        assert app.wait_log("answered") == "answered 200"
    finally:
        store.unlink(missing_ok=True)
        server.close()


def self_signed(folder: Path) -> tuple[ssl.SSLContext, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "both.pem").write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "both.pem")
    return tls, pem


def test_json_is_androids(app: Life) -> None:
    app.start("json")
    assert app.wait_log("json ") == (
        'json {"a":1,"b":[true,null,2.5,"x\\/y"],"c":12345678901,"d":["é",3],"e":4} 112345678901!'
    )
    app.wait_log("json error")


def test_values_keep_their_types_on_the_way_through_the_system(app: Life) -> None:
    app.start("bundle")
    assert app.wait_log("bundle ") == "bundle 12-11.5yp9"


def test_texts_keep_their_links(app: Life) -> None:
    app.start("text")
    assert app.wait_log("text ") == (
        "text Read the policy\u00a0<now>|policy|https://a.example/p?x=1&y=2|《隐私政策》|__79"
    )


def test_a_list_and_a_radio_group_say_what_was_chosen(app: Life) -> None:
    app.start("list")
    app.tap("second")
    assert app.wait_log("item") == "item 1"
    app.tap("blue")
    assert app.wait_log("radio") == "radio blue"
    app.from_entry = app.device.logcat.last
    app.tap("red")
    assert app.wait_log("radio") == "radio red"


def test_a_dialog_of_choices_keeps_them_and_its_button_closes_it(app: Life) -> None:
    app.start("choice")
    app.tap("two")
    assert app.wait_log("choice") == "choice 1true"
    app.tap("one")
    app.wait_log("choice 0false")
    app.tap("确定")
    assert app.wait_log("done") == "done falsetrue"
    app.wait_log("dismissed")
    app.wait(lambda: app.node("two") is None)
