"""What the agent says: the contract of `send()`. It shares a process with the app, so nothing is trusted.

Times are milliseconds on the device's boot clock. `seq` counts the events of a process from 1, without gaps.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from harness.model.data_type import DataType
from harness.model.event import ResultClass

MAX_TEXT: Final = 4096
MAX_ITEMS: Final = 66
"""64 arguments or values, and the agent's words on what it cut."""
MAX_FRAMES: Final = 64
MAX_EVENTS: Final = 200
MAX_TARGETS: Final = 5000

Short = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Number = Annotated[int, Field(ge=0)]
Milliseconds = Annotated[float, Field(allow_inf_nan=False)]


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Hello(Message):
    t: Literal["hello"]
    pid: Number
    runtime: Literal["jvm", "art"]
    device_ms: Milliseconds
    agent: Short
    """Version of the agent's sources."""


class TargetStatus(Message):
    hook: Short
    target: Short
    """class.method"""
    status: Literal["installed", "absent", "failed", "dead", "revived"]
    """absent: this device has no such class or method. failed: it has, and it could not be hooked. dead: it was
    hooked and calls no longer come through. revived: it was dead, and hooking it once more helped."""
    reason: Text


class Targets(Message):
    t: Literal["targets"]
    targets: Annotated[list[TargetStatus], Field(max_length=MAX_TARGETS)]


class Observed(Message):
    """One call of a hooked method."""

    seq: Annotated[int, Field(ge=1)]
    t: Milliseconds
    """When the call began."""
    took_ms: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    """How long the original took, rounded up."""
    tid: Number
    kind: Literal["native", "read", "permission", "write", "exec", "context"]
    hook: Short
    data_type: DataType
    api: Short
    args: Annotated[list[Text], Field(max_length=MAX_ITEMS)]
    values: Annotated[list[Text], Field(max_length=MAX_ITEMS)]
    result: ResultClass
    exception: Short | None
    stack: Annotated[list[Text], Field(max_length=MAX_FRAMES)]
    """Innermost frame first, "class.method:line"."""
    caller: Short | None = None
    """For kind native: the module that called, when known."""


class Events(Message):
    t: Literal["events"]
    events: Annotated[list[Observed], Field(max_length=MAX_EVENTS)]


class ObserverError(Message):
    """An observer failed; the app did not notice. What it should have told is missing."""

    t: Literal["error"]
    hook: Short
    api: Short
    error: Text


class Heartbeat(Message):
    t: Literal["heartbeat"]
    seq: Number
    dropped: Number
    device_ms: Milliseconds
    """Carried on from the last event's clock reading: an estimate, for the eye."""


class Bye(Message):
    t: Literal["bye"]
    seq: Number
    dropped: Number
    why: Literal["exit", "stop", "kill"]


AgentMessage = Annotated[Hello | Targets | Events | ObserverError | Heartbeat | Bye, Field(discriminator="t")]
MESSAGE: Final[TypeAdapter[AgentMessage]] = TypeAdapter(AgentMessage)
