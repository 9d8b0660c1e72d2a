"""The closing line of `tacitus code`."""

from __future__ import annotations

import pytest

from tacitus.cli.code import Tally
from tests.factories import make_record


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([("undated",), ("below-confidence:3", "undated"), ("below-confidence:2",)], "5 less sure events left out"),
        ([("below-confidence:1",)], "1 less sure event left out"),
    ],
)
def test_it_says_how_many_events_were_left_out(flags: list[tuple[str, ...]], said: str) -> None:
    tally = Tally()
    for own in flags:
        tally.count(make_record("Nothing.", flags=own))
    assert said in str(tally)


def test_it_says_nothing_where_nothing_was_left_out() -> None:
    tally = Tally()
    tally.count(make_record("Nothing."))
    assert "left out" not in str(tally)
