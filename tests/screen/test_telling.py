"""What tells a question about data from what only speaks of it."""

from __future__ import annotations

import pytest

from harness.screen.dialogs import CONSENT_KINDS, classify
from harness.screen.roles import denied, is_led, word_of
from harness.screen.telling import speaks_of_data, unquoted
from harness.testing import button, dialog, draw, page, row, text


def roles(reading):
    return {element.role: element.text for element in reading.elements}


@pytest.mark.parametrize(
    ("no", "yes"), [("Don't share", "Share"), ("送信しない", "送信する"), ("不参与", "参与")]
)
def test_of_two_labels_one_denies_the_other(no, yes):
    told = "我们会收集您的使用数据用于改进产品。 We collect your usage data to improve the app."
    found = roles(classify(draw(dialog(text("Your privacy"), text(told), row(button(no), button(yes))))))
    assert found["refuse"] == no and found["agree"] == yes


def test_the_same_two_labels_under_other_words_are_no_consent():
    reading = classify(
        draw(dialog(text("Photo"), text("Send it to Anna?"), row(button("Don't share"), button("Share"))))
    )
    assert reading.kind not in CONSENT_KINDS and "agree" not in roles(reading)


def test_yes_and_no_lead_whatever_follows_but_a_purchase_does_not():
    assert word_of("No, see ads that are less relevant").role == "refuse"
    assert word_of("No, take me to settings").role == "manage"
    assert word_of("Yes, continue to see relevant ads").role == "confirm"
    assert word_of("Yes, buy it") is None
    assert is_led("Ja, gerne") and not is_led("Jahrgang")


def test_what_a_label_denies():
    assert denied("don't share") == "share" and denied("teilen nicht") == "teilen"
    assert denied("share") is None


def test_a_banner_is_known_by_how_its_choices_stand():
    told = text("Wir und unsere Dienstleister setzen Tracking ein. Wir brauchen deine Zustimmung.")
    shown = dialog(told, button("Geht klar"), button("Nur technisch notwendige"), button("Auswahl anpassen"))
    found = roles(classify(draw(shown)))
    assert found["agree"] == "Geht klar" and found["refuse"] == "Nur technisch notwendige"


@pytest.mark.parametrize("words", ["Team sync 14:00 – 15:00", "Quiz", "單選題"])
def test_an_errand_that_names_a_policy_is_none(words):
    shown = dialog(
        text(words),
        text("Privacy policy review: do you agree with it?"),
        row(button("Decline"), button("Accept")),
    )
    assert classify(draw(shown)).kind == "negative"


def test_data_of_nobody_in_particular_is_not_asked_for():
    assert speaks_of_data("We use your activity data to show ads. Do you agree?", is_choice=True)
    assert not speaks_of_data(
        "Club rules: members' activity data is public. Accept this member?", is_choice=True
    )
    assert not speaks_of_data("Pixel wants to send you privacy-policy.pdf", is_choice=True)


def test_a_quotation_asks_nobody():
    assert "agree" not in unquoted('Kim: it says "Please read and agree to our Privacy Policy"')
    assert classify(draw(page(text("首页")))).kind == "other"
