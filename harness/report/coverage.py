"""What was not seen: the part of a report that keeps the rest honest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from harness.capture.agent_data import TargetFacts, hook_facts
from harness.model.event import ApiCall, Flow, Gate, Health, OpaqueConnection
from harness.report.levels import Missing, missing_on
from harness.report.safe_text import visible
from harness.report.words import GATES
from harness.timeline.timeline import Timeline

NEVER_SEEN: Final = (
    (
        "Reads of fields such as Build.MODEL or Build.SERIAL: a field has no call that could be hooked.",
        "字段读取（如Build.MODEL、Build.SERIAL）：字段没有可挂钩的调用。",
    ),
    (
        "Reads by native code (system properties, /proc, ioctl) that pass no hooked Java method.",
        "原生代码的读取（系统属性、/proc、ioctl），若未经过被挂钩的Java方法。",
    ),
    (
        "What servers do with data, how long they keep it, and to whom they give it.",
        "服务器如何使用、保存多久、提供给谁。",
    ),
    (
        "Values encrypted by the app itself inside a readable request, and hashes with a salt that is "
        "not known.",
        "应用自行加密后放入可读请求的值，以及加了未知盐的散列。",
    ),
)


@dataclass(frozen=True, slots=True)
class GateRow:
    gate: Gate
    name: str
    name_zh: str
    states: list[tuple[str, bool, str]]
    """(scenario, healthy, reason)"""


@dataclass(frozen=True, slots=True)
class OpaqueRow:
    host: str
    reason: str
    count: int
    bytes_sent: int


@dataclass(frozen=True, slots=True)
class Coverage:
    gates: list[GateRow]
    opaque: list[OpaqueRow]
    absent_hooks: list[str]
    """Targets that this device does not have."""
    missing: Missing | None
    """What its API level rules out; None for a run whose device is not known."""
    lapsed_hooks: list[str]
    """Hooks that did not live all the time, each with its process and the reason."""
    flows: int
    readable_share: str
    """Of the bytes that apps sent, those that could be read."""
    undecoded: int
    """Requests with a body that could not be decoded in full."""
    framework_reads: int
    unattributed_reads: int
    scenarios: list[tuple[str, str, str]]
    """(id, state, window or detail)"""
    untested: list[tuple[str, str, str]]
    """(check, reason, reason in Chinese)"""


def coverage_of(timeline: Timeline, untested: list[tuple[str, str, str]]) -> Coverage:
    flows = [event for event in timeline.events if isinstance(event, Flow) and not event.selftest]
    opaque = [event for event in timeline.events if isinstance(event, OpaqueConnection)]
    reads = [event for event in timeline.events if isinstance(event, ApiCall)]
    readable, unreadable = sum(flow.request_bytes for flow in flows), sum(one.bytes_sent for one in opaque)
    total = readable + unreadable
    share = "no bytes were sent" if total == 0 else f"{100 * readable / total:.1f} %"
    return Coverage(
        gates=[_gate(timeline, gate) for gate in GATES],
        opaque=_opaque(opaque),
        absent_hooks=_absent(timeline),
        missing=missing_on(timeline.facts.device.sdk) if timeline.facts.device is not None else None,
        lapsed_hooks=_lapsed(timeline),
        flows=len(flows),
        readable_share=share if not opaque or readable else f"{share} of {len(opaque)} connections",
        undecoded=sum(1 for flow in flows if flow.decode_errors),
        framework_reads=sum(1 for read in reads if read.actor.kind == "framework"),
        unattributed_reads=sum(1 for read in reads if read.actor.name == "unattributed"),
        scenarios=_scenarios(timeline),
        untested=untested,
    )


def _gate(timeline: Timeline, gate: Gate) -> GateRow:
    states = [(segment.id, segment.gate(gate)) for segment in timeline.segments]
    if gate in ("canaries", "untouched"):
        states = [("run", timeline.gate(gate))]
    name, name_zh = GATES[gate]
    return GateRow(
        gate, name, name_zh, [(one, state.healthy, visible(state.reason, 600)) for one, state in states]
    )


def _opaque(connections: list[OpaqueConnection]) -> list[OpaqueRow]:
    rows: dict[tuple[str, str], list[OpaqueConnection]] = {}
    for one in connections:
        rows.setdefault((one.host or "unnamed", one.reason), []).append(one)
    return [
        OpaqueRow(
            visible(host, 200), reason.replace("_", " "), len(ones), sum(one.bytes_sent for one in ones)
        )
        for (host, reason), ones in rows.items()
    ]


def _absent(timeline: Timeline) -> list[str]:
    """Each with the API levels that have it, so that what this device cannot have is told from what the app lacks."""
    told = (event.facts.get("absent", "") for event in timeline.events if isinstance(event, Health))
    names = sorted({name for text in told for name in str(text).split("; ") if name})
    if timeline.facts.device is None:
        return names
    level = timeline.facts.device.sdk
    targets = {
        f"{fact.id} at {one.class_name}.{one.method}": one for fact in hook_facts() for one in fact.targets
    }
    return [_with_levels(name, targets.get(name), level) for name in names]


def _lapsed(timeline: Timeline) -> list[str]:
    told = (event for event in timeline.events if isinstance(event, Health) and event.gate == "hooks")
    return list(dict.fromkeys(visible(event.reason, 400) for event in told if " was dead: " in event.reason))


def _with_levels(name: str, target: TargetFacts | None, level: int) -> str:
    if target is None or not target.levels:
        return name
    if not target.levels[:1].isdigit():
        return f"{name} [{target.levels}]"
    return f"{name} [API {target.levels}{'' if target.applies(level) else f', not {level}'}]"


def _scenarios(timeline: Timeline) -> list[tuple[str, str, str]]:
    rows = []
    for planned in timeline.facts.scenarios:
        segment = timeline.segment(planned.id)
        if segment is None:
            rows.append((planned.id, "not begun", visible(planned.detail, 300)))
        else:
            rows.append(
                (planned.id, "done" if segment.finished else "not finished", segment.detail or segment.window)
            )
    return rows
