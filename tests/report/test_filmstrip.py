"""The filmstrip shows every screen with its touches, needs no other file, and links the film."""

from __future__ import annotations

import pytest
from PIL import Image
from run_builder import PACKAGE, build

from harness.report.filmstrip import FILMSTRIP, strips_of, write_filmstrip
from harness.report.html import html_report
from harness.rules.judge import judge
from harness.timeline.build import build_timeline
from harness.verdict import fold

SHOT = f"screens/{'a' * 64}.png"
HOSTILE = "<script>alert(1)</script>\u202e"


def event(kind, lo, hi, **fields):
    line = {"host_lo_ms": lo, "host_hi_ms": hi, "event": {"kind": kind, **fields}}
    return {"file": "raw/ui.jsonl", "record": line}


CASE = {
    "scenarios": ["SC01", "SC03"],
    "raw": [
        event("recording", 9_900, 20_000, scenario="SC01", path="video/SC01-0005009900.mp4"),
        event("recording", 30_000, 30_100, scenario="SC03", detail="the phone films nothing: not found"),
        event(
            "screen", 14_000, 14_200, screen_kind="privacy_popup", package=PACKAGE, why=HOSTILE, confidence="high",
            dump_sha256="b" * 64, screenshot=SHOT,
        ),
        event("tap", 14_500, 14_600, role="policy_link", text=HOSTILE, point=[540, 600], reason="to read it"),
        event("tap", 14_700, 14_800, role="back", reason="back again", changed=False),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = build(tmp_path_factory.mktemp("strip") / "run", CASE)
    Image.new("RGB", (1080, 2400), "#88aadd").save(folder.path / SHOT)
    return folder, build_timeline(folder)


def test_each_screen_shows_its_touches_where_they_were_made(run):
    folder, timeline = run
    first, _ = strips_of(folder.path, timeline)
    frame = next(frame for frame in first.frames if frame.full == SHOT)
    assert frame.confidence == "high" and frame.picture.startswith("data:image/jpeg")
    touch, key = frame.touches
    assert (touch.left, touch.top, touch.reason) == (50.0, 25.0, "to read it")
    assert key.left is None and key.changed is False


def test_a_touch_belongs_to_the_screen_that_it_was_chosen_from(tmp_path):
    """What it led to was looked for from the moment before the touch."""
    tap = event("tap", 14_500, 14_600, role="agree", point=[1, 1], reason="x", dump_before="b" * 64)
    after = event("screen", 14_400, 14_700, screen_kind="other", package=PACKAGE, dump_sha256="c" * 64)
    asks = event("screen", 14_000, 14_200, screen_kind="cmp_banner", package=PACKAGE, dump_sha256="b" * 64)
    folder = build(tmp_path / "run", {"scenarios": ["SC01"], "raw": [asks, tap, after]})
    [strip] = strips_of(folder.path, build_timeline(folder))
    touched = [frame.kind for frame in strip.frames for touch in frame.touches if touch.role == "agree"]
    assert touched == ["cmp_banner"]


def test_the_film_is_linked_and_its_absence_explained(run):
    folder, timeline = run
    first, second = strips_of(folder.path, timeline)
    assert [piece.path for piece in first.pieces] == ["video/SC01-0005009900.mp4"] and not first.no_film
    assert second.no_film == "the phone films nothing: not found" and not second.pieces
    facts = folder.facts()
    report = html_report(folder, timeline, fold(judge(timeline, facts, facts.profile), facts))
    assert f'href="{FILMSTRIP}"' in report and 'href="video/SC01-0005009900.mp4"' in report
    assert "无录像" in report and "not found" in report


def test_nothing_an_app_says_acts_in_it(run):
    folder, timeline = run
    write_filmstrip(folder, timeline)
    html = (folder.path / FILMSTRIP).read_text(encoding="utf-8")
    assert "<script" not in html and "\u202e" not in html and "&lt;script&gt;" in html
    assert "default-src 'none'" in html
