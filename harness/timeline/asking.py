"""Requests for permissions and their answers, tied together: who asked, on what occasion, in which words, how often.

A request is known from the hook (with its stack), its window from the screen, its answer from what the driver
touched and the package manager then showed. This ties the three, over one axis, within one installation: every
scenario begins with a fresh one, in which nothing has been denied yet.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from harness.model.event import Event, Permission, Scenario, Screen, Tap, TimelineEvent

TRIGGER_MS: Final = 3000.0
"""The driver's last act no longer before a request is its occasion."""
WINDOW_MS: Final = 3000.0
"""A permission window that appears no later than this after a request is its window."""
REPEAT_MS: Final = 48 * 3600 * 1000.0
_ANSWERS: Final = ("granted", "denied")


def last_act(taps: Iterable[Tap], event: Event, within_ms: float) -> Tap | None:
    """The last thing that the driver did before the event could happen; None when it touched nothing."""
    found = None
    for tap in taps:
        if 0 <= event.t_hi - tap.t_lo <= within_ms + (event.t_hi - event.t_lo):
            found = tap
    return found


def tied(events: Sequence[TimelineEvent]) -> list[TimelineEvent]:
    """The same events in the same order, permissions with what belongs to them."""
    return _Asking(events).tied()


class _Requests:
    """Those for one permission in one installation, in order: an app may ask without end."""

    def __init__(self) -> None:
        self.all: list[Permission] = []
        self._begins: list[float] = []
        self._ends: list[float] = []
        """Sorted."""

    def add(self, request: Permission) -> None:
        self.all.append(request)
        self._begins.append(request.t_lo)
        bisect.insort(self._ends, request.t_hi)

    def last_before(self, answer: Permission) -> Permission | None:
        """The last that can lie before the answer."""
        number = bisect.bisect_right(self._begins, answer.t_hi)
        return self.all[number - 1] if number else None

    def before(self, request: Permission) -> int:
        """How many certainly came before it, within 48 hours."""
        return bisect.bisect_left(self._ends, request.t_lo) - bisect.bisect_left(
            self._ends, request.t_lo - REPEAT_MS
        )


@dataclass(frozen=True)
class _Install:
    """What happened between one fresh installation and the next, each list in order."""

    taps: list[Tap] = field(default_factory=list)
    windows: list[Screen] = field(default_factory=list)
    requests: dict[str, _Requests] = field(default_factory=dict)
    """By permission."""
    answers: list[Permission] = field(default_factory=list)

    def request_of(self, answer: Permission) -> Permission | None:
        asked = self.requests.get(answer.permission)
        return asked.last_before(answer) if asked is not None else None

    @functools.cached_property
    def answer_of(self) -> dict[str, Permission]:
        """The first answer, by the id of the request."""
        found: dict[str, Permission] = {}
        for answer in self.answers:
            request = self.request_of(answer)
            if request is not None:
                found.setdefault(request.id, answer)
        return found


class _Asking:
    def __init__(self, events: Sequence[TimelineEvent]) -> None:
        self._events = events
        marks = [one for one in events if isinstance(one, Scenario) and one.action == "begin"]
        self._begins = sorted(one.t_lo for one in marks)
        self._installs = [_Install() for _ in range(len(self._begins) + 1)]
        for event in events:
            install = self._install(event)
            if isinstance(event, Tap):
                install.taps.append(event)
            elif isinstance(event, Screen) and event.screen_kind == "permission":
                install.windows.append(event)
            elif isinstance(event, Permission) and event.action == "requested":
                install.requests.setdefault(event.permission, _Requests()).add(event)
            elif isinstance(event, Permission) and event.action in _ANSWERS:
                install.answers.append(event)

    def tied(self) -> list[TimelineEvent]:
        return [self._tied(one) if isinstance(one, Permission) else one for one in self._events]

    def _install(self, event: Event) -> _Install:
        return self._installs[bisect.bisect_right(self._begins, event.t_lo)]

    def _tied(self, event: Permission) -> Permission:
        install = self._install(event)
        if event.action == "requested":
            return self._request(event, install)
        if event.action in _ANSWERS:
            request = install.request_of(event)
            if request is not None:
                return event.model_copy(update={"request": request.id, "actor": request.actor})
        return event

    def _request(self, event: Permission, install: _Install) -> Permission:
        answer = install.answer_of.get(event.id)
        window = _window_of(event, answer, install.windows)
        trigger = last_act(install.taps, event, TRIGGER_MS)
        words = answer.dialog if answer is not None and answer.dialog else _words(window) if window else ""
        return event.model_copy(
            update={
                "trigger": trigger.id if trigger else None,
                "window": window.id if window else None,
                "answer": answer.id if answer else None,
                "dialog": words,
                "repeats": install.requests[event.permission].before(event),
            }
        )


def _window_of(request: Permission, answer: Permission | None, windows: Sequence[Screen]) -> Screen | None:
    """The window that was answered: one request for several permissions has several, one after the other."""
    if answer is not None and answer.dialog:
        shown = [one for one in windows if request.t_lo <= one.t_hi and one.t_lo <= answer.t_hi]
        mine = [one for one in shown if _words(one) == answer.dialog.strip()]
        if mine:
            return mine[-1]
    return next((one for one in windows if _is_window(one, request)), None)


def _is_window(window: Screen, request: Permission) -> bool:
    return window.t_hi >= request.t_lo and window.t_lo - request.t_hi <= WINDOW_MS


def _words(window: Screen) -> str:
    return "\n".join(one.text for one in window.elements if one.role in ("title", "body") and one.text)[:500]
