"""An answer is an interval: what crosses it proves nothing."""

from __future__ import annotations

import pytest

from harness.model.event import ConsentChanged, Evidence, Tap
from harness.timeline.consent import NEVER, Moment, agreement, asked, earlier, refusal

EVIDENCE = Evidence(file="raw/ui.jsonl", line=1)


def changed(state, lo, hi, certain=True):
    return ConsentChanged(
        id="ui-1", t_lo=lo, t_hi=hi, source="driver", evidence=EVIDENCE, state=state, certain=certain
    )


def tapped(role, lo, hi):
    return Tap(id="ui-2", t_lo=lo, t_hi=hi, source="driver", evidence=EVIDENCE, role=role)


@pytest.mark.parametrize(
    ("lo", "hi", "before", "after"),
    [
        (1, 99, True, False),
        (1, 100, False, False),
        (100, 200, False, False),
        (150, 150, False, False),
        (200, 250, False, False),
        (201, 250, False, True),
        (1, 300, False, False),
    ],
)
def test_only_what_lies_wholly_outside_the_interval_is_before_or_after(lo, hi, before, after):
    moment = Moment(100, 200)
    event = tapped("other", lo, hi)
    assert moment.is_after(event) is before
    assert moment.is_before(event) is after


def test_a_grace_moves_only_the_later_bound():
    assert not Moment(100, 200).is_before(tapped("x", 2200, 2200), grace_ms=2000)
    assert Moment(100, 200).is_before(tapped("x", 2201, 2201), grace_ms=2000)


def test_everything_is_before_an_answer_that_never_came_and_nothing_after_it():
    event = tapped("x", 1e12, 1e12)
    assert not NEVER.came and NEVER.is_after(event) and not NEVER.is_before(event)


def test_agreement_begins_with_the_first_tap_that_may_have_agreed():
    moment = agreement([changed("granted", 500, 700)], [tapped("refuse", 10, 11), tapped("agree", 300, 301)])
    assert moment == Moment(300, 700)


def test_an_agreement_whose_end_was_not_seen_has_no_certain_after():
    moment = agreement([changed("granted", 500, 700, certain=False)], [])
    assert moment.lo == 500 and not moment.is_before(tapped("x", 1e12, 1e12))


def test_a_tap_on_refuse_is_not_consent():
    assert agreement([changed("refused", 5, 6)], [tapped("refuse", 5, 5)]) == NEVER


def test_a_refusal_that_was_confirmed_counts_before_one_that_was_only_tapped():
    only_tapped, confirmed = changed("refused", 5, 9, certain=False), changed("refused", 20, 30)
    assert refusal([only_tapped, confirmed]) == Moment(20, 30)
    assert refusal([only_tapped]).lo == 5 and refusal([only_tapped]).hi == float("inf")
    assert refusal([]) == NEVER
    assert refusal([changed("limited", 7, 8)]) == Moment(7, 8)


def test_the_first_question_and_the_first_answer():
    assert asked([changed("asked", 1, 2), changed("asked", 8, 9)]) == Moment(1, 2)
    assert earlier(Moment(5, 9), Moment(6, 7)) == Moment(5, 7)
    assert earlier(NEVER, Moment(6, 7)) == Moment(6, 7)
