"""Trees as real apps nest them (unseen_*.txt, round_*.txt), written before the reader knew them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from unseen_screens import read

from harness.screen.dialogs import CONSENT_KINDS, classify

ASKING = CONSENT_KINDS | {"login_agreement_dialog", "basic_mode_confirm"}
AGREE = {"agree", "agree_login"}
REFUSE = {"refuse", "refuse_exit", "basic_mode", "exit", "cancel", "later"}
STRICT = {"agree", "agree_login", "refuse", "refuse_exit", "basic_mode"}
PERMISSION = {
    "allow", "allow_once", "allow_foreground", "allow_always", "allow_limited", "deny", "deny_dont_ask",
    "one_key_login",
}  # fmt: skip
OTHERS = {
    "manage", "vendor_list", "checkbox", "close", "acknowledge", "confirm", "withdraw", "delete_account", "ads_switch",
    "recommend_switch", "optout", "logout", "login_submit", "switch_login", "guest_login", "goto_settings",
    "accuracy_fine", "accuracy_coarse",
}  # fmt: skip
HERE = Path(__file__).parent
PATHS = [*sorted(HERE.glob("unseen_*.txt")), *sorted(HERE.glob("round_*.txt"))]
SET = [screen for path in PATHS for screen in read(path)]
BY_NAME = {screen.name: screen for screen in SET}


@cache
def reading_of(name):
    """Each screen is read once for all of these tests."""
    return classify(BY_NAME[name].xml())


def kin(role):
    return next((roles for roles in (AGREE, REFUSE) if role in roles), {role})


def test_answers_are_found_in_trees_as_apps_nest_them():
    looked, lost = 0, []
    for screen in SET:
        found = reading_of(screen.name).elements
        for label, role in screen.labelled():
            if role in AGREE | REFUSE | PERMISSION:
                looked += 1
                # What is disabled (a countdown) is named, and cannot be touched yet.
                if not any(one.text == label and one.role in kin(role) for one in found):
                    lost.append(f"{screen.name} {role} {label}")
    assert looked > 300 and len(lost) <= 0.02 * looked, lost


def test_what_answers_nothing_is_found_too():
    looked, lost = 0, []
    for screen in SET:
        found = reading_of(screen.name).elements
        for label, role in screen.labelled():
            if role in OTHERS:
                looked += 1
                if not any(one.text == label and one.role == role for one in found):
                    lost.append(f"{screen.name} {role} {label}")
    assert looked > 100 and len(lost) <= 0.03 * looked, lost


def test_nothing_else_is_taken_for_an_answer():
    wrong = []
    for screen in SET:
        labelled: dict[str, set[str]] = {}
        for label, role in screen.labelled():
            labelled.setdefault(label, set()).add(role)
        reading = reading_of(screen.name)
        if screen.kind not in ASKING and reading.kind in ASKING:
            wrong.append(f"{screen.name} fired: {reading.kind}")
        wrong += [
            f"{screen.name} {one.role} {one.text}"
            for one in reading.elements
            if one.role in STRICT and one.tap and not labelled.get(one.text, set()) & kin(one.role)
        ]
    assert not wrong, wrong


def test_the_kind_of_nine_in_ten_is_told():
    wrong = []
    for screen in SET:
        kind = reading_of(screen.name).kind
        if kind != screen.kind and {kind, screen.kind} != {"negative", "other"}:
            wrong.append(f"{screen.name}: {kind} for {screen.kind}")
    assert len(wrong) <= 0.1 * len(SET), wrong


@pytest.mark.parametrize("language", sorted({screen.language for screen in SET}))
def test_the_language_of_an_unseen_screen_is_told(language):
    mine = [screen for screen in SET if screen.language == language]
    told = [reading_of(screen.name).language for screen in mine]
    assert told.count(language) >= 0.8 * len(told), told
