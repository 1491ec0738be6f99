"""screenrecord: what the screen shows, as a film."""

from __future__ import annotations

import asyncio
import io
import time
from typing import Final

from PIL import Image

from harness.twin.command import Run, Usage, command
from harness.twin.mp4 import Film

LIMIT_S: Final = 180
"""As on a phone."""
FRAME_S: Final = 0.2
STILL_S: Final = 5.0
"""A picture stands no longer than this: what passes unnoticed, such as the clock, shows by then."""


@command("screenrecord")
async def screenrecord(run: Run) -> int:
    """screenrecord [--time-limit S] [--size WxH] [--bit-rate N] FILE: up to five pictures a second, half the size.

    It ends at its limit, or when it is interrupted (SIGINT): the film is whole either way.
    """
    options = run.options(
        words=("--verbose", "--version"), valued_words=("--time-limit", "--size", "--bit-rate")
    )
    if "version" in options:
        await run.line("1.3")
        return 0
    limit = options.value("time-limit", str(LIMIT_S))
    if not limit.isdigit() or not 1 <= int(limit) <= LIMIT_S:
        return await run.fail(f"Time limit {limit}s outside acceptable range [1,{LIMIT_S}]", 2)
    if len(options.rest) != 1:
        raise Usage("Must specify output file (see --help).", 2)
    width, height = _size(run, options.value("size"))
    path = run.device.files.check_write(options.rest[0], run.shell.cwd)
    run.device.faults.check_disk()
    run.device.journal.write("screenrecord", path=options.rest[0])
    film = Film(path, width, height)
    shown, picture, since = run.device.windows.shows, await _picture(run, width, height), time.monotonic()
    end = since + int(limit)
    try:
        while (now := time.monotonic()) < end:
            await asyncio.sleep(min(FRAME_S, end - now))
            run.device.faults.check_disk()
            shows = run.device.windows.shows
            # As on a phone, a screen that stays gives no new picture.
            if shows == shown and time.monotonic() - since < STILL_S:
                continue
            following, then = await _picture(run, width, height), time.monotonic()
            film.add(picture, round((then - since) * 1000))
            shown, picture, since = shows, following, then
    finally:
        # Interrupted or not, the last picture stands until now.
        film.add(picture, round((time.monotonic() - since) * 1000))
        film.close()
    return 0


def _size(run: Run, text: str) -> tuple[int, int]:
    """Even numbers, as encoders want them; half of the screen when nothing is asked for."""
    width, height = run.device.windows.width // 2, run.device.windows.height // 2
    if text:
        one, _, other = text.partition("x")
        if not (one.isdigit() and other.isdigit() and 16 <= int(one) <= 4096 and 16 <= int(other) <= 4096):
            raise Usage(f"Invalid size '{text}', must be width x height", 2)
        width, height = int(one), int(other)
    return width // 2 * 2, height // 2 * 2


async def _picture(run: Run, width: int, height: int) -> bytes:
    return await asyncio.to_thread(_jpeg, run.device.windows.screenshot(), width, height)


def _jpeg(image: Image.Image, width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    image.convert("RGB").resize((width, height)).save(buffer, "JPEG", quality=70)
    return buffer.getvalue()
