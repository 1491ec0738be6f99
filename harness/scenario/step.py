"""The closed list of steps a scenario is made of. What a file may say is exactly what these models hold;
docs/scenarios.md shows each."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from harness.model.event import Act, Fact

Situation = Literal[
    "consent_dialog", "consent_or_login", "second_chance", "main_screen", "permission_dialog", "login",
    "age_gate", "gone",
]  # fmt: skip
"""consent_dialog: a screen asks for consent and it can be given there. consent_or_login: the same, or a page to
log in on that names a policy, steady for some seconds. second_chance: the same right after a
refusal, or a retention dialog. main_screen: the app's own content, steady for some seconds. login: a page to log
in on. age_gate: a screen that asks for an age or a date of birth. gone: another app is in front."""

Goal = Literal[
    "settings", "policy", "sdk_list", "collected_list", "shared_list", "withdrawal", "ads_switch", "account_deletion",
    "logout", "complaint",
]  # fmt: skip
Trigger = Literal["boot", "connectivity", "airplane", "unlock", "power", "time", "package"]
Way = Literal["swipe", "kill"]
Use = Literal["withdraw", "ads_off", "logout"]
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
    """A key, or the screen off and on; what it should lead to is confirmed."""

    press: Literal["home", "back", "screen_off", "screen_on"]


class Expect(Step):
    """The scenario failed when this does not show in time."""

    expect: Situation
    within: float = Field(5, gt=0, le=MAX_SECONDS)


class Permit(Step):
    """Answer the permission dialogs that show, one after the other, until none came for `within` seconds."""

    permissions: Literal["deny", "grant"]
    within: float = Field(2, gt=0, le=MAX_SECONDS)


class Read(Step):
    """Open a document from the dialog or screen in front, scroll to its end, keep its text, come back."""

    read: Literal["policy", "sdk_list"]
    otherwise: Literal["fail", "go_on"] = "go_on"


class GoTo(Step):
    """Search the app for a place, nearest first, and stay there."""

    goto: Goal
    depth: int = Field(4, ge=1, le=6)
    """Taps from the main screen."""
    taps: int = Field(80, ge=1, le=500)
    otherwise: Literal["fail", "go_on", "stop"] = "go_on"


class Search(Step):
    """Search the app for several places in one walk: nearest first, until all are found and no shorter path to the
    policy can be left, everything was tried, or the budget is spent. What is found is told; nothing is used."""

    search: list[Goal] = Field(min_length=1)
    depth: int = Field(5, ge=1, le=6)
    taps: int = Field(160, ge=1, le=1000)
    conditions: bool = False
    """Then open the ways to cancel the account and to withdraw, by one touch each, to read what they ask for."""


class Tour(Step):
    """Go through the app's screens, nearest first, for so many seconds (times the pace) at most."""

    tour: float = Field(gt=0, le=MAX_SECONDS)
    permissions: Literal["deny", "grant"] = "deny"
    depth: int = Field(3, ge=1, le=6)
    taps: int = Field(60, ge=1, le=500)


class UseStep(Step):
    """Withdraw consent, turn advertising or recommendation off, or log out, on the page in front."""

    use: Use
    otherwise: Literal["fail", "go_on", "stop"] = "fail"


class End(Step):
    """HOME, then the app's process is ended as a user (swipe) or the system (kill) does; never a forced stop."""

    end: Way


class Fire(Step):
    """Let happen what apps wake up by."""

    trigger: Trigger


class Locale(Step):
    """The app's language, as a tag such as de-DE (Android 13 and later)."""

    locale: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


class AwaitHuman(Step):
    """A person does something; what they do is recorded as it shows. Without a person it is not confirmed."""

    await_human: str = Field(min_length=1, max_length=300)
    zh: str = Field("", max_length=300)
    if_: Situation | None = Field(None, alias="if")
    within: float = Field(300, gt=0, le=MAX_SECONDS)
    act: Act | None = None
    """What it counts as when the person says that it is done."""
    otherwise: Literal["fail", "go_on", "stop"] = "fail"


_MODELS: Final[dict[str, type[Step]]] = {
    "launch": Launch, "await": Await, "tap": TapStep, "repeat": Repeat, "observe": Observe,
    "relaunch": Relaunch, "press": Press, "expect": Expect, "tour": Tour, "permissions": Permit, "read": Read,
    "goto": GoTo, "search": Search, "use": UseStep, "end": End, "trigger": Fire, "locale": Locale,
    "await_human": AwaitHuman,
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
    | Annotated[Press, Tag("press")] | Annotated[Expect, Tag("expect")] | Annotated[Tour, Tag("tour")]
    | Annotated[Permit, Tag("permissions")] | Annotated[Read, Tag("read")] | Annotated[GoTo, Tag("goto")]
    | Annotated[Search, Tag("search")]
    | Annotated[UseStep, Tag("use")] | Annotated[End, Tag("end")] | Annotated[Fire, Tag("trigger")]
    | Annotated[Locale, Tag("locale")] | Annotated[AwaitHuman, Tag("await_human")],
    Discriminator(_word),
]  # fmt: skip
Repeat.model_rebuild()


def in_words(step: AnyStep) -> str:
    """As the record and the report name it, e.g. "observe 60"."""
    word = _word(step)
    value = step.await_ if isinstance(step, Await) else getattr(step, word)
    if isinstance(step, Search):
        return f"search {', '.join(step.search)}"
    condition = f" if {step.if_}" if isinstance(step, (TapStep, AwaitHuman)) and step.if_ else ""
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


def allowed_seconds(steps: list[AnyStep], pace: float) -> float:
    """The budget of time: what the steps may watch and wait for, and a minute, plus ten seconds a step."""
    total = 60.0
    for step in steps:
        total += 10.0
        match step:
            case Observe():
                total += step.observe * pace
            case Repeat():
                total += step.repeat * allowed_seconds(step.do, pace)
            case Tour():
                total += step.tour * pace
            case GoTo():
                total += 4.0 * step.taps
            case Search():
                total += 4.0 * step.taps + (120.0 if step.conditions else 0.0)
            case Await() | AwaitHuman() | Launch() | Relaunch() | Expect():
                total += step.within
            case TapStep():
                total += step.within + 30.0
            case Read():
                total += 60.0
            case _:
                continue
    return total
