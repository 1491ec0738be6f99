"""Visitors of a walk through an app: the one who looks for places and documents, and the one who only looks around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harness.model.event import Document, PathStep, ScreenElement
from harness.scenario.document import Reader
from harness.scenario.front import front_of, moved
from harness.scenario.goals import AIMS, TOPIC, controls_in, document_in, is_there
from harness.scenario.roam import Roamer
from harness.scenario.spots import Spot
from harness.scenario.step import Goal
from harness.scenario.trail import MAX_PAGES, Arrival, Limits, Means, Place, Trail
from harness.scenario.watch import Look
from harness.screen.conditions import Conditions, conditions_of
from harness.screen.window import is_input

SETTINGS_APPS: Final = re.compile(
    r"com\.android\.settings|com\.(?:miui|coloros|huawei|vivo|oppo|samsung).*(?:security|settings|permission).*"
)
_PERMISSIONS: Final = re.compile(r"权限|授权|permission", re.IGNORECASE)
OF_ACCOUNTS: Final = ("account_deletion", "logout", "withdrawal")
"""Often shown only to whoever is logged in: without having been there, their absence is not proved."""
_READ_PAGES: Final = 6
"""Times that a page of conditions is scrolled."""


class Tourist:
    """Looks at everything and wants nothing."""

    def words(self) -> re.Pattern[str] | None:
        return None

    def reach(self) -> int:
        return 99

    def arrive(self, place: Place, look: Look, spot: Spot | None) -> Arrival:
        return Arrival()

    def scrolled(self, place: Place, look: Look) -> None:
        return

    def closer(self, place: Place) -> None:
        return


@dataclass(frozen=True, slots=True)
class Find:
    place: Place
    element: ScreenElement | None = None


class Seeker:
    """Looks for several goals at once, keeps the documents among them, and tells the controls that it meets."""

    def __init__(self, means: Means, reader: Reader, goals: tuple[Goal, ...], depth: int, stay: bool) -> None:
        self._means = means
        self._reader = reader
        self._goals = goals
        self._depth = depth
        self._stay = stay
        """The first find is enough, and the search stays there."""
        self.finds: dict[Goal, Find] = {}
        self.problems: dict[Goal, str] = {}
        """Documents that were opened and could not be read."""
        self._told: set[tuple[str, str, bool | None]] = set()
        self._read: set[Document] = set()

    def words(self) -> re.Pattern[str] | None:
        left = [AIMS[goal].words.pattern for goal in self._goals if goal not in self.finds]
        return re.compile("|".join(left), re.IGNORECASE) if left else None

    def reach(self) -> int:
        """A shorter path than the one found begins with a tap on a screen that is so near."""
        if any(goal not in self.finds for goal in self._goals):
            return self._depth
        proved = [self.finds[goal].place.depth - 2 for goal in self._goals if AIMS[goal].document == "policy"]
        return max(proved, default=-1)

    def arrive(self, place: Place, look: Look, spot: Spot | None) -> Arrival:
        if look.reading.package != self._means.package and not front_of(look).is_browser:
            self._outside(place, look, spot)
            return Arrival()
        document = document_in(look, spot)
        if document is not None:
            return self._document(document, place, look)
        self._controls(place, look)
        return Arrival(enough=self._stay and bool(self.finds))

    def scrolled(self, place: Place, look: Look) -> None:
        self._controls(place, look)

    def closer(self, place: Place) -> None:
        for goal, found in self.finds.items():
            document = AIMS[goal].document
            if found.place is place and document is not None:
                self._reader.keep(document, place.depth, place.opened_ms)

    def _document(self, document: Document, place: Place, look: Look) -> Arrival:
        goal = next((one for one in self._goals if AIMS[one].document == document), None)
        extra = document == "children_policy" and "policy" in self._goals
        if (goal is None and not extra) or goal in self.finds or document in self._read:
            return Arrival()
        kept = self._reader.keep(document, place.depth, place.opened_ms)
        if not kept.usable:
            if goal is not None:
                self.problems[goal] = kept.problem
            return Arrival()
        self._read.add(document)
        if goal is not None:
            self.problems.pop(goal, None)
            self.finds[goal] = Find(place)
        return Arrival(enough=self._stay and goal is not None, looks=kept.looks, known=True)

    def _controls(self, place: Place, look: Look) -> None:
        for goal in self._goals:
            if AIMS[goal].document is None and is_there(look, goal):
                element = next((one for one in controls_in(look, goal) if one.tap), None)
                found = self.finds.get(goal)
                if found is None or (found.element is None and element is not None):
                    self.finds[goal] = Find(found.place if found else place, element)
        tell_controls(self._means, look, place.depth, self._told)

    def _outside(self, place: Place, look: Look, spot: Spot | None) -> None:
        """A page of the system's settings, where permissions are taken back: a way, if a weak one."""
        leads = spot is not None and _PERMISSIONS.search(spot.label)
        if spot is None or not leads or not SETTINGS_APPS.fullmatch(look.reading.package):
            return
        key = ("withdraw", spot.label, None)
        if key not in self._told:
            self._told.add(key)
            self._means.recorder.ui(
                "control", look.before_ms, look.after_ms, topic="withdraw", text=spot.label[:200], taps=place.depth,
                offers=["system_settings"],
            )  # fmt: skip


def tell_controls(
    means: Means, look: Look, taps: int | None, told: set[tuple[str, str, bool | None]] | None = None
) -> None:
    """Switches and ways of this look, each once when `told` remembers."""
    for goal in ("withdrawal", "ads_switch", "account_deletion", "complaint"):
        for element in controls_in(look, goal):
            topic = TOPIC.get(element.role, "complaint")
            state = None if element.checked is None else element.checked != element.inverted
            key = (topic, element.text, state)
            if told is not None and key in told:
                continue
            if told is not None:
                told.add(key)
            means.recorder.ui(
                "control", look.before_ms, look.after_ms, topic=topic, text=element.text[:200], taps=taps,
                state=state, offers=["in_app"] if element.tap and topic != "complaint" else [],
            )  # fmt: skip


def tell_search(
    means: Means, goal: Goal, find: Find | None, problem: str, trail: Trail, depth: int, began_ms: float
) -> None:
    """What the search came to for one goal."""
    aim = AIMS[goal]
    if not aim.topics:
        return
    with_account = goal in OF_ACCOUNTS
    exhausted = trail.exhausted(depth, with_account)
    why = trail.why(depth, with_account)
    missing = "absent" if exhausted >= depth and not problem else "cut"
    outcome = "found" if find is not None else missing
    place = find.place if find else None
    detail = "; ".join(one for one in (problem, why) if one)
    means.recorder.ui(
        "crawl", began_ms, means.clock.now_ms(), looked_for=list(aim.topics), complete=outcome != "cut", depth=depth,
        detail=detail[:600], outcome=outcome, exhausted=exhausted, path=_path(place),
        start_screenshot=trail.start.shot if trail.start else None,
        shortest=exhausted >= place.depth - 1 if place else None,
        screens=trail.screens, tapped=trail.taps, seed=means.seed,
    )  # fmt: skip


def _path(place: Place | None) -> list[dict[str, object]]:
    if place is None:
        return []
    stations = (*place.way, place)[1:]
    return [
        PathStep(
            label=spot.label[:200], how=spot.kind, point=spot.element.tap, dump_before=station.touched,
            dump_after=station.digest, screenshot=station.shot,
        ).model_dump(mode="json")
        for spot, station in zip(place.path, stations, strict=True)
    ]  # fmt: skip


class Inquirer:
    """Opens the way to withdraw or to cancel, with one touch and never its confirmation, to read the conditions."""

    def __init__(self, means: Means, roamer: Roamer, reader: Reader) -> None:
        self._means = means
        self._roamer = roamer
        self._reader = reader

    def ask(self, goal: Goal, find: Find, limits: Limits, trail: Trail) -> str:
        """What came of it, in words."""
        role = AIMS[goal].roles[0]
        if not self._roamer.go(find.place, limits.manner, trail):
            return f"{goal}: no way back to it"
        element = self._show(role)
        if element is None:
            return f"{goal}: no single element to open"
        if element.checked is not None:
            return f"{goal}: a switch"
        before = self._means.watch.last
        lo = self._means.clock.now_ms()
        changed, look = self._means.finger.insist(element, f"the conditions of {goal.replace('_', ' ')}")
        if not changed or look.reading.package != self._means.package:
            return f"{goal}: {element.text[:40]!r} opened nothing of the app's"
        assert before is not None
        if look.reading.asks:
            # It asks for consent anew: the touch itself was the withdrawal.
            if goal == "withdrawal":
                self._means.recorder.ui(
                    "user_act", lo, look.after_ms, act="withdrew", text=element.text, certain=True
                )
                self._means.recorder.ui("consent_changed", lo, look.after_ms, state="withdrawn", certain=True)
            return f"{goal}: done by one touch"
        told = self._read(look)
        self._means.recorder.ui(
            "control", lo, self._means.clock.now_ms(), topic=TOPIC[role], text=element.text[:200],
            taps=find.place.depth, offers=list(dict.fromkeys(["in_app", *told.offers])), demands=list(told.demands),
            days=told.days,
        )  # fmt: skip
        return f"{goal}: demands {', '.join(told.demands) or 'nothing'}"

    def _read(self, look: Look) -> Conditions:
        shown = self._reader.shown(look, most=_READ_PAGES)
        fields = [
            one.label for seen in shown.looks for one in front_of(seen).nodes if is_input(one) and one.label
        ]
        return conditions_of(shown.text, tuple(fields))

    def _show(self, role: str) -> ScreenElement | None:
        """Scrolled to when it has to be."""
        for up in (False, True):
            for _ in range(MAX_PAGES + 1):
                look = self._means.watch.last
                if look is None:
                    return None
                found = look.reading.touchable(role)
                if found:
                    return found[0] if len(found) == 1 else None
                body = front_of(look).body
                if body is None:
                    return None
                if not moved(look, self._roamer.scroll(body.bounds, up=up)):
                    break
        return None
