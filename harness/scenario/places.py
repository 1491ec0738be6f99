"""The places where an app lets its user read and decide: searched, opened, read and used, each with its event."""

from __future__ import annotations

from typing import Final

from harness.model.event import ScreenElement
from harness.scenario.document import Reader
from harness.scenario.front import front_of, mark_of, tree_of
from harness.scenario.goals import AIMS, SDK_LIST
from harness.scenario.roam import Roamer
from harness.scenario.seek import Inquirer, Seeker, Tourist, tell_controls, tell_search
from harness.scenario.step import GoTo, Read, Search, Tour, UseStep
from harness.scenario.touch import Done
from harness.scenario.trail import Limits, Means, Trail
from harness.scenario.watch import Look
from harness.screen.conditions import conditions_of
from harness.screen.dialogs import ScreenReading
from harness.screen.roles import word_of
from harness.screen.touch import Touches

TAP_MS: Final = 4000.0
"""What one tap of a search may take, with the ways back."""
TOUR_PAGES: Final = 3
_CONFIRM: Final = ("confirm", "withdraw", "logout", "acknowledge")
_ASKING: Final = ("withdraw_confirm", "account_deletion_confirm", "notice", "unknown", "other")


class Places:
    def __init__(self, means: Means) -> None:
        self._means = means
        self._roamer = Roamer(means)
        self._reader = Reader(means)

    def tour(self, step: Tour, pace: float) -> Done:
        deadline = self._means.clock.now_ms() + step.tour * pace * 1000
        limits = Limits(
            step.depth, step.taps, deadline, step.permissions, pages=TOUR_PAGES, feature=True, alike=False
        )
        trail = self._roamer.roam(limits, Tourist())
        if trail.spent is not None:
            raise trail.spent
        ended = f"; {trail.cut}" if trail.cut else ""
        return Done(detail=f"{trail.screens} screens, {trail.taps} taps{ended}")

    def search(self, step: Search) -> Done:
        """One walk through the app for many goals; it ends wherever it is."""
        began = self._means.clock.now_ms()
        seeker = Seeker(self._means, self._reader, tuple(step.search), step.depth, stay=False)
        limits = Limits(step.depth, step.taps, began + TAP_MS * step.taps, "deny")
        trail = self._roamer.roam(limits, seeker)
        for goal in step.search:
            tell_search(
                self._means,
                goal,
                seeker.finds.get(goal),
                seeker.problems.get(goal, ""),
                trail,
                step.depth,
                began,
            )
        if trail.spent is not None:
            raise trail.spent
        said = [f"{goal} {found.place.depth}" for goal, found in seeker.finds.items()]
        inquirer = Inquirer(self._means, self._roamer, self._reader)
        for goal in ("account_deletion", "withdrawal") if step.conditions else ():
            # The withdrawal comes last: it may end what all others need.
            if goal in seeker.finds and goal in step.search:
                said.append(inquirer.ask(goal, seeker.finds[goal], limits, trail))
        return Done(detail=self._came_to(trail, said, step.depth))

    def goto(self, step: GoTo) -> Done:
        began = self._means.clock.now_ms()
        seeker = Seeker(self._means, self._reader, (step.goto,), step.depth, stay=True)
        trail = self._roamer.roam(Limits(step.depth, step.taps, began + TAP_MS * step.taps, "deny"), seeker)
        find = seeker.finds.get(step.goto)
        problem = seeker.problems.get(step.goto, "")
        tell_search(self._means, step.goto, find, problem, trail, step.depth, began)
        if trail.spent is not None:
            raise trail.spent
        if find is not None:
            labels = " > ".join(spot.label for spot in find.place.path)
            return Done(detail=f"{find.place.depth} taps: {labels}"[:300])
        why = "; ".join(one for one in (problem, trail.why(step.depth)) if one)[:300]
        reason = f"no {step.goto} within {step.depth} taps ({trail.screens} screens, {trail.taps} taps"
        reason += f"; not complete: {why})" if why else ")"
        return _otherwise(step.otherwise, reason)

    def read(self, step: Read) -> Done:
        """From the dialog or page in front to the document and back."""
        look = self._means.watch.look()
        wants_list = step.read == "sdk_list"
        links = [e for e in look.reading.elements if e.role in ("policy_link", "vendor_list") and e.tap]
        links = [e for e in links if bool(SDK_LIST.search(e.text)) == wants_list]
        links = sorted(links, key=lambda e: not AIMS["policy"].words.search(e.text))
        if not links:
            return _otherwise(step.otherwise, f"no link to the {step.read} in front")
        before = mark_of(look)
        touched = self._means.clock.now_ms()
        changed, _ = self._means.finger.insist(links[0], f"the link to the {step.read}")
        if not changed:
            return _otherwise(
                step.otherwise, f"the link {links[0].text[:40]!r} was touched twice and nothing opened"
            )
        kept = self._reader.keep(step.read, None, touched)
        said = f"{len(kept.text)} characters" + (f"; {kept.problem}" if kept.problem else "")
        for attempt in range(4):
            look = self._means.watch.look()
            if mark_of(look) == before:
                return Done(detail=said)
            if look.reading.package != self._means.package and attempt > 0:
                self._means.phone.launch(self._means.package)
                self._means.watch.pause(self._means.clock.now_ms(), 0.5)
            else:
                self._means.finger.press("back", "back from the document")
        shown = mark_of(self._means.watch.look()) == before
        return Done(shown, said if shown else f"the document was read ({said}), but there was no way back")

    def use(self, step: UseStep) -> Done:
        look = self._means.watch.look()
        roles = {
            "withdraw": ("withdraw",),
            "logout": ("logout",),
            "ads_off": ("ads_switch", "recommend_switch", "optout"),
        }
        spots = [e for role in roles[step.use] for e in look.reading.touchable(role)]
        if not spots:
            return _otherwise(step.otherwise, f"nothing in front to {step.use.replace('_', ' ')} with")
        if step.use == "ads_off":
            return self._turn_off(spots)
        if len(spots) > 1:
            return _otherwise(step.otherwise, f"{len(spots)} elements say {step.use}")
        lo = self._means.clock.now_ms()
        changed, look = self._means.finger.insist(spots[0], f"the scenario says {step.use}")
        for _ in range(3):
            answer = _confirming(look) if changed else None
            if answer is None:
                break
            if step.use == "withdraw":
                self._tell_conditions(spots[0].text)
            changed, look = self._means.finger.insist(answer, f"the app asks to confirm {step.use}")
        asked = changed and _is_question(look)
        changed = changed and not asked
        act = "withdrew" if step.use == "withdraw" else "logged_out"
        self._means.recorder.ui("user_act", lo, look.after_ms, act=act, text=spots[0].text, certain=changed)
        if step.use == "withdraw":
            self._means.recorder.ui("consent_changed", lo, look.after_ms, state="withdrawn", certain=changed)
        if asked:
            return Done(
                False, f"what the app asks after {spots[0].text[:40]!r} has no single answer that goes on"
            )
        return Done(
            changed, "" if changed else f"{spots[0].text[:40]!r} was touched twice and nothing changed"
        )

    def _turn_off(self, switches: list[ScreenElement]) -> Done:
        self._tell_controls()
        said: list[str] = []
        for switch in switches:
            wanted = switch.inverted
            if switch.checked is None:
                return Done(False, f"the state of {switch.text[:40]!r} cannot be read, so it was not touched")
            if switch.checked == wanted:
                said.append(f"{switch.text[:40]!r} is off already")
                continue
            lo = self._means.clock.now_ms()
            _, look = self._means.finger.insist(switch, "the scenario turns it off")
            now = next(
                (e for e in look.reading.elements if e.role == switch.role and e.text == switch.text), None
            )
            held = now is not None and now.checked == wanted
            act = "content_off" if switch.role == "recommend_switch" else "ads_off"
            self._means.recorder.ui("user_act", lo, look.after_ms, act=act, text=switch.text, certain=held)
            if not held:
                return Done(False, f"{switch.text[:40]!r} was touched and its state did not become off")
            said.append(f"{switch.text[:40]!r} turned off")
        self._tell_controls()
        return Done(detail="; ".join(said))

    def _tell_controls(self) -> None:
        look = self._means.watch.last
        assert look is not None
        tell_controls(self._means, look, None)

    def _tell_conditions(self, label: str) -> None:
        """What the app says before it lets go of the consent."""
        look = self._means.watch.last
        assert look is not None
        told = conditions_of("\n".join(one.text for one in look.reading.elements))
        self._means.recorder.ui(
            "control", look.before_ms, look.after_ms, topic="withdraw", text=label[:200],
            offers=list(dict.fromkeys(["in_app", *told.offers])), demands=list(told.demands), days=told.days,
        )  # fmt: skip

    def _came_to(self, trail: Trail, said: list[str], depth: int) -> str:
        ended = f"; not complete: {trail.why(depth)}" if trail.exhausted(depth) < depth else ""
        return f"{trail.screens} screens, {trail.taps} taps; {'; '.join(said) or 'nothing found'}{ended}"[
            :400
        ]


def _confirming(look: Look) -> ScreenElement | None:
    """The one answer of the question in front that goes on with what was touched."""
    reading = look.reading
    if reading.kind in _ASKING and (reading.touchable("confirm") or reading.touchable("cancel")):
        return _single(reading, _CONFIRM)
    return _plain_answer(look) if _is_question(look) else None


def _is_question(look: Look) -> bool:
    """A dialog about something else than data, such as whether to log out; its reading names no answer that goes on."""
    return look.reading.kind == "negative" and front_of(look).is_modal


def _plain_answer(look: Look) -> ScreenElement | None:
    labelled = [node for node in front_of(look).nodes if node.label]
    touches = Touches(tree_of(look.xml))
    touches.know(labelled)
    found: list[ScreenElement] = []
    for node in labelled:
        word, touch = word_of(node.label), touches.of(node)
        if word is not None and word.role in _CONFIRM and touch is not None and touch.by != "label":
            found.append(
                ScreenElement(
                    role=word.role, text=node.label, bounds=node.bounds, tap=touch.point, clickable=True
                )
            )
    return found[0] if len(found) == 1 else None


def _single(reading: ScreenReading, roles: tuple[str, ...]) -> ScreenElement | None:
    return next((found[0] for role in roles if len(found := reading.touchable(role)) == 1), None)


def _otherwise(word: str, reason: str) -> Done:
    if word == "fail":
        return Done(False, reason)
    return Done(detail=reason, ends=word == "stop")
