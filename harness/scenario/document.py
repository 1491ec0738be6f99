"""The text of the document in front: as it is shown, scrolled to its end, or from the page's source that the proxy
recorded. Lines that scrolling shows again are taken once; lines that the document repeats stay."""

from __future__ import annotations

import hashlib
import math
import re
import statistics
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

from harness.capture.web_source import MAX_TEXT, WebPage, page_shown, pages_since, refused_since
from harness.model.errors import InputError, RunFailure
from harness.model.event import Document, ScreenElement
from harness.scenario.front import Front, front_of, moved
from harness.scenario.goals import MIN_DOCUMENT, MIN_LIST
from harness.scenario.trail import Means
from harness.scenario.watch import Look
from harness.screen.choice import look_of_text
from harness.screen.tree import Bounds, Node

MAX_SCROLLS: Final = 80
MAX_LINES: Final = 400
"""Lines on the screen that are looked for in a page's source."""
SHARE: Final = 0.7
"""Of its height that a document is moved at a time."""
LOAD_SECONDS: Final = 4.0
"""How long a web page may take to show its words."""
SMALLEST: Final = 30
"""Pixels of a letter that a text too long for its box is supposed to have."""
TIGHTEST: Final = 1.17
"""Line height over letter size that fonts have at least (Roboto's own): letters are at most so large."""
MIN_SAMPLE: Final = 10
"""Characters of a text whose colours are looked at."""
_DENSITY: Final = re.compile(r"(?:Override|Physical) density: (\d+)")
_LISTS: Final = ("sdk_list", "collected_list", "shared_list")

Line = tuple[str, Bounds]


@dataclass(frozen=True, slots=True)
class Shown:
    """What scrolling through it showed."""

    text: str
    complete: bool
    """Its end was reached, and no part was skipped."""
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    text: str
    usable: bool
    """Long enough to be what it is taken for."""
    looks: tuple[Look, ...]
    problem: str


class Reader:
    def __init__(self, means: Means) -> None:
        self._means = means
        self._density: int | None = None

    def keep(self, document: Document, taps: int | None, since_ms: float) -> Kept:
        """Keep the document in front, which a touch at that time opened, with a policy_text event."""
        means = self._means
        lo = means.clock.now_ms()
        first, page = self._loaded(since_ms)
        front = front_of(first)
        titles = front.titles()
        glyph, contrast = self._legible(front)
        if page is not None and _tells_all(page, front):
            shown = Shown("", True, (first,))
            text, came_from = page.text, "web_source"
        else:
            shown = self.shown(first)
            text, came_from = shown.text, "screen"
            longer = page is not None and not page.by_sinkhole and len(page.text) > 2 * len(text)
            if page is not None and longer and len(text) < MIN_DOCUMENT:
                text, came_from = page.text, "web_source"
        text = text[:MAX_TEXT]
        problem = self._problem(document, text, front, page, since_ms)
        answered = page is not None and not page.by_sinkhole
        file = self._file(text.encode(), "txt") if text else ("", "")
        source = (
            self._file(page.source, "html") if page is not None and answered and page.source else ("", "")
        )
        means.recorder.ui(
            "policy_text", lo, means.clock.now_ms(), document=document,
            title=(page.title if came_from == "web_source" and page else next(iter(titles), ""))[:200],
            text=text, complete=shown.complete, problem=problem, taps=taps,
            url=(page.url if page is not None else front.address), status=page.status if page and answered else None,
            came_from=came_from, shown_in="browser" if front.package != means.package else "app",
            text_file=file[0], sha256=file[1], length=len(text), source_file=source[0], source_sha256=source[1],
            glyph_sp=glyph, contrast=contrast, sideways=_sideways(front),
        )  # fmt: skip
        return Kept(text, not problem, shown.looks, problem)

    def shown(self, look: Look, most: int = MAX_SCROLLS) -> Shown:
        """What stands in front, from the look that shows its top, scrolled to its end."""
        front = front_of(look)
        part = front.web or front.body
        frame = [] if part is None else [one.label for one in _own_words(front, None, part)]
        last = _lines(front, part)
        lines = [label for label, _ in last]
        looks = [look]
        complete, patience = False, _hidden(front, part)
        for _ in range(most):
            if part is None or sum(map(len, lines)) > MAX_TEXT:
                complete = part is None
                break
            self._means.finger.scroll(part.bounds, "the rest of the text", share=SHARE)
            after = self._means.watch.last
            assert after is not None
            if not moved(look, after):
                patience -= 1
                if patience < 0:
                    complete = True
                    break
                continue
            front = front_of(after)
            part = front.web or front.body or part
            now = _lines(front, part)
            overlap = repeated(last, now, int(SHARE * (part.bounds[3] - part.bounds[1])))
            if overlap == 0 and last and now:
                return Shown("\n".join([*frame, *lines]), False, tuple(looks))
            lines += [label for label, _ in now[overlap:]]
            look, last = after, now
            looks.append(after)
        return Shown("\n".join([*frame, *lines]), complete, tuple(looks))

    def _loaded(self, since_ms: float) -> tuple[Look, WebPage | None]:
        """The page once it has words, and its source when the proxy recorded it."""
        means = self._means
        deadline = means.clock.now_ms() + LOAD_SECONDS * 1000
        while True:
            began = means.clock.now_ms()
            look = means.watch.look()
            front = front_of(look)
            if front.web is None and not front.is_browser:
                return look, None
            said = [one.label for one in front.said(front.web)]
            pages = pages_since(means.recorder.folder, since_ms)
            page = page_shown(pages, said)
            given_up = page is not None and (page.by_sinkhole or (page.status or 0) >= 400)
            if sum(map(len, said)) >= MIN_LIST or given_up or means.clock.now_ms() >= deadline:
                return look, page
            means.watch.pause(began, 0.3)

    def _problem(
        self, document: Document, text: str, front: Front, page: WebPage | None, since_ms: float
    ) -> str:
        enough = MIN_LIST if document in _LISTS else MIN_DOCUMENT
        is_error = page is not None and not page.by_sinkhole and (page.status or 0) >= 400
        if is_error and page is not None:
            return f"HTTP {page.status}"
        if len(text) >= enough:
            return ""
        short = f"only {len(text)} characters could be read"
        if front.web is None and not front.is_browser:
            return short
        if page is not None and page.by_sinkhole:
            return f"{short}: the proxy answered itself, without a network"
        refused = refused_since(self._means.recorder.folder, since_ms)
        if refused:
            return f"{short}: {', '.join(refused[:3])} refused the proxy's certificate (pinning)"
        if page is not None and page.error:
            return f"{short}: {page.error}"
        return short

    def _file(self, data: bytes, suffix: str) -> tuple[str, str]:
        digest = hashlib.sha256(data).hexdigest()
        return self._means.recorder.document(data, digest, suffix), digest

    # Legibility

    def _legible(self, front: Front) -> tuple[float | None, float | None]:
        """Height of the letters in sp, at most, and the contrast of the longest text in sight."""
        part = front.web or front.body
        said = front.said(part)
        longest = max(said, key=lambda one: len(one.label), default=None)
        density = self._dots()
        if longest is None or density is None or len(longest.label) < MIN_SAMPLE:
            return None, None
        try:
            picture = self._means.watch.screen.screenshot()
            element = ScreenElement(role="body", text=longest.label, bounds=longest.bounds)
            look = look_of_text(element, picture)
        except InputError:
            return None, None
        except RunFailure as failure:
            if failure.kind != "screen_hung":
                raise
            return None, None
        # Of a single line only the height of its own letters is seen, which says less.
        many = longest.bounds[3] - longest.bounds[1] > 1.8 * (look.line_height or math.inf)
        glyph = round(look.line_height / TIGHTEST * 160 / density, 1) if look.line_height and many else None
        return glyph, look.contrast

    def _dots(self) -> int | None:
        """Dots an inch, as the window manager scales by."""
        if self._density is None:
            said = _DENSITY.findall(self._means.phone.shell("wm density").stdout)
            self._density = int(said[-1]) if said else 0
        return self._density or None


def repeated(before: list[Line], after: list[Line], moved_by: int) -> int:
    """How many of the first lines after a scroll were among the last ones before it.

    Where the text repeats itself several answers fit: the one is taken that fits how far the lines went. 0: none
    fits, so something between was never seen."""
    said_before, said_after = [one for one, _ in before], [one for one, _ in after]
    most = min(len(before), len(after))
    fitting = [count for count in range(1, most + 1) if said_before[-count:] == said_after[:count]]
    if len(fitting) < 2:
        return fitting[0] if fitting else 0
    once = Counter(said_before)
    again = Counter(said_after)
    places = {label: bounds for label, bounds in before if once[label] == 1 and again[label] == 1}
    shifts = [
        places[label][side] - bounds[side] for label, bounds in after if label in places for side in (1, 3)
    ]
    shift = statistics.median(shifts) if shifts else moved_by
    bottom = max(bounds[3] for _, bounds in before)
    expected = sum(bounds[3] + shift <= bottom + 8 for _, bounds in after)
    return min(fitting, key=lambda count: (abs(count - expected), -count))


def _tells_all(page: WebPage, front: Front) -> bool:
    """What is on the screen stands in the page's source, and the source is a text."""
    # Some web views tell a whole page as one label.
    lines = [line for one in front.said(front.web) for line in one.label.splitlines()]
    said = [re.sub(r"\s+", "", line)[:60] for line in lines[:MAX_LINES] if len(line.strip()) >= 6]
    if page.by_sinkhole or (page.status or 0) >= 400 or len(page.text) < MIN_DOCUMENT or len(said) < 2:
        return False
    whole = re.sub(r"\s+", "", page.text)
    return sum(one in whole for one in said) >= 0.8 * len(said)


def _lines(front: Front, part: Node | None) -> list[Line]:
    return [(one.label, one.bounds) for one in _own_words(front, part, None)]


def _own_words(front: Front, inside: Node | None, outside: Node | None) -> list[Node]:
    """Labels in one part, or outside another; a parent that says the same as the node in it is not one."""
    said = front.said(inside)
    if outside is not None:
        said = [one for one in said if not outside.index <= one.index < outside.end]
    return [
        one
        for one in said
        if not any(other.label == one.label for other in front.tree.nodes[one.index + 1 : one.end])
    ]


def _hidden(front: Front, part: Node | None) -> int:
    """How many scrolls may pass before the end of a text that is longer than its box: the tree shows the same
    words in the same place while it moves."""
    if part is None:
        return 0
    height = max(1, part.bounds[3] - part.bounds[1])
    longest = max((_tall(one) for one in front.said(part)), default=0)
    return min(12, math.ceil(longest / (SHARE * height))) if longest > 1.3 * height else 0


def _tall(node: Node) -> int:
    units = sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.5 for one in node.label)
    lines = math.ceil(units * SMALLEST / max(SMALLEST, node.bounds[2] - node.bounds[0]))
    return int(lines * SMALLEST * 1.2)


def _sideways(front: Front) -> bool | None:
    """Whether the text lies in something that is moved sideways; of web pages the tree does not tell."""
    if front.web is not None:
        return None
    longest = max(front.said(front.body), key=lambda one: len(one.label), default=None)
    if longest is None:
        return None
    return any("HorizontalScroll" in one.cls for one in front.tree.ancestors(longest))
