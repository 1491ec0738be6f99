"""PB-P01: a permission or sensitive item asked for without saying why at the time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.model.event import Screen
from harness.rules.fact import fact, into, into_zh
from harness.rules.features import asks_for, group_of, named, purpose, requests, texts_of
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import is_permission
from harness.timeline.timeline import Segment

FIX: Final = "Say in the app, at that moment, which feature needs the permission and for what."


@rule(
    id="PB-P01",
    title="Permission or sensitive item asked without saying why at the time",
    title_zh="索取权限或敏感信息时没有同步说明目的",
    fix_zh="申请时在应用内说明哪项功能需要该权限及其目的。",
    severity="medium",
    scenarios=["SC06", "SC08", "SC18"],
    gates=["screen"],
    clauses=[
        "CVERC-11", "CN191-2.3", "TC202A-2.3", "TC203A-2.6", "MIIT292-4", "MIIT26-10", "PIPL-17", "PIPL-30",
        "GPLAY-PDC",
    ],
)  # fmt: skip
def no_purpose_told(run: Segment, profile: Profile) -> Iterator[Said]:
    """A permission window came up and no text of the app, on it or shortly before it, said what for. The same
    holds for a form that asks for an ID, a card or a face."""
    windows = list(_windows(run))
    forms = [one for one in run.controls if one.topic == "collection"]
    if not windows and not forms:
        yield Absent("No permission was asked for on the screen.", "界面上没有索取权限。")
        return
    for window, group in windows:
        around = [
            screen
            for screen in run.screens
            if screen.package == run.package or screen is window
            if screen.t_hi >= window.t_lo - profile.limits.purpose_s * 1000 and screen.t_lo <= window.t_hi
        ]
        told = purpose(group, texts_of(around))
        if told == "":
            yield fact(
                run, [window], f"The permission for {named([group])} was asked for without saying what for",
                f"索取{named([group], zh=True)}权限时没有说明目的",
                what=f"no purpose: {named([group])}", what_zh=f"未说明目的：{named([group], zh=True)}",
                when=into(run, window), when_zh=into_zh(run, window), fix=FIX,
            )  # fmt: skip
        elif told == "vague":
            yield Doubt(
                f"The purpose given for {named([group])} is a general one: whether it suffices is for a person "
                "(TC203A 2.6 lists such wording as a problem).",
                f"{named([group], zh=True)}权限的目的说明较笼统：是否充分需人工判断（TC203A 2.6将其列为问题）。",
                [window.id],
            )
    for form in forms:
        if not form.text.strip():
            asked = ", ".join(form.demands) or "sensitive data"
            yield fact(
                run, [form], f"A form asked for {asked} without saying what for", f"表单收集{asked}但未说明目的",
                what="no purpose on a form", what_zh="表单未说明目的", when=into(run, form),
                when_zh=into_zh(run, form), fix=FIX,
            )  # fmt: skip


def _windows(run: Segment) -> Iterator[tuple[Screen, str]]:
    """Permission windows with the group they ask for: that of the last request that led to it, else from their own
    words."""
    asked = requests(run)
    for window in run.screens.where(is_permission):
        mine = [one for one in asked if one.window == window.id]
        group = group_of(mine[-1].permission) if mine else _in_words(window)
        if group is not None:
            yield window, group


def _in_words(window: Screen) -> str | None:
    text = " ".join(texts_of([window]))
    order = ("location", "contacts", "microphone", "call_log", "sms", "calendar", "phone", "camera", "storage",
             "nearby", "sensors")  # fmt: skip
    return next((group for group in order if asks_for(group, text)), None)
