"""How often people accept what the machine says, what they put right in it, and how far two people agree."""

from __future__ import annotations

import pytest

from tacitus.records import Record
from tacitus.review import review_record
from tacitus.review.agreement import Share, by_pair, by_type, kappa
from tests.review.conftest import event_of, rejection, verdict


@pytest.mark.parametrize(
    ("count", "total", "low", "high"), [(8, 10, 0.490, 0.943), (0, 5, 0.0, 0.434), (50, 50, 0.929, 1.0)]
)
def test_the_interval_is_wilsons(count: int, total: int, low: float, high: float) -> None:
    bounds = Share(count, total).bounds
    assert bounds is not None and bounds == pytest.approx((low, high), abs=0.001)


def test_nothing_reviewed_is_no_share() -> None:
    assert (Share(0, 0).value, Share(0, 0).bounds, by_type([])) == (None, None, [])


def test_every_event_is_counted_once_under_the_machines_type(coded: Record) -> None:
    entries = [
        verdict(coded, "COERCE", who="ann", at="2024-06-01T00:00:00+00:00"),
        verdict(coded, "COERCE", who="bob", at="2024-06-02T00:00:00+00:00", type="SANCTION", mode=None),
        verdict(coded, "ACCUSE"),
        rejection(coded, "event", event_of(coded, "ASSAULT")),
    ]
    rows = {row.type: row for row in by_type(review_record(coded, entries).marks)}
    assert [(r.accepted, r.corrected, r.rejected) for r in (rows["COERCE"], rows["ASSAULT"], rows["all"])] == [
        (0, 1, 0),
        (0, 0, 1),
        (1, 1, 1),
    ]
    assert rows["COERCE"].corrected_in == {"type": 1, "mode": 1}
    assert (rows["all"].right, rows["all"].type_right) == (Share(1, 3), Share(1, 3))


def test_two_people_are_compared_on_what_both_reviewed(coded: Record) -> None:
    entries = [
        verdict(coded, "COERCE", who="ann"),
        verdict(coded, "COERCE", who="bob", status="negated"),
        verdict(coded, "ACCUSE", who="ann"),
        rejection(coded, "event", event_of(coded, "ACCUSE"), who="bob"),
        verdict(coded, "ASSAULT", who="ann"),
    ]
    (row,) = by_pair(review_record(coded, entries).marks)
    assert (row.one, row.other, row.same_type, row.same_all) == ("ann", "bob", Share(1, 2), Share(0, 2))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([("a", "a")], None),
        ([], None),
    ],
)
def test_kappa(labels: list[tuple[str, str]], expected: float | None) -> None:
    assert kappa(labels) == expected
