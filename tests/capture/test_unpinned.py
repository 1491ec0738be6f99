"""Real OkHttp pins a key: its traffic cannot be read, and can with tls-unpin, even where nobody trusts our CA."""

import json
import shutil
import time
from pathlib import Path

import pytest
from reading import Watch

from harness.capture.hooks import HookCapture
from harness.capture.proxy import ProxyCapture
from harness.device.proxy_settings import ProxySettings
from harness.model.run_folder import FLOWS, TLS
from harness.twin.build import build_apk

PACKAGE = "com.example.pinning"
JARS = [Path("/usr/share/java") / name for name in ("okhttp.jar", "okio.jar")]
pytestmark = [
    pytest.mark.twin,
    pytest.mark.skipif(
        not all(jar.exists() for jar in JARS),
        reason="Debian's libokhttp-java and libokio-java are not installed",
    ),
]


@pytest.fixture(scope="module")
def pinning(phone, tmp_path_factory):
    source = tmp_path_factory.mktemp("pinning") / "pinning"
    shutil.copytree(Path(__file__).parent / "pinning", source)
    (source / "libs").mkdir()
    for jar in JARS:
        shutil.copy(jar, source / "libs")
    phone.install(build_apk(source, source.parent / "pinning.apk"))
    yield phone
    phone.uninstall(PACKAGE)


def walked(phone, path, interveners=(), trusted=True):
    """What the app logged, whom it was read to talk to, and whom it refused."""
    watch = Watch(phone, path)
    watch.capture = HookCapture(phone, watch.folder, PACKAGE, interveners)
    proxy = ProxyCapture(watch.folder, "sinkhole")
    proxy.start()
    settings = ProxySettings(phone, proxy.port, proxy.ca_pem)
    try:
        settings.apply()
        if not trusted:
            phone.shell(f"rm {settings.ca_path}")
        watch.capture.start()
        phone.shell("logcat -c")
        phone.launch(PACKAGE)
        log = wait_for_log(phone)
        watch.capture.settle()
        # The end of a connection travels through adb.
        end = time.monotonic() + 5
        while not interveners and not lines(watch.folder.path / TLS) and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        phone.force_stop(PACKAGE)
        watch.capture.stop()
        settings.restore()
        proxy.stop()
    assert watch.unhealthy() == []
    told = [one["args"][0] for one in watch.events() if one["hook"] == "tls-unpin"]
    read = [one["request"]["url"] for one in lines(watch.folder.path / FLOWS)]
    return log, read, [(one["host"], one["reason"]) for one in lines(watch.folder.path / TLS)], told


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def wait_for_log(phone):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = [one for one in phone.shell("logcat -d").stdout.splitlines() if "pinning : asked" in one]
        if found:
            return found[0].split("pinning : ")[1]
        time.sleep(0.1)
    raise AssertionError(phone.shell("logcat -d").stdout[-3000:])


def test_a_pinned_key_of_okhttp_is_unreadable_without_and_readable_with_tls_unpin(pinning, tmp_path):
    log, read, refused, told = walked(pinning, tmp_path / "as-it-is")
    assert log == "asked 200, pinned SSLPeerUnverifiedException, page shown"
    assert sorted(read) == ["https://open.pinning.example/v1", "https://page.pinning.example/"]
    assert refused == [("sync.pinning.example", "tls_refused")] and told == []
    log, read, refused, told = walked(pinning, tmp_path / "unpinned", ["tls-unpin"], trusted=False)
    assert log == "asked 200, pinned 200, page shown"
    assert len(read) == 3 and "https://sync.pinning.example/v1/notes?id=7" in read and refused == []
    accepted = {one.removeprefix("accepted a certificate that was refused: ") for one in told}
    assert accepted == {
        "sun.security.validator.ValidatorException", "javax.net.ssl.SSLPeerUnverifiedException"
    }, "the checks of the JVM for all three, and OkHttp's own"  # fmt: skip
    assert len(told) >= 4
