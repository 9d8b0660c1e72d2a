"""How much of a large database opens of itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tacitus.store import Query
from tacitus.web import situations

START = date(2024, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("counts", "query", "since"),
    [
        ([4, 4, 4], Query(), None),
        ([40, 40, 60, 30], Query(), day(2)),
        ([40, 40, 60, 300], Query(), day(3)),
        ([40, 40, 60, 30], Query(since=day(0)), day(0)),
        ([400, 700, 200, 90], Query(since=day(0), until=day(3), actor="USA"), day(1)),
        ([], Query(), None),
    ],
)
def test_the_last_days_that_can_be_put_in_order(
    monkeypatch: pytest.MonkeyPatch, counts: list[int], query: Query, since: date | None
) -> None:
    monkeypatch.setattr(situations, "AT_ONCE", 100)
    monkeypatch.setattr(situations, "MOST", 1000)
    days: list[tuple[date | None, int]] = [(day(n), number) for n, number in enumerate(counts)]
    found = situations._last_days([*days, (None, 2)], query)
    assert (found.since, found.until, found.actor) == (since, query.until, query.actor)
