"""Going through an app's screens: to find places by the shortest path, or to see what is there.

Screens are known by their structure. What was opened is left again by the back key, by a tab, or by bringing the
app to the front, and the screen that shows then is compared before anything is touched. A search tells what it left
out, and at how many taps: only what was tried to the last is proved to be absent, or to have no shorter path.
"""

from __future__ import annotations

import heapq
import itertools
import re
from typing import Final

from harness.model.errors import RunFailure
from harness.scenario.answers import Manner
from harness.scenario.front import front_of, mark_of, moved, words_of
from harness.scenario.spots import Spot, Touchable, in_order, leads_to_log_in, spots_of, tab_in_front
from harness.scenario.trail import MAX_PAGES, Arrival, Left, Limits, Means, Place, Trail, Visitor
from harness.scenario.watch import Look, Spent
from harness.screen.dialogs import LOGIN_KINDS
from harness.screen.tree import Bounds

REACTS: Final = 3.0
"""Seconds in which a control shows its effect; what is later is met when the next screen is compared."""
MAX_SHOTS: Final = 80
MIN_PAGE: Final = 40
"""Characters of a web page; one with less has not loaded."""
ALIKE: Final = 0.6
"""Of its short labels; a screen that shares so many with a known one of the same structure is that one again."""
_DETOUR: Final = (0.0, 0.4, 2.0, 4.0)
"""By rank: how many taps longer a path through such a spot is thought to be when the next one is chosen."""


class Roamer:
    def __init__(self, means: Means) -> None:
        self._means = means
        self._places: dict[str, Place] = {}
        """By the mark of every look at them."""
        self._tabs: dict[str, Spot] = {}
        """By the mark of the screen that a tab leads to."""
        self._words: re.Pattern[str] | None = None
        self._turn = itertools.count()
        self._shots = 0

    def roam(self, limits: Limits, visitor: Visitor) -> Trail:
        """From the screen in front, nearest and likeliest first, until the visitor has enough or all was tried.
        Where the scenario's own budget ends it, `spent` is for the caller to raise once it has told what was seen."""
        trail = Trail()
        try:
            self._go_through(limits, visitor, trail)
        except Spent as spent:
            trail.spent, trail.cut = spent, str(spent)
            trail.left_out.append(Left(0, str(spent)))
        return trail

    def _go_through(self, limits: Limits, visitor: Visitor, trail: Trail) -> None:
        self._places.clear()
        self._tabs.clear()
        self._words = visitor.words()
        look = self._cleared(limits.manner)
        start = self._place(look, (), ())
        tab = tab_in_front(look)
        if tab is not None:
            self._tabs[start.mark] = tab
        trail.start, trail.screens = start, 1
        queue: list[tuple[float, int, Place, Spot]] = []
        if self._take_in(start, look, None, limits, visitor, trail, queue):
            return
        if not queue:
            trail.left_out.append(Left(0, "the tree of the first screen shows nothing that can be touched"))
        while queue:
            _, _, place, spot = heapq.heappop(queue)
            if place.depth > visitor.reach() or not _of_use(spot, visitor):
                continue
            if trail.taps >= limits.taps or self._means.clock.now_ms() >= limits.deadline_ms:
                trail.cut = (
                    "the budget of taps was spent" if trail.taps >= limits.taps else "the time was spent"
                )
                waiting = [place.depth, *(one.depth for _, _, one, _ in queue)]
                trail.left_out += [Left(depth, trail.cut) for depth in dict.fromkeys(waiting)]
                break
            now = self._bring(spot, place) if self.go(place, limits.manner, trail) else None
            if now is None:
                way = " > ".join(one.label for one in place.path) or "start"
                trail.left_out.append(Left(place.depth, f"no way back to {spot.label!r} after {way}"))
                continue
            if self._open(place, now, limits, visitor, trail, queue):
                break

    def go(self, place: Place, manner: Manner, trail: Trail) -> bool:
        """Back to a known screen: whether it shows."""
        pressed = 0
        for _ in range(2 * len(place.path) + 6):
            look = self._settled(manner)
            here = self._known(look)
            if here is None and _resembles(look, place) and look.reading.package == self._means.package:
                here = self._places[mark_of(look)] = place
            if here is place:
                return True
            if (
                here is not None
                and here in place.way
                and self._forward(place, place.way.index(here), manner, trail)
            ):
                return True
            if self._by_tab(place, look, trail):
                continue
            outside = look.reading.package != self._means.package
            if outside and pressed > 0:
                self._means.phone.launch(self._means.package)
                self._means.watch.pause(self._means.clock.now_ms(), 0.3)
                pressed = 0
                continue
            pressed += 1
            changed, look = self._means.finger.press("back", "back to where the search goes on")
            if not changed and front_of(look).is_modal:
                self._close(look)
        return False

    # One step

    def _open(
        self, place: Place, spot: Spot, limits: Limits, visitor: Visitor, trail: Trail,
        queue: list[tuple[float, int, Place, Spot]],
    ) -> bool:  # fmt: skip
        """Touch a spot and take in what shows; whether the search is over."""
        before = self._means.watch.last
        trail.taps += 1
        touched_ms = self._means.clock.now_ms()
        _, look = self._means.finger.touch(spot.element, "the next place of the search", seconds=REACTS)
        if limits.feature:
            self._means.recorder.ui(
                "user_act", look.before_ms, look.after_ms, act="opened_feature", text=spot.label
            )
        look = self._uncovered(limits.manner)
        known = self._known(look)
        if known is not None:
            if spot.kind == "tab":
                self._tabs[known.mark] = spot
            if place.depth + 1 < known.depth:
                known.touched, known.opened_ms = before.digest if before is not None else "", touched_ms
                self._shorten(known, (*place.path, spot), (*place.way, place))
                visitor.closer(known)
            return False
        opened = self._place(look, (*place.path, spot), (*place.way, place))
        opened.touched = before.digest if before is not None else ""
        opened.opened_ms = touched_ms
        if spot.kind == "tab":
            self._tabs[opened.mark] = spot
        trail.screens += 1
        return self._take_in(opened, look, spot, limits, visitor, trail, queue)

    def _shorten(self, known: Place, path: tuple[Spot, ...], way: tuple[Place, ...]) -> None:
        """A shorter path to a known screen is one to all screens behind it, too."""
        for one in {id(place): place for place in self._places.values()}.values():
            if known in one.way:
                at = one.way.index(known)
                one.path, one.way = (*path, *one.path[at:]), (*way, *one.way[at:])
        known.path, known.way = path, way

    def _take_in(
        self, place: Place, look: Look, spot: Spot | None, limits: Limits, visitor: Visitor, trail: Trail,
        queue: list[tuple[float, int, Place, Spot]],
    ) -> bool:  # fmt: skip
        """Show a new screen to the visitor and line up what can be touched on it."""
        arrival = visitor.arrive(place, look, spot)
        if arrival.enough:
            return True
        if look.reading.package != self._means.package:
            # Elsewhere nothing is touched; what was looked for may lie there.
            words = visitor.words()
            wanted = spot is not None and words is not None and bool(words.search(spot.label))
            if wanted and not arrival.known:
                trail.left_out.append(Left(place.depth - 1, f"{spot.label!r} leads out of the app"))  # type: ignore[union-attr]
            return False
        if spot is not None and not arrival.known and self._is_blank(look):
            why = f"the web page behind {spot.label!r} showed no text (a proxy without a network gives none)"
            trail.left_out.append(Left(place.depth - 1, why))
        if place.depth >= limits.depth:
            return False
        offered = self._survey(place, look, arrival, limits, visitor, trail)
        if look.reading.kind in LOGIN_KINDS or offered.offers_log_in:
            # A page that came up although nobody wanted to log in is a wall: for it nothing beyond is seen.
            wanted = offered.offers_log_in and look.reading.kind not in LOGIN_KINDS
            why = "what lies behind the log-in was not seen"
            trail.left_out.append(Left(place.depth, why, by_log_in=wanted or leads_to_log_in(spot)))
        if look.reading.blind:
            trail.left_out.append(Left(place.depth, "a screen whose tree shows no words"))
        trail.acts += [one for one in offered.acts if one not in trail.acts]
        trail.left_out += [Left(place.depth, why) for why in dict.fromkeys(offered.unknown)]
        cost = sum(1 + _DETOUR[one.rank] for one in place.path)
        for one in in_order(offered.spots, self._means.seed, place.mark):
            if one.rank == 3 and not limits.alike:
                continue
            heapq.heappush(queue, (cost + 1 + _DETOUR[one.rank], next(self._turn), place, one))
        return False

    def _survey(
        self, place: Place, look: Look, arrival: Arrival, limits: Limits, visitor: Visitor, trail: Trail
    ) -> Touchable:
        """Everything that can be touched there, scrolled to its end."""
        whole = Touchable()
        keys: set[tuple[str, str]] = set()

        def add(one: Look, page: int) -> int:
            offered = spots_of(one, visitor.words(), place.depth, page)
            fresh = [spot for spot in offered.spots if spot.key not in keys]
            keys.update(spot.key for spot in fresh)
            whole.spots += fresh
            whole.acts += offered.acts
            whole.unknown += offered.unknown
            whole.offers_log_in = whole.offers_log_in or offered.offers_log_in
            return len(fresh)

        for page, one in enumerate(arrival.looks or (look,)):
            add(one, page)
            self._places.setdefault(mark_of(one), place)
        if arrival.looks:
            return whole
        for page in range(1, limits.pages + 1):
            body = front_of(look).body
            if body is None:
                return whole
            before = look
            look = self.scroll(body.bounds)
            if not moved(before, look):
                return whole
            self._places.setdefault(mark_of(look), place)
            visitor.scrolled(place, look)
            add(look, page)
        whole.unknown.append(f"a list that did not end in {limits.pages} pages")
        return whole

    def scroll(self, bounds: Bounds, up: bool = False) -> Look:
        """Move what stands there by half of its height; the look after it came to rest."""
        self._means.finger.scroll(bounds, "what else is on the screen", up=up)
        last = self._means.watch.last
        assert last is not None
        return last

    # Finding the way

    def _known(self, look: Look) -> Place | None:
        """The screen that this is a look at."""
        if look.reading.package != self._means.package:
            return None
        return self._places.get(mark_of(look))

    def _place(self, look: Look, path: tuple[Spot, ...], way: tuple[Place, ...]) -> Place:
        place = Place(mark_of(look), path, way, words_of(look), look.digest, self._picture())
        if look.reading.package == self._means.package:
            self._places[place.mark] = place
        return place

    def _forward(self, place: Place, at: int, manner: Manner, trail: Trail) -> bool:
        """From a screen on its way to the place, each step compared with what showed there the first time."""
        stations = (*place.way, place)
        for spot, station in zip(place.path[at:], stations[at + 1 :], strict=True):
            now = self._bring(spot, station.way[-1])
            if now is None:
                return False
            trail.taps += 1
            self._means.finger.touch(now.element, "forward to where the search goes on")
            look = self._settled(manner)
            if self._known(look) is not station and not _resembles(look, station):
                return False
            self._places.setdefault(mark_of(look), station)
        return True

    def _by_tab(self, place: Place, look: Look, trail: Trail) -> bool:
        """From one tab to another: the back key may leave the app there."""
        here = self._known(look)
        if here is None or here.mark not in self._tabs:
            return False
        target = next((one for one in (place, *reversed(place.way)) if one.mark in self._tabs), None)
        tab = self._tabs[target.mark] if target is not None else None
        if tab is None:
            # No tab was marked as the one in front when the search began: it is one of those not tried yet.
            tried = {one.label for one in self._tabs.values()}
            offered = spots_of(look, self._words, here.depth).spots
            tab = next((one for one in offered if one.kind == "tab" and one.label not in tried), None)
        if target is here or tab is None:
            return False
        now = self._find(tab, here.depth)
        if now is None:
            return False
        trail.taps += 1
        changed, _ = self._means.finger.touch(now.element, "the tab that leads back")
        return changed

    def _bring(self, spot: Spot, place: Place) -> Spot | None:
        """The spot as it stands now, scrolled to when it has to be; None when it does not show any more."""
        now = self._find(spot, place.depth)
        if now is not None:
            return now
        for up in (spot.page == 0, spot.page != 0):
            for _ in range(MAX_PAGES + 1):
                look = self._means.watch.last
                body = front_of(look).body if look is not None else None
                if look is None or body is None:
                    return None
                after = self.scroll(body.bounds, up=up)
                now = self._find(spot, place.depth)
                if now is not None:
                    return now
                if not moved(look, after):
                    break
        return None

    def _find(self, spot: Spot, depth: int) -> Spot | None:
        look = self._means.watch.last
        if look is None:
            return None
        return next((one for one in spots_of(look, self._words, depth).spots if one.key == spot.key), None)

    # Looking

    def _settled(self, manner: Manner) -> Look:
        """The screen once it shows the same twice, with permission dialogs answered."""
        watch = self._means.watch
        last = watch.look()
        for _ in range(8):
            began = self._means.clock.now_ms()
            if last.reading.kind == "permission":
                reason = "a permission dialog stands in the way"
                if not self._means.answers.permission(last.reading, manner, reason):
                    self._means.finger.press("back", "the permission dialog has no single answer")
            watch.pause(began, 0.15)
            look = watch.look()
            if look.reading.signature == last.reading.signature and look.reading.kind != "permission":
                return look
            last = look
        return last

    def _cleared(self, manner: Manner) -> Look:
        """The first screen without what only covers it: an advertisement, a hint, a request for stars."""
        look = self._settled(manner)
        for _ in range(3):
            covers = front_of(look).is_modal and look.reading.kind in ("negative", "other", "unknown")
            if not covers or look.reading.asks or look.reading.package != self._means.package:
                break
            self._close(look)
            look = self._settled(manner)
        return look

    def _uncovered(self, manner: Manner) -> Look:
        """What a touch opened, without a dialog that only covers it and leads nowhere."""
        look = self._settled(manner)
        for _ in range(2):
            front = front_of(look)
            covers = front.is_modal and look.reading.kind in ("negative", "other", "unknown")
            if not covers or look.reading.asks or look.reading.package != self._means.package:
                break
            closes = [r for r in ("close", "later", "cancel") if len(look.reading.touchable(r)) == 1]
            if not closes or spots_of(look, self._words, 1).spots:
                break
            self._close(look)
            look = self._settled(manner)
        return look

    def _close(self, look: Look) -> None:
        for role in ("close", "later", "cancel"):
            found = look.reading.touchable(role)
            if len(found) == 1:
                self._means.finger.touch(found[0], "it covers the screen that the search is on")
                return
        self._means.finger.press("back", "it covers the screen that the search is on")

    def _is_blank(self, look: Look) -> bool:
        front = front_of(look)
        return front.web is not None and sum(len(one.label) for one in front.said(front.web)) < MIN_PAGE

    def _picture(self) -> str | None:
        """Of a screen on the way; None when there are enough, or the window is protected."""
        if self._shots >= MAX_SHOTS:
            return None
        self._shots += 1
        try:
            return self._means.recorder.screenshot(self._means.watch.screen.screenshot())
        except RunFailure as failure:
            if failure.kind != "screen_hung":
                raise
            return None


def _of_use(spot: Spot, visitor: Visitor) -> bool:
    """A link inside a text leads to the document that it names, and that may have been found meanwhile."""
    words = visitor.words()
    return spot.kind != "link" or words is None or bool(words.search(spot.label))


def _resembles(look: Look, place: Place) -> bool:
    """It shows most of the short labels that the place showed: an advertisement changed, a list got a row."""
    now = words_of(look)
    fewer = min(len(now), len(place.words))
    return fewer >= 3 and len(now & place.words) >= ALIKE * fewer
