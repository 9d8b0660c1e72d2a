"""Reviews in the store: apart from the machine's records, before them in everything that is read, and never lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tacitus.analysis.grouping import update_incidents
from tacitus.analysis.reviewing import bring_up_to_date, open_reviewed
from tacitus.corpus.mentions import MentionId
from tacitus.errors import StoreError
from tacitus.records import Record, Span
from tacitus.review import Count, Entry, EventFacts, Spot, added_entry, new_entry
from tacitus.review.entries import undo_entry
from tacitus.store import Store, open_store
from tacitus.store.journal import Journal
from tests.web.conftest import shelling


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages that tell of one attack, in one incident."""
    path = tmp_path_factory.mktemp("reviews") / "world.duckdb"
    with open_store(path) as store:
        run = store.start_run(program="test", sources=["pages/"])
        store.add([shelling("d1"), replace(shelling("d2"), publisher="The Herald")], run=run)
        update_incidents(store, run=run)
    return path


@pytest.fixture
def db(world: Path, tmp_path: Path) -> Path:
    """A copy to review."""
    return Path(shutil.copy(world, tmp_path / "world.duckdb"))


def say(record: Record, event: str = "e1", *, who: str = "ann", **changes: object) -> Entry:
    (found,) = (one for one in record.events if one.id == event)
    becomes = replace(EventFacts.of(found, record), **changes)
    return new_entry(record, subject="event", item=event, becomes=becomes, who=who)


def reject(record: Record, item: str = "e1", *, subject: str = "event") -> Entry:
    return new_entry(record, subject=subject, item=item, becomes=None, who="ann")


def standing(store: Store) -> dict[str, list[str]]:
    """The incidents that stand, by type, with the pages of their reports."""
    rows = {row.incident: row.type for row in store.incidents.rows()}
    return {
        type_: sorted(report.id.document for report in store.incidents.report_rows([id_]))
        for id_, type_ in rows.items()
    }


def test_what_is_put_right_is_right_wherever_it_is_read_and_the_machines_own_stays(db: Path) -> None:
    machine = shelling("d1")
    Journal(db).add([say(machine, type="AGREE")])
    with open_reviewed(db) as store:
        (row,) = (row for row in store.events() if (row.document, row.event) == ("d1", "e1"))
        assert (row.type, row.mode, row.cameo, row.confidence) == ("AGREE", None, "030", 1.0)
        record = store.record("d1")
        assert record is not None and (record.events[0].type, record.events[0].review) == ("AGREE", "corrected")
        assert record in list(store.records())
        assert store.machine_record("d1") == machine
        assert standing(store) == {"ASSAULT": ["d2"], "AGREE": ["d1"], "ACCUSE": ["d1", "d2"]}


def test_incidents_are_made_anew_only_where_something_changed(db: Path) -> None:
    with open_store(db, read_only=True) as store:
        before = {row.incident: row for row in store.incidents.rows()}
    rejected = reject(shelling("d2"))
    Journal(db).add([rejected])
    with open_reviewed(db) as store:
        after = {row.incident: row for row in store.incidents.rows()}
        assert standing(store) == {"ASSAULT": ["d1"], "ACCUSE": ["d1", "d2"]}
    changed = [id_ for id_ in before if before[id_] != after[id_]]
    assert [before[id_].type for id_ in changed] == ["ASSAULT"]
    assert (before[changed[0]].reports, after[changed[0]].reports) == (2, 1)
    Journal(db).add([undo_entry(rejected, who="bob")])
    with open_reviewed(db) as store:
        again = {row.incident: replace(row, changed=0) for row in store.incidents.rows()}
    assert again == {id_: replace(row, changed=0) for id_, row in before.items()}


def test_an_incident_without_any_report_left_is_withdrawn(db: Path) -> None:
    Journal(db).add([reject(shelling(id_)) for id_ in ("d1", "d2")])
    with open_reviewed(db) as store:
        assert standing(store) == {"ACCUSE": ["d1", "d2"]}
        assert [(row.change, row.detail) for row in store.incidents.changes(since=1)] == [
            ("withdrawn", "put right by hand")
        ]


def test_numbers_put_right_are_the_incidents_and_it_stays_the_same_incident(db: Path) -> None:
    with open_store(db, read_only=True) as store:
        before = {row.incident for row in store.incidents.rows()}
    dead = Count(
        start=shelling("d1").text.index("12"), end=shelling("d1").text.index("12") + 2, words="12", low=12, high=12
    )
    Journal(db).add([say(shelling(id_), dead=dead) for id_ in ("d1", "d2")])
    with open_reviewed(db) as store:
        assert {row.incident for row in store.incidents.rows()} == before
        assert [(row.dead_low, row.reports) for row in store.incidents.rows() if row.type == "ASSAULT"] == [(12, 2)]


def test_a_missed_event_is_an_incident_or_a_report_of_one(db: Path) -> None:
    machine = replace(shelling("d3"), events=())
    with open_store(db) as store:
        run = store.start_run(program="test", sources=["pages/"])
        store.add([machine], run=run)
        update_incidents(store, run=run)
    start = machine.text.index("shelled")
    attack = EventFacts.of(shelling("d3").events[0], shelling("d3"))
    entry = added_entry(machine, trigger=Span(start, start + 7), becomes=attack, who="ann")
    Journal(db).add([entry])
    with open_reviewed(db) as store:
        assert standing(store) == {"ASSAULT": ["d1", "d2", "d3"], "ACCUSE": ["d1", "d2"]}
        (row,) = (row for row in store.events() if row.document == "d3")
        assert entry.anchor is not None and (row.event, row.review) == (entry.anchor.item, "added")
        assert store.machine_record("d3") == machine
    with open_store(db) as store:
        store.add([shelling("d3")], run=store.start_run(program="test", sources=["pages/"]))
        found = [(row.event, row.type, row.review) for row in store.events() if row.document == "d3"]
        assert sorted(found) == [("e1", "ASSAULT", "accepted"), ("e2", "THREATEN", None), ("e3", "ACCUSE", None)]
    Journal(db).add([undo_entry(entry, who="bob")])
    with open_reviewed(db) as store:
        assert {row.review for row in store.events()} == {None}


def test_an_incident_tells_which_reports_people_took_out(db: Path) -> None:
    with open_store(db, read_only=True) as store:
        (attack,) = (row.incident for row in store.incidents.rows() if row.type == "ASSAULT")
    rejected, moved = reject(shelling("d2")), say(shelling("d1"), type="AGREE")
    Journal(db).add([rejected])
    bring_up_to_date(db)
    Journal(db).add([moved])
    with open_reviewed(db) as store:
        assert [mark.entry for mark in store.review_queue.taken_out(attack)] == [rejected, moved]
        assert [row.change for row in store.incidents.changes(since=1)].count("withdrawn") == 1
    Journal(db).add([undo_entry(rejected, who="bob")])
    with open_reviewed(db) as store:
        assert [mark.entry for mark in store.review_queue.taken_out(attack)] == [moved]
        marks = store.review_queue.marks_on({MentionId("d1", "e1"), MentionId("d2", "e1")})
        assert {id_.document: [mark.entry.verdict for mark in found] for id_, found in marks.items()} == {
            "d1": ["corrected"]
        }


def test_a_place_put_right_moves_the_incident(db: Path) -> None:
    entries = []
    for id_ in ("d1", "d2"):
        machine = shelling(id_)
        there = replace(Spot.of(machine.places[0], machine.text), lat=-33.0, lon=18.0, country="ZAF", geonameid=9)
        entries.append(new_entry(machine, subject="place", item="0", becomes=there, who="ann"))
    Journal(db).add(entries)
    with open_reviewed(db) as store:
        assert [(r.country, r.lat) for r in store.incidents.rows() if r.type == "ASSAULT"] == [("ZAF", -33.0)]


@pytest.mark.parametrize("recoded", [lambda record: record, lambda record: replace(record, events=record.events[::-1])])
def test_recoding_keeps_what_people_said(db: Path, recoded) -> None:  # type: ignore[no-untyped-def]
    Journal(db).add([say(shelling("d1"), type="AGREE"), reject(shelling("d1"), "e3")])
    bring_up_to_date(db)
    with open_store(db) as store:
        run = store.start_run(program="test", sources=["pages/"])
        store.add([recoded(shelling("d1"))], run=run)
        update_incidents(store, run=run)
        assert [(row.event, row.type) for row in store.events() if row.document == "d1"] == [
            ("e1", "AGREE"),
            ("e2", "THREATEN"),
        ]
        assert standing(store) == {"ASSAULT": ["d2"], "AGREE": ["d1"], "ACCUSE": ["d2"]}


def test_what_recoding_no_longer_finds_is_listed_as_lost(db: Path) -> None:
    Journal(db).add([say(shelling("d1"), type="AGREE"), say(shelling("gone"))])
    bring_up_to_date(db)
    with open_store(db) as store:
        store.add([replace(shelling("d1"), events=())], run=store.start_run(program="test", sources=["pages/"]))
        assert sorted((m.entry.document, m.state, m.why) for m in store.review_queue.marks(state="lost")) == [
            ("d1", "lost", "the machine finds no such event there any more"),
            ("gone", "lost", "its page is not in this database"),
        ]


def test_reviews_of_a_page_that_comes_later_wait_for_it(db: Path) -> None:
    Journal(db).add([say(shelling("d3"), status="negated")])
    bring_up_to_date(db)
    with open_store(db) as store:
        store.add([shelling("d3")], run=1)
        assert [row.status for row in store.events() if (row.document, row.event) == ("d3", "e1")] == ["negated"]
        assert store.review_queue.marks(state="lost") == []


def test_reviews_are_written_while_the_database_is_held(db: Path) -> None:
    with open_store(db) as writer:
        assert Journal(db).add([say(shelling("d1"), type="AGREE")]) == 1
        writer.add([shelling("d9")], run=1)
    assert bring_up_to_date(db) == 1
    assert bring_up_to_date(db) == 0, "each entry is taken in once"


def test_a_lost_log_is_written_again_from_the_database(db: Path) -> None:
    entry = say(shelling("d1"), type="AGREE")
    Journal(db).add([entry])
    bring_up_to_date(db)
    Journal(db).path.unlink()
    bring_up_to_date(db)
    assert Journal(db).entries() == [entry]


def test_a_broken_log_is_named(db: Path) -> None:
    journal = Journal(db)
    journal.add([say(shelling("d1"))])
    with sqlite3.connect(journal.path) as file:
        file.execute("UPDATE entries SET body = json_set(body, '$.verdict', 'maybe')")
    file.close()
    with pytest.raises(StoreError, match=r"world\.duckdb.*\.review\.sqlite: an entry cannot be read: .*'maybe'"):
        bring_up_to_date(db)
    journal.path.write_bytes(b"no database at all, but long enough to look like a file" * 30)
    with pytest.raises(StoreError, match="log of reviews cannot be used"):
        open_reviewed(db)


def test_a_database_of_the_version_before_takes_reviews(db: Path, tmp_path: Path) -> None:
    """The migration adds what reviews need, and the facts of older pages can be put right."""
    with duckdb.connect(str(db)) as connection:
        for table in ("actors", "events", "places"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN review")
        for table in ("reviews", "review_marks", "everybody", "pages", "told", "parts"):
            connection.execute(f"DROP TABLE {table}")
        for (index,) in connection.execute("SELECT index_name FROM duckdb_indexes()").fetchall():
            connection.execute(f"DROP INDEX {index}")
        for table, column in (
            ("actors", "who"),
            *(("claims", c) for c in ("who", "day", "sentence_start", "sentence_end")),
        ):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    Journal(db).add([say(shelling("d1"), type="AGREE")])
    assert bring_up_to_date(db) == 1
    with open_reviewed(db) as store:
        assert {row.type for row in store.events() if row.event == "e1"} == {"AGREE", "ASSAULT"}


def test_the_log_in_the_database_is_the_whole_entry(db: Path) -> None:
    entry = say(shelling("d1"), type="AGREE")
    Journal(db).add([entry])
    bring_up_to_date(db)
    with duckdb.connect(str(db), read_only=True) as connection:
        ((body, verdict),) = connection.execute("SELECT body, verdict FROM reviews").fetchall()
    assert (Entry.from_dict(json.loads(body)), verdict) == (entry, "corrected")
