"""How a value got into a request, in words: who read it, how long before, and how it was written there; or by what
knowledge of its sender it is taken to be there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.model.data_type import DataType
from harness.model.event import Actor, Event, Flow, FoundValue, StatedValue, ValueRead
from harness.timeline.timeline import Segment


def carried(
    segment: Segment,
    flows: Sequence[Flow],
    data_type: DataType,
    name: Callable[[Actor], str],
    name_zh: Callable[[Actor], str],
) -> tuple[str, str]:
    """A sentence about the first request, in English and Chinese; empty where there is none. A request whose
    value a hook returned before tells more than one whose value was only planted, and that more than one which
    only its place tells."""
    found = [one for flow in flows for one in flow.found if one.data_type == data_type]
    chosen = next((one for one in found if one.reads), found[0] if found else None)
    if chosen is None:
        stated = (one for flow in flows for one in flow.stated if one.data_type == data_type)
        first = next(stated, None)
        return _by_place(first) if first is not None else ("", "")
    way, way_zh = _way(chosen)
    if not chosen.reads:
        return f" It travelled {way}.", f"其传输方式：{way_zh}。"
    read = chosen.reads[0]
    side, side_zh = _side(segment, read)
    who, api = name(read.actor), ".".join(read.api.split(".")[-2:])
    return (
        f" {who[:1].upper()}{who[1:]} had read it {_gap(read)} earlier{side} ({api}); it travelled {way}.",
        f"该值此前{_gap_zh(read)}由{name_zh(read.actor)}{side_zh}读取（{api}），传输方式：{way_zh}。",
    )


def _by_place(stated: StatedValue) -> tuple[str, str]:
    way, way_zh = _way(stated)
    return (
        f" No value of the device was found there: this rests on what is known of {stated.sender}'s requests alone "
        f"({stated.because}); it stands {way}.",
        f"其中未发现本设备的值，仅依据对{stated.sender}请求格式的已知说明；{way_zh}。",
    )


def _way(found: FoundValue | StatedValue) -> tuple[str, str]:
    """Where, and every decoding from outside in; a value as it is has none."""
    steps = " > ".join(found.decodings)
    if not steps:
        return f"as it is in {found.where}", f"明文，位于{found.where}"
    return f"in {found.where} as {steps}", f"位于{found.where}，编码为{steps}"


def _gap(read: ValueRead) -> str:
    return f"{read.at_most_ms / 1000:.1f} s"


def _gap_zh(read: ValueRead) -> str:
    return f"{read.at_most_ms / 1000:.1f}秒"


def _side(segment: Segment, read: ValueRead) -> tuple[str, str]:
    """On which side of the answer the read was, where it is certain."""
    event: Event | None = segment.whole.event(read.event)
    if event is None or not segment.answer.came:
        return "", ""
    if segment.answer.is_after(event):
        return ", before the user had answered", "在用户作出选择前"
    if segment.answer.is_before(event):
        return ", after the user had answered", "在用户作出选择后"
    return ", while the user answered", "在用户作出选择时"
