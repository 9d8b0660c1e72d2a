"""Dates read the same on every machine."""

from __future__ import annotations

from datetime import date

import pytest

from tacitus.export.days import day, period


def test_day() -> None:
    assert day(date(1962, 10, 2)) == "2 Oct 1962"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(1962, 10, 2), date(1962, 10, 2), "2 Oct 1962"),
        (date(1962, 10, 2), date(1962, 10, 9), "2 to 9 Oct 1962"),
        (date(1962, 9, 30), date(1962, 10, 9), "30 Sep to 9 Oct 1962"),
        (date(1962, 12, 30), date(1963, 1, 9), "30 Dec 1962 to 9 Jan 1963"),
        (date(1962, 10, 2), None, "from 2 Oct 1962"),
        (None, date(1962, 10, 2), "until 2 Oct 1962"),
        (None, None, "all dates"),
    ],
)
def test_period(first: date | None, last: date | None, told: str) -> None:
    assert period(first, last) == told
