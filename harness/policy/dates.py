"""Dates in notices: 2025年3月1日, 2025-03-01, March 1, 2025, 1 March 2025."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_YEAR_FIRST: Final = re.compile(r"((?:19|20)\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})")
_MONTH_FIRST: Final = re.compile(rf"\b{_NAME}\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s((?:19|20)\d\d)")
_DAY_FIRST: Final = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_NAME},?\s((?:19|20)\d\d)")


def effective_date(text: str) -> list[date]:
    """Every whole date in folded text; what is no day of the calendar is left out."""
    found = [_day(*match.groups()) for match in _YEAR_FIRST.finditer(text)]
    found += [_day(year, month, day) for month, day, year in _MONTH_FIRST.findall(text)]
    found += [_day(year, month, day) for day, month, year in _DAY_FIRST.findall(text)]
    return [one for one in found if one is not None]


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
