"""How much of a large database opens of itself; and that what is read without words says the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from tacitus.analysis import build_situation
from tacitus.corpus.mentions import MentionId
from tacitus.store import Query, open_store
from tacitus.store.incident_rows import ReportRow
from tacitus.store.reading_pages import Reader
from tacitus.web import situations
from tests.web.conftest import shelling

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


@contextmanager
def reading(tmp_path: Path) -> Iterator[Reader]:
    """Four pages on one shelling, two of which are in an incident."""
    with open_store(tmp_path / "world.duckdb") as store:
        run = store.start_run(program="test", sources=[])
        store.add([shelling(f"d{n}") for n in range(4)], run=run)
        with store.transaction():
            store.incidents.assign([ReportRow("i1", MentionId(f"d{n}", "e1")) for n in range(2)], run=run)
        yield Reader(store._connection)


@pytest.mark.parametrize("query", [Query(), Query(since=date(2024, 5, 6), until=date(2024, 5, 6)), Query(actor="NOR")])
def test_what_is_shown_is_what_a_report_says(tmp_path: Path, query: Query) -> None:
    with reading(tmp_path) as reader:
        whole = build_situation(reader.documents(query), reader.events(query), reader.claims(query), query=query)
        view = situations.build_view(reader, query)
        bare = view.situation
        assert {incident.clause for incident in bare.incidents} == {""}
        shown = [*bare.incidents, *(a.incident for a in bare.allegations), *(q.incident for q in bare.questions)]
        found = situations.with_words(reader, view, shown).situation
    assert len(whole.incidents) > 1
    for part in ("volume", "incidents", "allegations", "questions", "intervals", "caveats", "sources"):
        assert getattr(found, part) == getattr(whole, part), part
