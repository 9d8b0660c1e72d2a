"""Days on which the score between two sides jumps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tacitus.analysis.jumps import jumps
from tacitus.analysis.tension import build_tension
from tests.analysis.test_tension import MONDAY, event


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([event(day=3), event(day=4, score=-9.0)], [(3, -9.0), (4, -9.0 + 9 / 7)]),
        ([event(day=0, score=-1.0), event(day=9, score=8.0, type="AID", quad=2)], [(9, 8.0)]),
        ([event(day=0, claim="c1")], []),
        ([], []),
    ],
)
def test_a_day_is_laid_beside_the_week_before(rows: list, expected: list[tuple[int, float]]) -> None:
    found = jumps(build_tension(rows, "MLI", "TCD", unit="day"), limit=5)
    assert [(jump.day, pytest.approx(jump.move)) for jump in found] == [
        (MONDAY + timedelta(days=day), move) for day, move in expected
    ]


def test_the_largest_are_kept_and_stand_in_order_of_time() -> None:
    rows = [event(week, score=-3.0 - week) for week in range(4)]
    found = jumps(build_tension(rows, "MLI", "TCD", unit="day"), limit=2)
    assert [jump.day for jump in found] == [MONDAY + timedelta(weeks=week) for week in (2, 3)]
    assert all(jump.incidents for jump in found)


def test_the_volume_of_all_news_may_be_given() -> None:
    found = build_tension([event(0)], "MLI", "TCD", volume={MONDAY + timedelta(days=2): 4, MONDAY: 4})
    assert found.steps[0].share == pytest.approx(1 / 8)
