from __future__ import annotations

import asyncio
import base64
import io
import json
import time

import pytest
from on_screen import LONG, AppOnScreen, column, node, screen_device
from PIL import Image
from uiautomator2._selector import Selector

from harness.twin.faults import JavaError
from harness.twin.u2_server import AlreadyRunning, U2Server

NOT_FOUND = "androidx.test.uiautomator.UiObjectNotFoundException"
CLICK = ("clickable", "focusable")


class Pipe:
    """A byte stream whose other end is the test: what the client sends, with pauses, and what came back."""

    def __init__(self, *sent):
        self.sent, self.answered, self.closed = list(sent), b"", False

    async def read(self, limit=65536):
        if self.sent and isinstance(self.sent[0], float):
            await asyncio.sleep(self.sent.pop(0))
        return self.sent.pop(0) if self.sent else b""

    async def write(self, data):
        self.answered += data

    def close(self):
        self.closed = True


@pytest.fixture
def device(tmp_path):
    return screen_device(tmp_path)


@pytest.fixture
def app(device):
    return AppOnScreen(device)


@pytest.fixture
def server(device):
    return U2Server(device)


def http(server, *sent):
    pipe = Pipe(*sent)
    server._device.sockets.setdefault("tcp:9008", server.serve)
    asyncio.run(server.serve(pipe))
    return pipe.answered


def post(method, params):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    return f"POST /jsonrpc/0 HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode(), body


def answer(server, method, *params):
    return json.loads(http(server, b"".join(post(method, list(params)))).partition(b"\r\n\r\n")[2])


def call(server, method, *params):
    got = answer(server, method, *params)
    assert "error" not in got, got
    return got["result"]


def test_ping_answers_pong_and_what_is_not_served_is_404(server):
    assert http(server, b"GET /ping HTTP/1.1\r\n\r\n").endswith(b"\r\n\r\npong")
    assert http(server, b"GET /other HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 404 ")


def test_one_connection_serves_several_requests_and_close_ends_it(server):
    answered = http(
        server,
        b"GET /ping HTTP/1.1\r\n\r\nGET /ping HTTP/1.1\r\n",
        b"Connection: close\r\n\r\n",
        b"GET /ping HTTP/1.1\r\n\r\n",
    )
    assert answered.count(b"pong") == 2


def test_a_body_that_comes_late_is_asked_for(server):
    head, body = post("ping", [])
    late = http(server, head, 0.05, body[:5], 0.05, body[5:])
    assert late.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
    assert b"100 Continue" not in http(server, head, body[:5], body[5:])
    assert b"100 Continue" not in http(server, head + body)


def test_nonsense_and_endless_heads_and_bodies_are_refused(server):
    assert http(server, b"hello\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert http(server, b"GET / HTTP/1.1\r\nx: " + b"y" * 40_000).startswith(b"HTTP/1.1 400")
    assert http(server, b"POST /jsonrpc/0 HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n").startswith(
        b"HTTP/1.1 400"
    )
    broken = b"POST /jsonrpc/0 HTTP/1.1\r\nContent-Length: 2\r\n\r\n{]"
    assert b"-32700" in http(server, broken)


def test_stop_frees_the_port_and_a_second_server_is_refused(device, server):
    server.start()
    with pytest.raises(AlreadyRunning):
        U2Server(device).start()
    http(server, b"GET /stop HTTP/1.1\r\n\r\n")
    assert not server.is_running
    U2Server(device).start()


def test_methods_the_real_server_lacks_are_unknown_here_too(device, server):
    for method in ("makeToast", "getParent", "jpeg", "_one", "__init__"):
        assert answer(server, method)["error"]["code"] == -32601
    assert len(device.journal.of("rpc_unknown")) == 5


def test_wrong_parameters_are_an_error_of_their_own(server):
    assert answer(server, "pressKey")["error"]["code"] == -32602
    assert answer(server, "click", "a", "b", "c", "d")["error"]["code"] == -32602


def test_every_method_the_client_calls_is_there(server):
    """The names in the installed client's source, apart from the two that the shipped server lacks."""
    import re
    from pathlib import Path

    import uiautomator2

    source = "".join(path.read_text() for path in Path(uiautomator2.__file__).parent.rglob("*.py"))
    called = set(re.findall(r"jsonrpc\.(\w+)\(", source)) - {"makeToast", "getParent"}
    assert len(called) > 45
    assert sorted(name for name in called if not hasattr(server.methods, name)) == []


def test_an_object_is_found_by_each_kind_of_selector(server, app):
    agree = node(2, "Button", "Agree and go on", flags=CLICK, rid="com.acme.shop:id/yes", desc="agree button")
    app.show(column(1, agree, node(3, "CheckBox", "我已阅读", flags=("clickable", "checkable", "checked"))))
    for selector in (
        {"text": "Agree and go on"},
        {"textContains": "AND GO"},
        {"textStartsWith": "agree"},
        {"textMatches": "Agree.*on"},
        {"className": "android.widget.Button"},
        {"classNameMatches": ".*Button"},
        {"description": "agree button"},
        {"descriptionContains": "BUTTON"},
        {"resourceId": "com.acme.shop:id/yes"},
        {"resourceIdMatches": ".*/yes"},
        {"packageName": "com.acme.shop", "clickable": True},
        {"clickable": True, "instance": 0},
    ):
        assert call(server, "objInfo", Selector(**selector))["text"] == "Agree and go on", selector
    assert call(server, "objInfo", Selector(checked=True))["text"] == "我已阅读"
    assert call(server, "count", Selector(clickable=True)) == 2
    assert call(server, "objInfo", Selector(clickable=True, instance=1))["text"] == "我已阅读"
    assert not call(server, "exist", Selector(textMatches="Agree"))
    assert not call(server, "exist", Selector(text="agree and go on"))


def test_children_and_siblings_are_looked_for_where_they_are(server, app):
    def row(number, word):
        cells = [node(number + 1, "TextView", word), node(number + 2, "Button", "edit", flags=CLICK)]
        return node(number, "LinearLayout", w=-1, orientation=0, rid=f"x:id/{word}", children=cells)

    app.show(column(1, row(10, "first"), row(20, "second")))
    edit = call(server, "objInfo", Selector(resourceId="x:id/second").child(text="edit"))
    beside = call(server, "objInfo", Selector(text="second").sibling(className="android.widget.Button"))
    assert edit["bounds"] == beside["bounds"]
    assert edit["bounds"]["top"] > call(server, "objInfo", Selector(text="first"))["bounds"]["top"]
    handle = call(server, "childByText", Selector(className="android.widget.LinearLayout", instance=3),
                  Selector(className="android.widget.Button"), "edit")  # fmt: skip
    assert call(server, "objInfo", handle)["text"] == "edit"
    assert call(server, "objInfo", Selector(text="second"))["bounds"]["top"] == edit["bounds"]["top"]


def test_an_absent_object_is_the_java_exception_with_its_selector(server, app):
    app.show(column(1))
    error = answer(server, "objInfo", Selector(text="no", clickable=True))["error"]
    assert error == {"code": -32001, "message": NOT_FOUND, "data": "UiSelector[TEXT=no, CLICKABLE=true]"}
    assert answer(server, "getText", "no-such-handle")["error"]["message"] == NOT_FOUND
    assert (
        answer(server, "exist", Selector(textMatches="("))["error"]["message"]
        == "java.util.regex.PatternSyntaxException"
    )


def test_waiting_for_an_object_ends_when_it_comes_and_not_before(server, app):
    async def scene():
        app.show(column(1))
        waiting = asyncio.create_task(server.methods.waitForExists(dict(Selector(text="late")), 5000))
        await asyncio.sleep(0.15)
        assert not waiting.done()
        app.show(column(1, node(2, "TextView", "late")))
        assert await asyncio.wait_for(waiting, 1) is True
        began = time.perf_counter()
        assert await server.methods.waitForExists(dict(Selector(text="never")), 100) is False
        assert 0.09 < time.perf_counter() - began < 0.5
        assert await server.methods.waitUntilGone(dict(Selector(text="never")), 100) is True

    asyncio.run(scene())


def test_a_dump_after_a_tap_shows_the_answer_of_an_app_that_needs_a_moment(server, app):
    async def scene():
        app.show(column(1, node(2, "Button", "before", w=-1, h=-1, flags=CLICK)))
        await server.methods.click(500.0, 500.0)
        asyncio.get_running_loop().call_later(0.03, lambda: app.show(column(1, node(2, "TextView", "after"))))
        return await server.methods.dumpWindowHierarchy(False, 50)

    assert "after" in asyncio.run(scene())


def test_scrolling_finds_what_is_far_down(server, app):
    rows = [node(10 + n, "TextView", f"row {n}", w=-1, h=300) for n in range(24)]
    app.show(node(1, "ScrollView", w=-1, h=-1, children=[column(2, *rows, h=-2)]))
    scroller = Selector(scrollable=True)
    assert call(server, "scrollTo", scroller, Selector(text="row 10"), True)
    assert call(server, "exist", Selector(text="row 10"))
    assert call(server, "scrollForward", scroller, True, 2)
    assert call(server, "flingToEnd", scroller, True, 50)
    assert call(server, "exist", Selector(text="row 23"))
    assert not call(server, "scrollForward", scroller, True, 2)
    assert call(server, "flingToBeginning", scroller, True, 50)
    assert call(server, "exist", Selector(text="row 0"))
    assert not call(server, "scrollTo", scroller, Selector(text="row 99"), True)
    assert not call(server, "scrollForward", scroller, False, 2)


def test_text_goes_into_fields_only(server, app):
    app.show(column(1, node(2, "EditText", "old", w=-1, flags=CLICK), node(3, "TextView", "label")))
    assert call(server, "setText", Selector(text="old"), "新的") is True
    assert call(server, "getText", Selector(className="android.widget.EditText")) == "新的"
    assert call(server, "setText", Selector(text="label"), "x") is False
    assert app.events == [("view.text", {"window": 1, "view": 2, "text": "新的"})]


def test_a_screenshot_is_a_jpeg_of_the_screen(server, app):
    app.show(column(1, node(2, "TextView", LONG, w=-1), background="#ff00ff00"))
    image = Image.open(io.BytesIO(base64.b64decode(call(server, "takeScreenshot", 1, 80))))
    assert (image.format, image.size) == ("JPEG", (1080, 2400))
    red, green, blue = image.getpixel((1000, 1500))
    assert green > 240 and red < 20 and blue < 20
    assert Image.open(io.BytesIO(base64.b64decode(call(server, "takeScreenshot", 0.5, 50)))).size == (
        540,
        1200,
    )
    assert http(server, b"GET /screenshot/0 HTTP/1.1\r\n\r\n").partition(b"\r\n\r\n")[2][:2] == b"\xff\xd8"


def test_device_info_has_the_fields_of_the_real_server(server, app):
    app.show(column(1))
    assert call(server, "deviceInfo") == {
        "currentPackageName": "com.acme.shop",
        "displayHeight": 2400,
        "displayRotation": 0,
        "displaySizeDpX": 411,
        "displaySizeDpY": 914,
        "displayWidth": 1080,
        "productName": "twin",
        "screenOn": True,
        "sdkInt": 33,
        "naturalOrientation": True,
    }


def test_a_fault_makes_one_method_fail_as_java_does(device, server):
    device.faults.rpc_errors["dumpWindowHierarchy"] = JavaError("android.os.DeadObjectException", "gone")
    error = answer(server, "dumpWindowHierarchy", False, 50)["error"]
    assert (error["code"], error["message"], error["data"]) == (
        -32001,
        "android.os.DeadObjectException",
        "gone",
    )
    assert call(server, "isScreenOn") is True


def test_a_mistake_of_the_twin_is_an_error_and_not_silence(device, server):
    device.packages.get = lambda name: 1 / 0
    error = answer(server, "launchApp", "com.acme.shop")["error"]
    assert error["message"] == "java.lang.IllegalStateException"
    assert "ZeroDivisionError" in device.journal.of("rpc_crash")[0]["error"]


def test_a_registered_watcher_presses_what_is_in_the_way_of_a_wait(server, app):
    async def scene():
        rpc = server.methods
        app.show(column(1, node(2, "Button", "Skip", w=-1, h=300, flags=CLICK)))
        skip = dict(Selector(text="Skip"))
        await rpc.registerClickUiObjectWatcher("ad", [skip], skip)
        assert not await rpc.waitForExists(dict(Selector(text="never")), 50)
        assert await rpc.hasWatcherTriggered("ad")

    asyncio.run(scene())
    assert ("view.click", 2) in [(event, args["view"]) for event, args in app.events]
