"""What lies behind a finding: the call with its stack, the request with what was decoded from it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from harness.model.data_type import NAMES
from harness.model.event import (
    ApiCall,
    Control,
    Crawl,
    Flow,
    Health,
    OpaqueConnection,
    Permission,
    PolicyText,
    Process,
    Screen,
    Tap,
    TimelineEvent,
)
from harness.model.run_folder import FLOWS, RunFolder
from harness.report.safe_text import visible
from harness.report.shots import small_picture
from harness.timeline.lines import read_lines
from harness.timeline.timeline import Segment, Timeline

MOST_SHOWN: Final = 12
"""Events shown for one finding; the rest is counted and stays in timeline.jsonl."""
MOST_BODIES: Final = 200
LONGEST_BODY: Final = 4000


@dataclass(frozen=True, slots=True)
class Exhibit:
    id: str
    when: str
    """Seconds after its scenario began."""
    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    found: list[tuple[str, str, str, str]] = field(default_factory=list)
    """(what, where, decodings from outside in, excerpt)"""
    body: str = ""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    """(what was touched, data URI of what it led to): a path through the app."""
    source: str = ""
    """File and line of the raw record."""


class Exhibits:
    """Loads request bodies once, for all findings."""

    def __init__(self, folder: RunFolder, timeline: Timeline, wanted: Iterable[str]) -> None:
        self._timeline = timeline
        self._folder = folder.path
        events = (timeline.event(one) for one in dict.fromkeys(wanted))
        flows = islice((event for event in events if isinstance(event, Flow)), MOST_BODIES)
        lines = {flow.evidence.line for flow in flows}
        self._bodies = {
            line.number: _body(line.record)
            for line in (read_lines(folder.path / FLOWS) if lines else ())
            if line.number in lines and line.record is not None
        }

    def of(self, ids: list[str]) -> list[Exhibit]:
        found = (self._timeline.event(one) for one in ids[:MOST_SHOWN])
        return [self._exhibit(event) for event in found if event is not None]

    def _exhibit(self, event: TimelineEvent) -> Exhibit:
        title, facts = _said(event)
        line = f":{event.evidence.line}" if event.evidence.line else ""
        stack = [visible(frame, 300) for frame in getattr(event, "stack", [])[:64]]
        found: list[tuple[str, str, str, str]] = []
        body = ""
        if isinstance(event, Flow):
            found = [
                (
                    NAMES[one.data_type][0],
                    visible(one.where, 100),
                    visible(" → ".join(one.decodings) or "plain", 300),
                    visible(one.excerpt, 200),
                )
                for one in event.found
            ]
            body = self._bodies.get(event.evidence.line or 0, "")
        return Exhibit(
            id=event.id, when=self._when(event), title=visible(title, 400), stack=stack, found=found,
            body=body, pictures=self._pictures(event),
            facts=[(name, visible(value, 1000)) for name, value in facts if value],
            source=f"{event.evidence.file}{line}",
        )  # fmt: skip

    def _pictures(self, event: TimelineEvent) -> list[tuple[str, str]]:
        if not isinstance(event, Crawl):
            return []
        steps = [("start", event.start_screenshot), *((step.label, step.screenshot) for step in event.path)]
        shown = ((label, small_picture(self._folder, name)) for label, name in steps[:MOST_SHOWN] if name)
        return [(visible(label, 60), picture.data_uri) for label, picture in shown if picture is not None]

    def _when(self, event: TimelineEvent) -> str:
        segment = next((one for one in self._timeline.segments if _holds(one, event)), None)
        if segment is None:
            return ""
        lo, hi = (event.t_lo - segment.begin.lo) / 1000, (event.t_hi - segment.begin.lo) / 1000
        span = f"{lo:.3f} s" if hi - lo < 0.01 else f"{lo:.3f}–{hi:.3f} s"
        return f"{segment.id} +{span}"


def _holds(segment: Segment, event: TimelineEvent) -> bool:
    return segment.begin.lo <= event.t_hi and event.t_lo <= segment.end.hi


def _said(event: TimelineEvent) -> tuple[str, list[tuple[str, str]]]:
    process = f"{event.process or '?'} ({event.pid})" if event.pid else ""
    match event:
        case ApiCall():
            return event.api, [
                ("arguments", ", ".join(event.arguments)), ("result", event.result),
                ("threw", event.exception or ""), ("value SHA-256", ", ".join(event.value_digests[:4])),
                ("decided by frame", event.actor.frame or ""), ("process", process),
            ]  # fmt: skip
        case Flow():
            return f"{event.method} {event.scheme}://{event.host}{event.path}", [
                ("answered by", event.answered_by), ("status", str(event.status or "")),
                ("request bytes", str(event.request_bytes)), ("not decoded", "; ".join(event.decode_errors)),
            ]  # fmt: skip
        case OpaqueConnection():
            return f"{event.host}:{event.port} {event.reason}", [
                ("detail", event.detail), ("bytes sent", str(event.bytes_sent)),
            ]  # fmt: skip
        case Permission():
            asked = event.action == "requested"
            return f"{event.action} {event.permission}", [
                ("process", process), ("asked by", event.actor.name if event.actor.name != "unattributed" else ""),
                ("after the driver's", (event.trigger or "nothing") if asked else ""),
                ("dialog", event.dialog), ("window", event.window or ""), ("answer", event.answer or ""),
                ("answers", event.request or ""), ("asked before", str(event.repeats) if asked else ""),
            ]  # fmt: skip
        case Screen():
            elements = "; ".join(f"{one.role} {one.text!r}" + _tick(one.checked) for one in event.elements)
            return f"screen {event.screen_kind}", [
                ("package", event.package), ("told by", " ".join((event.confidence or "", event.why)).strip()),
                ("elements", elements),
            ]  # fmt: skip
        case Tap():
            return f"tap {event.role} {event.text!r}", [
                ("reason", event.reason),
                ("changed", str(event.changed)),
            ]
        case Process():
            return f"{event.process} {event.action}", [("cause", event.cause), ("pid", str(event.pid or ""))]
        case Health():
            return f"{event.gate}: {'healthy' if event.healthy else 'not healthy'}", [
                ("reason", event.reason)
            ]
        case Crawl():
            way = " > ".join(step.label for step in event.path)
            return f"search for {', '.join(event.looked_for)}: {event.outcome or event.complete}", [
                ("path", way), ("shortest", _known(event.shortest)),
                ("taps tried to the last", _known(event.exhausted)), ("screens", _known(event.screens)),
                ("left out", event.detail),
            ]  # fmt: skip
        case Control():
            return f"{event.topic} {event.text!r}", [
                ("taps", _known(event.taps)), ("state", _known(event.state)), ("offers", ", ".join(event.offers)),
                ("demands", ", ".join(event.demands)), ("working days", _known(event.days)),
            ]  # fmt: skip
        case PolicyText():
            return f"{event.document} {event.title!r}", [
                ("url", event.url), ("status", _known(event.status)), ("read from", event.came_from),
                ("characters", _known(event.length)), ("SHA-256", event.sha256), ("file", event.text_file),
                ("taps", _known(event.taps)), ("problem", event.problem), ("begins", event.text[:300]),
            ]  # fmt: skip
        case _:
            return event.kind, []


def _known(value: object) -> str:
    return "" if value is None else str(value)


def _tick(checked: bool | None) -> str:
    return "" if checked is None else " [x]" if checked else " [ ]"


def _body(record: dict[str, Any]) -> str:
    data = (record.get("request") or {}).get("postData") or {}
    text = data.get("text") or ""
    try:
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        pass  # Not JSON: shown as it is.
    cut = str(text)[:LONGEST_BODY]
    return "\n".join(visible(line, LONGEST_BODY) for line in cut.splitlines()) + (
        "\n…" if len(text) > LONGEST_BODY else ""
    )
