"""Words read from a picture when the tree shows none (canvas, game engines): the optional extra `ocr`.

The extra is rapidocr-onnxruntime from PyPI, whose models lie in the package; nothing is downloaded.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import replace
from functools import cache
from typing import Final, Protocol
from xml.sax.saxutils import quoteattr

from harness.model.errors import InputError
from harness.screen.dialogs import ScreenReading, classify

MIN_SCORE: Final = 0.6
"""Certainty below which a line of writing is left out."""
MAX_LINES: Final = 400
MAX_BYTES: Final = 40 * 1024 * 1024


class _Reader(Protocol):
    def __call__(
        self, picture: bytes
    ) -> tuple[list[tuple[list[list[float]], str, float]] | None, object]: ...


def is_installed() -> bool:
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


def read_picture(blind: ScreenReading, picture: bytes) -> ScreenReading:
    """The blind screen again, with the words of its picture: each line of writing stands for one label that a
    person would touch. The elements say `source="ocr"`. Raises InputError when the extra is not installed."""
    if len(picture) > MAX_BYTES:
        raise InputError(f"a screenshot of {len(picture)} bytes; at most {MAX_BYTES} are read")
    lines = _lines(picture)
    if not lines:
        return blind
    reading = classify(_as_dump(lines, blind.package))
    elements = [element.model_copy(update={"source": "ocr"}) for element in reading.elements]
    return replace(reading, elements=elements, why=f"{reading.why}; read from the picture", blind=True)


def _lines(picture: bytes) -> list[tuple[tuple[int, int, int, int], str]]:
    found, _ = _reader()(picture)
    return [
        (_around(corners), text)
        for corners, text, score in (found or [])[:MAX_LINES]
        if float(score) >= MIN_SCORE and text.strip()
    ]


def _around(corners: list[list[float]]) -> tuple[int, int, int, int]:
    across, down = [point[0] for point in corners], [point[1] for point in corners]
    return int(min(across)), int(min(down)), int(max(across)), int(max(down))


def _as_dump(lines: list[tuple[tuple[int, int, int, int], str]], package: str) -> str:
    right = max(box[2] for box, _ in lines)
    bottom = max(box[3] for box, _ in lines)
    nodes = "".join(
        f'<node text={quoteattr(text)} class="android.widget.TextView" package={quoteattr(package)} '
        f'bounds="[{box[0]},{box[1]}][{box[2]},{box[3]}]"/>'
        for box, text in lines
    )
    outer = f'class="android.view.View" package={quoteattr(package)} bounds="[0,0][{right},{bottom}]"'
    return f"<hierarchy><node {outer}>{nodes}</node></hierarchy>"


@cache
def _reader() -> _Reader:
    if not is_installed():
        raise InputError(
            "the tree shows no words, and reading pictures needs the extra `ocr`: pip install 'harness[ocr]'"
        )
    made: _Reader = importlib.import_module("rapidocr_onnxruntime").RapidOCR()
    return made
