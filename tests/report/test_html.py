"""The report is one file that needs nothing else, and nothing an app says can act in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from PIL import Image
from run_builder import NOTICE, build

from harness.report.html import html_report, write_html
from harness.report.safe_text import visible
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.verdict import fold

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e{{7*7}}\x1b[31m'
SENT = {
    "at": 1.2,
    "flow": "https://collect.acme-metrics.example/v1",
    "body": {"d": "9F2C44D1A8E07B35", "x": HOSTILE},
}
READ = {"at": 0.8, "read": "android_id", "by": "acme-metrics"}
VOID = {"meta", "input", "img", "br", "link"}


def report_of(path, case):
    folder = build(path, case)
    timeline = build_timeline(folder)
    facts = folder.facts()
    verdict = fold(judge(timeline, facts, facts.profile), facts)
    write_html(folder, timeline, verdict)
    return folder, html_report(folder, timeline, verdict)


class Parsed(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag


@pytest.fixture(scope="module")
def eager(tmp_path_factory):
    box = {"role": "checkbox", "text": f"同意隐私政策 {HOSTILE}", "bounds": [0, 0, 9, 9], "checked": True}
    case = {
        "SC01": {
            "notice": {"kind": "privacy_popup", "elements": [*NOTICE["elements"], box]},
            "add": [
                READ,
                SENT,
                {"at": [4, 4.4], "opaque": "sync.vault.example"},
                {"at": 5, "death": HOSTILE},
            ],
        },
        "SC03": {"add": [{"at": [2.9, 3.3], "read": "mac_address"}]},
        "SC05": {"add": [{"at": 9, "read": "imei"}]},
    }
    return report_of(tmp_path_factory.mktemp("html") / "run", case)


def test_it_loads_nothing_and_runs_nothing(eager):
    _, html = eager
    tags = Parsed(html).tags
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in tags}
    for tag, attributes in tags:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        for name in ("src", "href", "srcset", "action"):
            target = attributes.get(name)
            assert target is None or target.startswith(("data:image/", "#")), (tag, target)
    policy = next(a["content"] for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy and "script" not in policy
    assert not re.search(r"url\(|@import", html)


def test_every_tag_is_closed(eager):
    parsed = Parsed(eager[1])
    assert parsed.open == []


def test_hostile_strings_are_shown_and_cannot_act(eager):
    _, html = eager
    assert "<script>alert(1)" not in html and "onerror=alert(2)>" not in html.replace("&gt;", "›")
    assert "&lt;script&gt;alert(1)" in html
    assert "\u202e" not in html and "\x1b" not in html
    assert "{{7*7}}" in html


def test_it_holds_what_a_reader_needs(eager):
    _, html = eager
    for words in (
        "Acme Metrics (SDK)", "collect.acme-metrics.example", "com.acme.metrics.Collector.start:31",
        "json:/d",
        "0.7 s before the first consent question", "首次征求同意前0.7秒", "sync.vault.example",
        "What was not seen",
        "Build.MODEL", "CVERC-08", "CN191-3.1", "征得同意前就收集个人信息或打开权限", "seen in part",
        "(pace 0.2; the full window is 75 s)",
    ):  # fmt: skip
        assert words in html, words


def test_the_timeline_is_to_scale(eager):
    _, html = eager
    marks = re.findall(
        r'<rect class="m m-(?:obtained|carrying)[^"]*" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', html
    )
    read, sent = (float(x) for x, _ in marks[:2])
    first = html.split("</svg>")[0]
    tick, seconds = map(
        float, re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="middle">(\d+) s', first)[-1]
    )
    scale = (tick - 130) / seconds
    assert (read - 130) / scale == pytest.approx(0.8, abs=0.03)
    assert (sent - 130) / scale == pytest.approx(1.2, abs=0.03)
    assert 'class="m m-obtained interval"' in html, "a read that straddles is a bar"


def test_a_run_with_nothing_in_it_still_has_a_report(tmp_path):
    folder = build(tmp_path / "run", {})
    for path in (folder.path / "raw").iterdir():
        path.unlink()
    timeline = build_timeline(folder)
    html = html_report(folder, timeline, fold(judge(timeline, folder.facts(), "cn-default"), folder.facts()))
    assert "No scenario began." in html and Parsed(html).open == []


def test_pictures_are_embedded_small_and_broken_ones_left_out(tmp_path):
    good, broken, foreign = "a" * 64, "b" * 64, "../" + "c" * 61
    screens = [{"at": [6 + i, 6.2 + i], "screen": "other"} for i in range(3)]
    folder = build(tmp_path / "run", {"SC01": {"add": screens}})
    Image.new("RGB", (1080, 2340), "white").save(folder.path / f"screens/{good}.png")
    (folder.path / f"screens/{broken}.png").write_bytes(b"\x89PNG\r\n\x1a\nnonsense")
    path = folder.path / "raw/ui.jsonl"
    names = iter([good, broken, foreign])
    lines = []
    for line in path.read_text().splitlines():
        record = json.loads(line)
        if record.get("event", {}).get("kind") == "screen" and record["event"]["screen_kind"] == "other":
            name = next(names, None)
            if name is not None:
                record["event"]["screenshot"] = f"screens/{name}.png"
        lines.append(json.dumps(record))
    path.write_text("\n".join(lines) + "\n")
    timeline = build_timeline(folder)
    html = html_report(folder, timeline, fold(judge(timeline, folder.facts(), "cn-default"), folder.facts()))
    assert html.count("data:image/jpeg;base64,") == 1
    assert "Pictures left out: " in html and len(html) < 500_000


def test_many_events_do_not_make_a_large_report(tmp_path):
    reads = [{"at": 3 + i / 400, "read": "android_id", "by": "acme-metrics"} for i in range(4000)]
    _, html = report_of(tmp_path / "run", {"SC01": {"add": reads}})
    assert len(html) < 600_000
    assert "4000 times" in html


def test_text_that_steers_is_made_visible():
    assert visible("a\x1b[31mb\u202ec\nd") == "a�[31mb�c d"
    assert visible("x" * 30, 10) == "x" * 10 + "…"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
@pytest.mark.parametrize("width", [1280, 400])
def test_a_browser_shows_it_without_a_word_of_complaint(eager, tmp_path, width):
    folder, _ = eager
    shot = tmp_path / "shot.png"
    said = subprocess.run(
        [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--enable-logging=stderr", f"--window-size={width},1200", f"--screenshot={shot}",
            (folder.path / "report.html").as_uri(),
        ],
        capture_output=True, timeout=60, text=True, check=True,
    )  # fmt: skip
    assert "CONSOLE" not in said.stderr, said.stderr
    image = Image.open(shot).convert("L")
    assert image.size[0] == width
    assert len(set(image.resize((64, 64)).getdata())) > 10, "the picture is not blank"
