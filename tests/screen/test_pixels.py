"""Boxes as apps draw them: what is in their middle tells whether they are ticked."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from harness.screen.pixels import Picture

BOX = (100, 100, 148, 148)


def drawn(paint, ground="#ffffff"):
    image = Image.new("RGB", (400, 300), ground)
    paint(ImageDraw.Draw(image))
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue())


def circle(pen):
    pen.ellipse(BOX, outline="#999999", width=3)


def square(pen):
    pen.rectangle(BOX, outline="#333333", width=4)


def tick(pen):
    pen.rectangle(BOX, fill="#1677ff")
    pen.line((110, 126, 120, 136, 138, 112), fill="#ffffff", width=5)


def thin_tick(pen):
    square(pen)
    pen.line((108, 124, 121, 138, 140, 108), fill="#333333", width=4)


def dot(pen):
    circle(pen)
    pen.ellipse((114, 114, 134, 134), fill="#07c160")


def hint(pen):
    circle(pen)
    pen.line((110, 126, 120, 136, 138, 112), fill="#e4e4e4", width=6)


@pytest.mark.parametrize(
    ("paint", "ground", "ticked"),
    [
        (circle, "#ffffff", False),
        (square, "#ffffff", False),
        (tick, "#ffffff", True),
        (thin_tick, "#ffffff", True),
        (dot, "#ffffff", True),
        (dot, "#1f1f1f", True),
        (circle, "#1f1f1f", False),
        (hint, "#ffffff", None),
    ],
)
def test_a_box_is_ticked_when_something_stands_out_in_its_middle(paint, ground, ticked):
    assert drawn(paint, ground).is_ticked(BOX) is ticked


def test_what_is_too_large_or_outside_is_no_box():
    picture = drawn(circle)
    assert picture.is_ticked((0, 0, 400, 200)) is None
    assert picture.is_ticked((900, 900, 948, 948)) is None
