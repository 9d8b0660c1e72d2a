"""The whole way: pages coded into a database, reviewed, coded again by the program itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tacitus.analysis.reviewing import open_reviewed
from tacitus.engines.storing import StoreCoder
from tacitus.records import Article
from tacitus.review import EventFacts, Spot, new_entry
from tacitus.settings import Settings
from tacitus.store import open_store
from tacitus.store.journal import Journal
from tests.review.conftest import TEXT, event_of, rejection

PAGE = Article(id="page", text=TEXT, published="2024-05-08", published_basis="input")


def test_what_people_said_stands_after_the_program_coded_the_page_again(tmp_path: Path) -> None:
    db = tmp_path / "world.duckdb"
    with open_store(db) as store, StoreCoder(store, Settings()) as coder:
        list(coder.code([PAGE], sources=["page"]))
        machine = store.machine_record("page")
        assert machine is not None
        odessa = next(n for n, place in enumerate(machine.places) if place.name == "Odessa")
        ukraine = replace(Spot.of(machine.places[odessa], TEXT), country="UKR", lat=46.48, lon=30.73, geonameid=698740)
        attack = next(event for event in machine.events if event.type == "ASSAULT")
        shelled = replace(EventFacts.of(attack, machine), place=ukraine)
        Journal(db).add(
            [
                new_entry(machine, subject="event", item=attack.id, becomes=shelled, who="ann"),
                new_entry(machine, subject="place", item=str(odessa), becomes=ukraine, who="ann"),
                rejection(machine, "event", event_of(machine, "COERCE")),
            ]
        )
        list(coder.code([PAGE], sources=["page"], recode=True))  # a run that began before takes them in, too
        later = replace(PAGE, text="KYIV, May 8. " + TEXT)
        list(coder.code([later], sources=["page"]))  # the same page, with a dateline now
    with open_reviewed(db) as store:
        events = {row.type: row for row in store.events()}
        assert "COERCE" not in events
        assert (events["ASSAULT"].place, events["ASSAULT"].country_of_place) == ("Odessa", "UKR")
        assert [mark.state for mark in store.review_queue.marks()] == ["applied"] * 3
        assert [(row.country, row.place) for row in store.incidents.rows() if row.type == "ASSAULT"] == [
            ("UKR", "Odessa")
        ]
