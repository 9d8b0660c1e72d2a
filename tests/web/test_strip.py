"""The strip over all days of a database."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tacitus.store import Query
from tacitus.web.strip import strip

START = date(2024, 1, 1)


def days(*offsets: int, number: int = 1) -> list[tuple[date, int, float, float]]:
    return [(START + timedelta(days=offset), number, -2.0, 1.0) for offset in offsets]


def href(first: date, last: date) -> str:
    return f"{first}..{last}"


@pytest.mark.parametrize(
    ("told", "bars", "last"),
    [
        (days(0, 9), 10, "2024-01-10..2024-01-10"),
        (days(0, 300), 43, "2024-10-21..2024-10-27"),
        (days(0, 800), 27, "2026-03-01..2026-03-31"),
        (days(0), 0, None),
        ([], 0, None),
    ],
)
def test_bars_are_days_weeks_or_months(told: list[tuple[date, int, float, float]], bars: int, last: str | None) -> None:
    links = re.findall(r'href="([^"]+)"', strip(told, chosen=Query(), href=href))
    assert (len(links), links[-1] if links else None) == (bars, last)


def test_what_pages_recall_from_long_ago_does_not_stretch_the_strip() -> None:
    drawn = strip([*days(-9000), *days(*range(5), number=40)], chosen=Query(), href=href)
    assert len(re.findall("<a ", drawn)) == 5
    assert len(re.findall("<a ", strip([*days(-3), *days(*range(5), number=40)], chosen=Query(), href=href))) == 8


@pytest.mark.parametrize(
    ("since", "until", "bands"), [(2, 4, 1), (None, 4, 1), (2, None, 1), (None, None, 0), (50, 60, 0)]
)
def test_a_band_lies_over_the_chosen_period(since: int | None, until: int | None, bands: int) -> None:
    bounds = [START + timedelta(days=n) if n is not None else None for n in (since, until)]
    drawn = strip(days(*range(10)), chosen=Query(since=bounds[0], until=bounds[1]), href=href)
    assert drawn.count('class="period"') == bands
