"""Every kind of screen is labelled in every language where there is such a screen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from unseen_screens import read

from harness.screen.look import Kind

HERE = Path(__file__).parent
LANGUAGES = ("zh-Hans", "zh-Hant", "en", "de", "fr", "es", "it", "pt", "ja", "ko")
NOWHERE = {
    # Named by us for what cannot be told, and what is nothing in particular: seen in no language or in any.
    "unknown": LANGUAGES,
    "other": ("zh-Hant", "de", "fr", "es", "it", "pt", "ja", "ko"),
    # Logging in by the SIM's own number is offered by Chinese carriers only.
    "login_one_key": ("zh-Hant", "en", "de", "fr", "es", "it", "pt", "ja", "ko"),
    # GB/T 41391 and CVERC made basic functions without consent a Chinese screen; elsewhere one may go on as a guest.
    "privacy_popup_basic_mode": ("de", "fr", "es", "it", "pt"),
    "basic_mode_confirm": ("zh-Hant", "en", "de", "fr", "es", "it", "pt", "ja", "ko"),
    # Banners of the IAB's framework are not used in mainland China.
    "cmp_banner": ("zh-Hans",),
}
"""Gaps that were looked at, with the reason."""


def labelled():
    count = Counter()
    for line in (HERE / "labelled.tsv").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, language = line.split("\t")[:2]
            count[kind, language] += 1
    for path in HERE.glob("*_[0-9].txt"):
        for screen in read(path):
            count[screen.kind, screen.language] += 1
    return count


COUNT = labelled()


@pytest.mark.parametrize("kind", [kind for kind in get_args(Kind) if kind != "unknown"])
def test_each_kind_has_labelled_screens_in_each_language(kind):
    empty = {language for language in LANGUAGES if not COUNT[kind, language]}
    assert empty == set(NOWHERE.get(kind, ())), f"{kind} lacks {sorted(empty)}"


def test_labels_name_kinds_and_languages_that_exist():
    assert {kind for kind, _ in COUNT} <= set(get_args(Kind)) and {one for _, one in COUNT} <= set(LANGUAGES)


def test_a_third_of_all_screens_asks_nothing():
    alike = sum(count for (kind, _), count in COUNT.items() if kind in ("negative", "other"))
    assert alike >= 0.3 * COUNT.total() and COUNT.total() >= 800
