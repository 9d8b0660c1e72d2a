"""What readers look up is the same whether it grew with the pages or is made anew from the other tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tacitus.corpus.mentions import MentionId
from tacitus.store import Query, Store, open_store, told
from tacitus.store.incident_rows import ReportRow
from tests.factories import make_actor, make_claim, make_event, make_record

TEXT = "Norland shelled Port Ess on Monday. Southmark accused Norland, its minister said."
TABLES = {
    "told": "* EXCLUDE (number)",
    "parts": "day, actor",
    "pages": "*",
    "everybody": "* EXCLUDE (who)",
    "claims": "* EXCLUDE (who)",
}


def page(id: str, day: str = "2024-05-06"):  # type: ignore[no-untyped-def]
    norland = make_actor("a1", TEXT, "Norland", code="NORMIL", kind="organization")
    minister = make_actor("a2", TEXT, "its minister", code="SOUGOV", kind="person")
    shelled = make_event("e1", TEXT, "shelled", actors=[norland])
    accused = make_event("e2", TEXT, "accused", actors=[minister], recipients=[norland], type="ACCUSE", claim="c1")
    claim = make_claim("c1", TEXT, "Southmark accused Norland", speaker=minister, cue="said")
    record = make_record(TEXT, id=id)
    return replace(
        record,
        published=day,
        actors=(norland, minister),
        events=(shelled, accused),
        claims=(claim,),
        title=f"Page {id}",
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "world.duckdb")
    run = opened.start_run(program="test", sources=[])
    opened.add([page("d1"), page("d2", "2024-05-05")], run=run)
    return opened


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: store._connection.execute(f"SELECT {columns} FROM {name} ORDER BY ALL").fetchall()
        for name, columns in TABLES.items()
    }


def assert_made_anew(store: Store) -> None:
    """Nothing in it is other than the other tables have it."""
    before = rows(store)
    with store.transaction() as connection:
        told.tell_all(connection)
    assert rows(store) == before


def test_it_grows_with_the_pages(store: Store) -> None:
    assert [(e.document, e.event) for e in store.events()] == [("d2", "e1"), ("d2", "e2"), ("d1", "e1"), ("d1", "e2")]
    (claim, _) = store.claims()
    assert (claim.speaker.name if claim.speaker else None, claim.events) == ("its minister", ("e2",))
    assert len(rows(store)["everybody"]) == 2  # each once for both pages
    assert_made_anew(store)


def test_a_page_coded_again_is_told_once(store: Store) -> None:
    store.add([replace(page("d1"), events=page("d1").events[:1])], run=2)
    assert [(e.document, e.event) for e in store.events()] == [("d2", "e1"), ("d2", "e2"), ("d1", "e1")]
    assert [row.id for row in store.documents()] == ["d2", "d1"]
    assert len(rows(store)["parts"]) == 4
    assert_made_anew(store)


def test_incidents_are_told_and_taken_back(store: Store) -> None:
    ids = [MentionId("d1", "e1"), MentionId("d2", "e1")]
    with store.transaction():
        store.incidents.assign([ReportRow("i1", id_) for id_ in ids], run=1)
    assert [e.incident for e in store.events()] == ["i1", None, "i1", None]
    assert_made_anew(store)
    with store.transaction():
        store.incidents.unassign(ids[1:])
    assert [e.incident for e in store.events()] == [None, None, "i1", None]
    assert_made_anew(store)


def test_copies_are_told(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT INTO copies VALUES ('d1', 'd2', 'verbatim', 1.0)")
        told.relate(connection, ["d1", "d2"])
    assert [e.origin for e in store.events()] == ["d2", "d2", "d2", "d2"]
    assert_made_anew(store)


def test_a_period_and_parties_choose(store: Store) -> None:
    def chosen(**query: object) -> list[str]:
        return [f"{e.document}/{e.event}" for e in store.events(Query(**query))]  # type: ignore[arg-type]

    assert chosen(since=date(2024, 5, 6)) == ["d1/e1", "d1/e2"]
    assert chosen(actor="SOU", with_="NOR", until=date(2024, 5, 5)) == ["d2/e2"]
    assert chosen(actor="NOR", with_="NORMIL") == []  # two parties are asked for


def test_rows_out_of_order_are_put_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def order() -> list[date]:
        return [day for (day,) in store._connection.execute("SELECT day FROM told ORDER BY number").fetchall()]

    before = rows(store)
    store.add([page("d3", "2024-05-01")], run=1)
    assert order()[-1] == date(2024, 5, 1)
    monkeypatch.setattr(told, "TIDY_ABOVE", 1)
    store.finish_run(1)
    assert order() == sorted(order())
    assert all(row in rows(store)["told"] for row in before["told"])
    assert_made_anew(store)


def test_events_read_without_their_words_get_them_back(store: Store) -> None:
    from tacitus.store.queries import worded

    bare = store.events(worded=False)
    assert {e.sentence_text for e in bare} == {""}
    found = worded(store._connection, bare)
    assert [found[e.document, e.event] for e in bare] == store.events()


def test_made_anew_in_slices_it_is_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([page(f"n{n}", f"2024-04-{n:02d}") for n in range(1, 10)], run=1)
    before = rows(store)
    monkeypatch.setattr(told, "SLICE", 5)
    with store.transaction() as connection:
        told.tell_all(connection)
    assert rows(store) == before
    numbered = store._connection.execute("SELECT number, day FROM told ORDER BY number").fetchall()
    assert [number for number, _ in numbered] == list(range(1, 23))
    assert [day for _, day in numbered] == sorted(day for _, day in numbered)
