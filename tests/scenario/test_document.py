"""The text of a document: every line once, in order, whatever scrolling repeats or the tree hides."""

from __future__ import annotations

import hashlib
import json
import random

import pytest

from harness.capture.har import Body, Exchange, entry
from harness.model.result import AppFacts
from harness.model.run_folder import FLOWS, RunFolder
from harness.scenario.document import repeated
from harness.scenario.load import parse_scenario
from harness.scenario.record import Recorder
from harness.scenario.walk import walk
from harness.testing import ScriptedDevice, View, button, column, draw, page, text

APP = AppFacts(package="com.x", version_name="1", version_code=1, label="X", sha256="0" * 64, target_sdk=33)
PER_PAGE = 20


class Paper(ScriptedDevice):
    """First a page with a link; behind it a document that scrolls by pixels, as a phone shows it."""

    lines: list[str] = []
    offset = 0
    part = "android.widget.ScrollView"
    on_open = None

    def _xml(self):
        if self.at != "paper":
            return super()._xml()
        shown = self.lines[self.offset : self.offset + PER_PAGE]
        body = column(*(text(one) for one in shown), flags=("scrollable",), cls=self.part)
        return draw(page(text("隐私政策"), body))

    def tap(self, x, y):
        super().tap(x, y)
        if self.at == "paper" and self.on_open:
            self.on_open(self)

    def swipe(self, x1, y1, x2, y2):
        self.done.append("swipe")
        self._now += self.call_seconds
        most = max(0, len(self.lines) - PER_PAGE)
        # One line is 60 pixels high here.
        self.offset = max(0, min(most, self.offset + round((y1 - y2) / 60)))


@pytest.fixture
def read(tmp_path):
    def run(lines, part="android.widget.ScrollView", serve=None, kind=Paper):
        first = draw(page(text("天气"), button("隐私政策")))
        phone = kind(
            {"first": first, "paper": ""}, {("first", "隐私政策"): "paper", ("paper", "back"): "first"}
        )
        phone.lines, phone.part = lines, part
        folder = RunFolder.create(tmp_path / "run")
        if serve is not None:
            phone.on_open = lambda it: serve(folder, it)
        plan = parse_scenario(
            "id: SC90-own\ntitle: own\nsteps:\n  - {launch: app}\n  - {goto: policy}\n", "t.yaml"
        )
        walk(plan, phone, phone, Recorder(folder), APP, 1.0, lambda _: None, phone)
        folder.close()
        told = [json.loads(one) for one in (tmp_path / "run/raw/ui.jsonl").read_text().splitlines()]
        events = [one["event"] for one in told if one.get("event", {}).get("kind") == "policy_text"]
        return events[0], tmp_path / "run", phone

    return run


def sentences(count, seed=1, repeats=0.0):
    choice = random.Random(seed)
    made = []
    for number in range(count):
        if made and choice.random() < repeats:
            made.append(choice.choice(made[-6:]))
        else:
            made.append(f"第{number}条 我们收集{choice.choice(('设备', '位置', '账号'))}信息，用于提供服务。")
    return made


@pytest.mark.parametrize(("count", "repeats"), [(5, 0), (21, 0), (200, 0), (137, 0.5), (90, 0.9)])
def test_every_line_is_kept_once_and_repeated_lines_stay(read, count, repeats):
    lines = sentences(count, seed=count, repeats=repeats)
    document, path, _ = read(lines)
    if sum(map(len, lines)) < 200:
        assert "characters could be read" in document["problem"]
    assert document["text"].splitlines() == ["隐私政策", *lines] and document["complete"]
    assert document["sha256"] == hashlib.sha256(document["text"].encode()).hexdigest()
    assert (path / document["text_file"]).read_text() == document["text"] and document["length"] == len(
        document["text"]
    )


def test_a_scroll_that_went_too_far_leaves_the_text_incomplete(read):
    class Flings(Paper):
        def swipe(self, x1, y1, x2, y2):
            super().swipe(x1, y1 + 3000, x2, y2)

    document, _, _ = read(sentences(300), kind=Flings)
    assert not document["complete"]


def test_what_follows_a_text_longer_than_the_screen_is_reached(read):
    class Tall(Paper):
        """One text of four screens: the tree shows it the same while it moves."""

        swipes = 0

        def _xml(self):
            if self.at != "paper":
                return ScriptedDevice._xml(self)
            shown = (
                [text("我们收集设备信息，用于提供服务。" * 260)]
                if self.swipes < 4
                else [text("附录：第三方SDK清单")]
            )
            for one in shown:
                one.size = (1080, 2000)
            return draw(page(text("隐私政策"), column(*shown, flags=("scrollable",), cls=self.part)))

        def swipe(self, x1, y1, x2, y2):
            self._now += self.call_seconds
            self.swipes += 1

    document, _, _ = read([], kind=Tall)
    # The appendix follows without an overlap, so the text says that something may be missing between.
    assert "我们收集设备信息" in document["text"] and not document["complete"]


def html(lines):
    return (
        f"<html><title>Policy</title><body>{''.join(f'<p>{one}</p>' for one in lines)}</body></html>".encode()
    )


def answered(body, status=200, by="server"):
    def serve(folder, phone):
        at = phone.now_ms()
        exchange = Exchange(
            method="GET", url="https://policy.example/app", http_version="HTTP/2",
            request_headers=[(b"accept", b"text/html")],
            request_body=Body(b""), wall_start=1.7e9, start_ms=at, request_end_ms=at, response_start_ms=at,
            response_end_ms=at, status=status, response_headers=[(b"content-type", b"text/html")],
            response_body=Body(body, len(body)),
        )  # fmt: skip
        folder.append(
            FLOWS, entry(exchange, {"host_ms_request_start": at, "answered_by": by, "selftest": False})
        )

    return serve


def test_a_web_pages_source_tells_all_of_it_without_scrolling(read):
    lines = sentences(120)
    document, path, phone = read(lines, "android.webkit.WebView", answered(html(lines)))
    assert document["came_from"] == "web_source" and document["text"].splitlines() == lines
    assert (document["url"], document["status"], document["complete"]) == (
        "https://policy.example/app",
        200,
        True,
    )
    assert (path / document["source_file"]).read_bytes() == html(lines)
    assert document["source_sha256"] == hashlib.sha256(html(lines)).hexdigest() and "swipe" not in phone.done


def test_a_page_that_the_tree_tells_as_one_label_is_known_by_its_lines(read):
    lines = sentences(90)
    document, _, phone = read(["\n\n".join(lines)], "android.webkit.WebView", answered(html(lines)))
    assert document["came_from"] == "web_source" and "swipe" not in phone.done


def test_a_page_of_another_text_than_its_source_is_read_from_the_screen(read):
    lines = sentences(60)
    document, _, _ = read(lines, "android.webkit.WebView", answered(b"<html><script>app()</script></html>"))
    assert document["came_from"] == "screen" and document["text"].splitlines() == ["隐私政策", *lines]


def test_a_blank_page_is_read_from_its_source(read):
    lines = sentences(30)
    document, _, _ = read([], "android.webkit.WebView", answered(html(lines)))
    assert (
        document["came_from"] == "web_source" and document["problem"] == "" and lines[29] in document["text"]
    )


def test_an_error_page_is_told_by_its_status(read):
    lines = ["没有找到您要的页面", "请稍后再试或返回首页查看其他内容"] * 10
    document, _, _ = read(lines, "android.webkit.WebView", answered(html(lines), status=404))
    assert document["status"] == 404 and document["problem"] == "HTTP 404"


def test_what_the_proxy_answered_itself_says_nothing_of_the_page(read):
    document, _, _ = read([], "android.webkit.WebView", answered(b"<title></title>", by="sinkhole"))
    assert document["status"] is None and "without a network" in document["problem"]


def test_overlaps_are_told_by_places_where_words_do_not_decide():
    def at(labels, top):
        return [(label, (0, top + 60 * i, 1080, top + 60 * i + 60)) for i, label in enumerate(labels)]

    before = at(["a", "b", "same", "same", "same", "same"], 0)
    # Moved by two lines: four of what shows was there before, two are new although they read the same.
    assert repeated(before, at(["same"] * 6, 0), 120) == 4
    assert repeated(before, at(["same", "same", "c"], 0), 240) == 2
    assert repeated(before, at(["x", "y"], 0), 120) == 0


def test_a_web_page_that_has_not_loaded_is_waited_for(read):
    class Slow(Paper):
        opened = None

        def _xml(self):
            if self.at == "paper":
                self.opened = self.opened or self._now
                if self._now - self.opened < 2.5:
                    return draw(page(text("隐私政策"), View("android.webkit.WebView")))
            return super()._xml()

    lines = sentences(40)
    document, _, _ = read(lines, "android.webkit.WebView", kind=Slow)
    assert lines[39] in document["text"]
