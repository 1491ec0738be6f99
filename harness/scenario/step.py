"""The closed list of steps a scenario is made of. What a file may say is exactly what these models hold."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from harness.model.event import Fact

Situation = Literal[
    "consent_dialog", "consent_or_login", "second_chance", "main_screen", "permission_dialog", "gone"
]
"""consent_dialog: a screen asks for consent and it can be given there. consent_or_login: the same, or a page to
log in on that names a policy, steady for some seconds. second_chance: the same right after a
refusal, or a retention dialog. main_screen: the app's own content, steady for some seconds. gone: another app
is in front."""

MAX_SECONDS: Final = 3600


class Step(Fact):
    """`within` and `settled` are seconds and are never shortened; `observe` is multiplied by the pace."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Launch(Step):
    """Start the app as its icon does; it must come to the front."""

    launch: Literal["app"]
    within: float = Field(20, gt=0, le=MAX_SECONDS)


class Await(Step):
    """Watch until something shows, or until it is clear that it will not."""

    await_: Situation = Field(alias="await")
    within: float = Field(30, gt=0, le=MAX_SECONDS)
    settled: float = Field(4, gt=0, le=MAX_SECONDS)
    """The app's own content, unchanged for so long, means that no dialog will come."""
    otherwise: Literal["fail", "go_on", "stop"] = "fail"
    """When it did not show: the scenario failed, goes on, or has reached its end."""
    deny_permissions: bool = False
    """Deny permission dialogs that stand in front."""


class TapStep(Step):
    """Agree or refuse. A tap that changes nothing is made once more, then the step is not confirmed."""

    tap: Literal["agree", "refuse"]
    if_: Situation | None = Field(None, alias="if")
    """Only when this shows; without it a missing dialog fails the scenario."""
    within: float = Field(3, gt=0, le=MAX_SECONDS)
    otherwise: Literal["fail", "back"] = "fail"
    """When the dialog offers no such choice: fail, or press the back key."""


class Repeat(Step):
    """At most so often; ends early when a round did nothing."""

    repeat: int = Field(ge=1, le=20)
    do: list[AnyStep] = Field(min_length=1)


class Observe(Step):
    """Touch nothing for so many seconds (times the pace) and record every change."""

    observe: float = Field(gt=0, le=MAX_SECONDS)


class Relaunch(Step):
    """cold: the process is ended first. warm: only HOME first."""

    relaunch: Literal["cold", "warm"]
    within: float = Field(20, gt=0, le=MAX_SECONDS)


class Press(Step):
    press: Literal["home", "back"]


class Expect(Step):
    """The scenario failed when this does not show in time."""

    expect: Situation
    within: float = Field(5, gt=0, le=MAX_SECONDS)


_MODELS: Final[dict[str, type[Step]]] = {
    "launch": Launch, "await": Await, "tap": TapStep, "repeat": Repeat, "observe": Observe,
    "relaunch": Relaunch, "press": Press, "expect": Expect,
}  # fmt: skip
STEP_WORDS: Final = tuple(_MODELS)


def _word(value: Any) -> str:
    """Which step it is: the one key that names a step."""
    if isinstance(value, dict):
        return next((word for word in STEP_WORDS if word in value), "")
    return next((word for word, model in _MODELS.items() if isinstance(value, model)), "")


AnyStep = Annotated[
    Annotated[Launch, Tag("launch")] | Annotated[Await, Tag("await")] | Annotated[TapStep, Tag("tap")]
    | Annotated[Repeat, Tag("repeat")] | Annotated[Observe, Tag("observe")]
    | Annotated[Relaunch, Tag("relaunch")]
    | Annotated[Press, Tag("press")] | Annotated[Expect, Tag("expect")],
    Discriminator(_word),
]  # fmt: skip
Repeat.model_rebuild()


def in_words(step: AnyStep) -> str:
    """As the record and the report name it, e.g. "observe 60"."""
    word = _word(step)
    value = step.await_ if isinstance(step, Await) else getattr(step, word)
    condition = f" if {step.if_}" if isinstance(step, TapStep) and step.if_ else ""
    return f"{word} {value:g}{condition}" if isinstance(value, (int, float)) else f"{word} {value}{condition}"


def dwell_seconds(steps: list[AnyStep], pace: float) -> float:
    """How long the steps only watch, at most."""
    total = 0.0
    for step in steps:
        if isinstance(step, Observe):
            total += step.observe * pace
        elif isinstance(step, Repeat):
            total += step.repeat * dwell_seconds(step.do, pace)
    return total
