"""The labelled set (labelled.tsv): real kinds of questions in ten languages and what only looks like them, each
drawn as several toolkits draw it. Agree and refuse are found; nothing else is taken for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.screen.dialogs import CONSENT_KINDS, classify
from harness.testing import STYLES, box, draw, question

ASKING = CONSENT_KINDS | {"login_agreement_dialog", "basic_mode_confirm"}
AGREE = ("agree", "agree_login")
REFUSE = ("refuse", "refuse_exit", "basic_mode", "exit", "cancel", "later")
CONSENT_ROLES = frozenset({*AGREE, "refuse", "refuse_exit", "basic_mode"})


@dataclass(frozen=True)
class Labelled:
    number: int
    kind: str
    language: str
    shape: str
    title: str
    body: str
    answers: tuple[tuple[str, str], ...]

    def xml(self, style):
        boxes = [
            box(label, *(["checked"] if role == "box+" else []))
            for role, label in self.answers
            if role[:3] == "box"
        ]
        labels = [label for role, label in self.answers if role[:3] != "box"]
        is_page, beside = self.shape == "p", self.shape == "d" and len(labels) == 2
        return draw(question(style, self.title, self.body, labels, boxes, is_page, beside))

    def label(self, *roles):
        return [label for role, label in self.answers if role in roles]


def _read():
    lines = Path(__file__).with_name("labelled.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        kind, language, shape, title, body, answers = line.split("\t")
        pairs = tuple(tuple(answer.strip().split(":", 1)) for answer in answers.split(" | "))
        yield Labelled(number, kind, language, shape, "" if title == "-" else title, body, pairs)


SET = list(_read())
DRAWN = [(screen, style) for screen in SET for style in STYLES]


def found(reading, roles):
    return [element for element in reading.elements if element.role in roles and element.tap]


def missed(screen, style):
    """What is wrong with the reading of one drawing: (answers looked for, not found, wrong)."""
    reading = classify(screen.xml(style))
    looked, lost, wrong = 0, [], []
    if screen.kind in ASKING:
        for roles in (AGREE, REFUSE):
            for label in screen.label(*roles):
                looked += 1
                if label not in [element.text for element in found(reading, roles)]:
                    lost.append(label)
        for element in found(reading, AGREE):
            if element.text not in screen.label(*AGREE):
                wrong.append(f"{element.role} {element.text}")
        for element in found(reading, ("refuse", "refuse_exit", "basic_mode")):
            if element.text not in screen.label(*REFUSE):
                wrong.append(f"{element.role} {element.text}")
    else:
        fired = found(reading, CONSENT_ROLES) if reading.kind not in ("in_app_authorisation",) else []
        wrong += [f"fired: {element.role} {element.text}" for element in fired]
        if reading.kind in ASKING:
            wrong.append(f"fired: {reading.kind}")
    return looked, lost, wrong, reading


def test_the_set_is_large_and_a_third_are_look_alikes_in_ten_languages():
    assert len(DRAWN) >= 1000 and len(SET) >= 200
    assert 3 * sum(screen.kind == "negative" for screen in SET) >= len(SET)
    for kind in ("negative", "privacy_popup", "retention"):
        assert {screen.language for screen in SET if screen.kind == kind} >= {
            "zh-Hans", "zh-Hant", "en", "de", "fr", "es", "it", "pt", "ja", "ko",
        }, kind  # fmt: skip


def test_agree_and_refuse_are_found_and_nothing_else_is_taken_for_them():
    looked, lost, wrong = 0, [], []
    for screen, style in DRAWN:
        here, lost_here, wrong_here, _ = missed(screen, style)
        looked += here
        lost += [f"line {screen.number} {style}: {label}" for label in lost_here]
        wrong += [f"line {screen.number} {style}: {what}" for what in wrong_here]
    assert not wrong, wrong
    assert looked > 800 and len(lost) <= 0.02 * looked, (looked, lost)


@pytest.mark.parametrize("language", sorted({screen.language for screen in SET}))
def test_the_language_is_told(language):
    told = [classify(screen.xml("alert")).language for screen in SET if screen.language == language]
    assert told.count(language) >= 0.95 * len(told), told


def test_the_kind_is_told():
    wrong = []
    for screen, style in DRAWN:
        reading = classify(screen.xml(style))
        if reading.kind != screen.kind:
            wrong.append(f"line {screen.number} {style}: {reading.kind} for {screen.kind} ({reading.why})")
    assert len(wrong) <= 0.05 * len(DRAWN), wrong


@pytest.mark.parametrize(
    ("screen", "style"), [(s, style) for s, style in DRAWN if any(r[:3] == "box" for r, _ in s.answers)]
)
def test_a_box_keeps_its_state(screen, style):
    boxes = [element for element in classify(screen.xml(style)).elements if element.role == "checkbox"]
    states = [role == "box+" for role, _ in screen.answers if role[:3] == "box"]
    assert [element.checked for element in boxes] == states
