"""How a question was put is measured from what the run folder holds."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from harness.model.event import Evidence, Screen, ScreenElement
from harness.timeline.chosen import with_designs

AGREE = ScreenElement(role="agree", text="同意", bounds=(100, 600, 500, 700), tap=(300, 650))
REFUSE = ScreenElement(role="refuse", text="不同意", bounds=(200, 740, 400, 800), tap=(300, 770))
BODY = ScreenElement(role="body", text="请阅读《隐私政策》", bounds=(60, 200, 540, 500))


def seen(kind="privacy_popup", shot="screens/a.png", elements=(BODY, AGREE, REFUSE)):
    return Screen(
        id="ui-1", t_lo=0, t_hi=1, source="driver", evidence=Evidence(file="raw/ui.jsonl", line=1),
        screen_kind=kind, package="com.app", elements=list(elements), dump_sha256="0" * 64, screenshot=shot,
    )  # fmt: skip


def stored(folder):
    picture = Image.new("RGB", (600, 1000), "#ffffff")
    pen = ImageDraw.Draw(picture)
    pen.rectangle(AGREE.bounds, fill="#1677ff")
    pen.rectangle((250, 640, 350, 660), fill="#ffffff")
    pen.rectangle((250, 760, 350, 780), fill="#bbbbbb")
    pen.rectangle((80, 300, 400, 320), fill="#000000")
    out = io.BytesIO()
    picture.save(out, "PNG")
    (folder / "screens").mkdir()
    (folder / "screens/a.png").write_bytes(out.getvalue())


def test_a_button_beside_bare_words_is_told_from_the_stored_picture(tmp_path):
    stored(tmp_path)
    [screen] = with_designs([seen()], tmp_path)
    assert screen.design.agree.filled is True and screen.design.refuse.filled is False
    assert screen.design.agree.ground == "#1677ff" and screen.design.size_ratio == 3.33
    assert screen.design.contrast_ratio > 2


def test_without_its_picture_only_what_the_tree_tells_is_there(tmp_path):
    for shot in (None, "screens/a.png", "../outside.png"):
        [screen] = with_designs([seen(shot=shot)], tmp_path)
        assert screen.design.agree.contrast is None and screen.design.agree.filled is None
        assert screen.design.steps_to_refuse == 1
    (tmp_path / "screens").mkdir()
    (tmp_path / "screens/a.png").write_bytes(b"\x89PNG cut off")
    [screen] = with_designs([seen()], tmp_path)
    assert screen.design.agree.contrast is None


def test_a_screen_without_a_choice_has_no_design(tmp_path):
    [screen] = with_designs([seen(kind="other")], tmp_path)
    assert screen.design is None
