"""Words in pictures, read by the real reader (the extra `ocr`)."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from harness.model.errors import InputError
from harness.screen import picture as reader
from harness.screen.dialogs import classify
from harness.testing import HEIGHT, WIDTH, draw, image, page

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
BLIND = draw(page(image(size=(WIDTH, HEIGHT))))


def drawn(*lines):
    """(y, words): white paper, black letters."""
    paper = Image.new("RGB", (WIDTH, HEIGHT), "#ffffff")
    pen = ImageDraw.Draw(paper)
    font = ImageFont.truetype(str(FONT), 48)
    for x, y, words in lines:
        pen.text((x, y), words, fill="#000000", font=font)
    out = io.BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


@pytest.mark.skipif(not reader.is_installed() or not FONT.exists(), reason="the extra ocr is not installed")
def test_chinese_drawn_on_a_canvas_is_found():
    shot = drawn(
        (380, 600, "隐私政策提示"),
        (100, 760, "请您阅读并同意《用户协议》和《隐私政策》，"),
        (100, 840, "我们会收集和使用您的个人信息。"),
        (200, 1100, "不同意"),
        (700, 1100, "同意"),
    )
    blind = classify(BLIND)
    assert blind.blind
    reading = reader.read_picture(blind, shot)
    [agree], [refuse] = reading.touchable("agree"), reading.touchable("refuse")
    assert agree.text == "同意" and refuse.text == "不同意"
    assert abs(agree.tap[0] - 748) < 40 and abs(agree.tap[1] - 1126) < 30
    assert {one.source for one in reading.elements} == {"ocr"} and reading.blind


@pytest.mark.skipif(not reader.is_installed(), reason="the extra ocr is not installed")
def test_an_empty_picture_stays_unknown():
    out = io.BytesIO()
    Image.new("RGB", (400, 800), "#ffffff").save(out, "PNG")
    assert reader.read_picture(classify(BLIND), out.getvalue()).kind == "unknown"


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(reader, "is_installed", lambda: False)
    reader._reader.cache_clear()
    with pytest.raises(InputError, match="harness\\[ocr\\]"):
        reader.read_picture(classify(BLIND), b"")
