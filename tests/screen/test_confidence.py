"""How sure a reading is: what is told as sure is right."""

from __future__ import annotations

from collections import Counter

from test_labelled import ASKING, DRAWN

from harness.screen.confidence import confidence
from harness.screen.dialogs import classify
from harness.testing import button, dialog, draw, page, row, text

BODY = "请您阅读《隐私政策》，了解我们如何收集和使用个人信息。"


def sure(*windows):
    return confidence(classify(draw(*windows)))


def test_what_is_told_as_sure_is_right_on_the_labelled_set():
    told = Counter()
    for screen, style in DRAWN[::4]:
        reading = classify(screen.xml(style))
        told[confidence(reading), (reading.kind in ASKING) == (screen.kind in ASKING)] += 1
    assert told["high", True] > 150
    assert told["high", False] == 0


def test_a_question_with_both_answers_is_sure_and_one_with_a_strange_button_less_so():
    both = [text("提示"), text(BODY)]
    assert sure(dialog(*both, row(button("不同意"), button("同意")))) == "high"
    strange = row(button("不同意"), button("同意"), button("呼啦圈"))
    assert sure(dialog(*both, strange)) == "medium"


def test_a_screen_without_words_is_not_sure():
    assert sure(page()) == "low"
