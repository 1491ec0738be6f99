"""One scenario drawn to scale: lanes of marks over one axis in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from harness.model.data_type import NAMES, is_personal
from harness.model.event import ApiCall, Event, Flow, OpaqueConnection, Permission, Process, Screen, Tap
from harness.report.safe_text import visible
from harness.rules.collected import actor_name, actor_name_zh
from harness.timeline.timeline import Segment

WIDTH: Final = 1000.0
"""Units of the drawing from begin to end."""
NARROWEST: Final = 3.0
"""What is shorter than this is drawn this wide; what is longer shows the interval in which it happened."""
MOST_MARKS: Final = 400
"""In one lane; marks that fall on the same spot are drawn as one."""
LANES: Final = (
    ("screens", "Screens", "界面"),
    ("taps", "Taps", "点击"),
    ("permissions", "Permissions", "权限"),
    ("reads", "Reads", "读取"),
    ("sends", "Sends", "发送"),
    ("opaque", "Unreadable", "无法解密"),
    ("processes", "Processes", "进程"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    width: float
    tone: str
    """A class of the style sheet."""
    label: str
    label_zh: str
    is_interval: bool
    """Wider than a point: the moment lies somewhere in it."""


@dataclass(frozen=True, slots=True)
class Lane:
    id: str
    name: str
    name_zh: str
    marks: list[Mark]
    hidden: int
    """Marks that were left out because there are too many."""


@dataclass(frozen=True, slots=True)
class Span:
    x: float
    width: float
    tone: str
    label: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class Axis:
    scenario: str
    window: str
    window_zh: str
    seconds: float
    lanes: list[Lane]
    spans: list[Span]
    """What the user had said by then: nothing, an answer on its way, yes, or no."""
    ticks: list[tuple[float, str]]


def axis_of(segment: Segment) -> Axis:
    begin = segment.begin.lo
    known = [event.t_hi for event in segment.events if event.t_hi < 1e14]
    end = min(segment.end.hi, max(known, default=begin + 1000))
    scale = WIDTH / max(1.0, end - begin)

    def x(time: float) -> float:
        return round(min(WIDTH, max(0.0, (time - begin) * scale)), 2)

    def lane(identity: str, name: str, name_zh: str) -> Lane:
        marks = list(_merged(_mark(event, x, segment) for event in _events(segment, identity)))
        return Lane(identity, name, name_zh, marks[:MOST_MARKS], max(0, len(marks) - MOST_MARKS))

    lanes = [lane(*one) for one in LANES]
    seconds = (end - begin) / 1000
    return Axis(
        segment.id, segment.window, segment.window_zh, seconds, lanes, list(_spans(segment, x)), list(_ticks(seconds))
    )  # fmt: skip


def _events(segment: Segment, lane: str) -> Iterable[Event]:
    match lane:
        case "screens":
            return segment.screens
        case "taps":
            return segment.taps
        case "permissions":
            return segment.permissions.where(lambda event: event.action == "requested")
        case "reads":
            return segment.reads()
        case "sends":
            return segment.flows
        case "opaque":
            return segment.opaque
        case _:
            return segment.processes


def _mark(event: Event, x: Callable[[float], float], segment: Segment) -> Mark:
    left, right = x(event.t_lo), x(event.t_hi)
    wide = right - left > NARROWEST
    tone, label, label_zh = _says(event)
    if tone in ("obtained", "carrying") and segment.consent.is_before(event):
        tone = "agreed"
    width = right - left if wide else NARROWEST
    return Mark(
        min(left, WIDTH - NARROWEST), round(width, 2), tone, visible(label, 200), visible(label_zh, 200), wide
    )


def _says(event: Event) -> tuple[str, str, str]:
    match event:
        case ApiCall():
            name, name_zh = NAMES[event.data_type]
            tone = event.result if event.actor.kind != "framework" else "framework"
            return (
                tone,
                f"{name}: {event.result}, by {actor_name(event.actor)}",
                f"{name_zh}：{actor_name_zh(event.actor)}",
            )
        case Flow():
            kinds = {found.data_type for found in event.found if is_personal(found.data_type)}
            with_it = ", ".join(NAMES[kind][0] for kind in sorted(kinds))
            with_zh = "、".join(NAMES[kind][1] for kind in sorted(kinds))
            text = f"{event.method} {event.host}"
            return (
                "carrying" if kinds else "plain",
                f"{text} {with_it}".strip(),
                f"{text} {with_zh}".strip(),
            )
        case OpaqueConnection():
            return "opaque", f"{event.host}: {event.reason}", f"{event.host}：{event.reason}"
        case Screen():
            return f"screen-{event.screen_kind}", event.screen_kind, event.screen_kind
        case Tap():
            return "tap", f"{event.role} {event.text}", f"{event.role} {event.text}"
        case Permission():
            return "permission", event.permission, event.permission
        case Process():
            return (
                event.action,
                f"{event.process} {event.action} {event.cause}",
                f"{event.process} {event.action} {event.cause}",
            )
        case _:
            return "plain", event.id, event.id


def _merged(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Marks of one tone on one spot are one mark; intervals are never merged."""
    last: dict[tuple[int, str], tuple[Mark, int]] = {}
    for mark in marks:
        if mark.is_interval:
            yield mark
            continue
        spot = (int(mark.x), mark.tone)
        first, count = last.get(spot, (mark, 0))
        last[spot] = (first, count + 1)
    for first, count in last.values():
        more = f" (and {count - 1} more)" if count > 1 else ""
        more_zh = f"（另有{count - 1}次）" if count > 1 else ""
        yield Mark(first.x, first.width, first.tone, first.label + more, first.label_zh + more_zh, False)


def _spans(segment: Segment, x: Callable[[float], float]) -> Iterator[Span]:
    marks: list[tuple[float, str, str, str]] = [(0.0, "silent", "no answer yet", "未作答")]
    for moment, tone, label, label_zh in (
        (segment.consent, "agreed", "agreed", "已同意"),
        (segment.refusal, "refused", "refused", "已拒绝"),
    ):
        if moment.came:
            marks.append((x(moment.lo), "answering", "answer on its way", "作答中"))
            marks.append((x(moment.hi), tone, label, label_zh))
    marks.sort(key=lambda mark: mark[0])
    for (left, tone, label, label_zh), right in zip(
        marks, [mark[0] for mark in marks[1:]] + [WIDTH], strict=True
    ):
        if right > left:
            yield Span(left, round(right - left, 2), tone, label, label_zh)


def _ticks(seconds: float) -> Iterator[tuple[float, str]]:
    step = next((one for one in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600) if seconds / one <= 12), 1200)
    at = 0
    while at <= seconds:
        yield round(at * WIDTH / max(seconds, 0.001), 2), f"{at} s"
        at += step
