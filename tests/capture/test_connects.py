"""A flow through the proxy names the process and the code that opened its connection."""

import json
import time

import pytest
from reading import PACKAGE, log_of

from harness.capture.clock import ClockCapture
from harness.capture.proxy import ProxyCapture
from harness.device.proxy_settings import ProxySettings
from harness.model.event import Flow, NativeCall
from harness.timeline.build import build_timeline

pytestmark = pytest.mark.twin


def test_flows_name_the_process_and_the_code_that_opened_their_connections(phone, watch):
    folder = watch.folder
    watch.write_facts()
    clock, proxy = ClockCapture(phone, folder), ProxyCapture(folder, "sinkhole")
    clock.start()
    proxy.start()
    settings = ProxySettings(phone, proxy.port, proxy.ca_pem)
    try:
        settings.apply()
        watch.capture.start()
        log_of(phone, "Connects", "connected")
        end = time.monotonic() + 10
        while "pushed" not in phone.shell("logcat -d").stdout and time.monotonic() < end:
            time.sleep(0.1)
        watch.capture.settle()
    finally:
        settings.restore()
        proxy.stop()
        clock.stop()
    assert watch.unhealthy() == []
    timeline = build_timeline(folder)
    flows = {one.host: one for one in timeline.events if isinstance(one, Flow)}
    sdk, app, push = (flows[f"{name}.example"] for name in ("collect.trackly", "api.reader", "push.reader"))
    assert (sdk.process, sdk.actor.name) == (PACKAGE, "net.trackly.sdk")
    assert (app.process, app.actor.kind, app.actor.name) == (PACKAGE, "app", PACKAGE)
    assert (push.process, push.actor.name) == (f"{PACKAGE}:push", "net.trackly.sdk")
    assert sdk.actor.frame.startswith("net.trackly.sdk.Probe.ask")
    calls = {one.id: one for one in timeline.events if isinstance(one, NativeCall)}
    opener = calls[sdk.opened.event]
    assert opener.local_port and opener.thread and opener.pid == sdk.pid != push.pid
    assert opener.target == f"{settings_address(folder)} to:collect.trackly.example:443"


def settings_address(folder):
    """The proxy as the app saw it: a port of the device."""
    lines = (folder.path / "raw/hooks.jsonl").read_text().splitlines()
    events = [one for line in lines for one in json.loads(line)["message"].get("events", ())]
    [address] = {one["args"][0] for one in events if one["hook"] == "native-connect"}
    return address
