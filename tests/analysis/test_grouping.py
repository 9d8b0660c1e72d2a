"""Incidents in the store: one row a happening, added to page by page, explained, and put right by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tacitus.analysis.decisions import merge_incidents, split_incident
from tacitus.analysis.grouping import update_incidents
from tacitus.analysis.situation import situation
from tacitus.corpus.mentions import MentionId
from tacitus.errors import SettingsError
from tacitus.store import Query, Store, open_store
from tacitus.store.incident_rows import IncidentRow
from tests.analysis.factory import add
from tests.corpus.factory import make_page

NEXT_DAY = {"day": "2031-05-09", "published": "2031-05-10"}


def pages_of(store: Store) -> list[list[str]]:
    rows = store.incidents.rows()
    return sorted(sorted(r.id.document for r in store.incidents.report_rows([row.incident])) for row in rows)


def one(store: Store) -> IncidentRow:
    (row,) = store.incidents.rows()
    return row


def test_reports_of_one_happening_are_one_incident(store: Store) -> None:
    add(store, make_page("one"), make_page("two", dead=15, published="2031-05-08"))
    row = one(store)
    assert (row.type, row.place, row.day_from, row.dead_low, row.dead_high) == (
        "ASSAULT",
        "Gao",
        date(2031, 5, 6),
        12,
        15,
    )
    assert (row.reports, row.documents, row.independent) == (2, 2, 2)
    assert (row.first_published, row.last_published) == (date(2031, 5, 7), date(2031, 5, 8))


@pytest.mark.parametrize(
    "other",
    [
        NEXT_DAY,
        {"place": "Kidal"},
        {"type": "CONSULT"},
        {"actor": ("Chad", "TCD"), "recipient": ("Mali", "MLI")},
        {"day": "2031-06-06", "published": "2031-06-07"},
    ],
)
def test_near_misses_are_two_incidents(store: Store, other: dict[str, str]) -> None:
    add(store, make_page("one"), make_page("two", **other))
    assert pages_of(store) == [["one"], ["two"]]


@pytest.mark.parametrize("batches", [[["a", "b", "c"]], [["a"], ["b"], ["c"]], [["a", "b"], ["c"]]])
def test_batch_by_batch_gives_what_all_at_once_gives(store: Store, batches: list[list[str]]) -> None:
    pages = {"a": make_page("a"), "b": make_page("b", dead=13), "c": make_page("c", **NEXT_DAY)}
    for batch in batches:
        add(store, *(pages[name] for name in batch))
    assert pages_of(store) == [["a", "b"], ["c"]]


def test_copies_are_reports_but_not_independent_ones(store: Store) -> None:
    add(store, make_page("one"), make_page("two", flags=("duplicate-of:one",)), make_page("three"))
    assert (one(store).documents, one(store).independent) == (3, 2)


def test_a_denial_is_kept_with_what_it_denies(store: Store) -> None:
    add(store, make_page("one"), make_page("two", status="negated", told_by=("Niger", "NER")))
    assert (one(store).status, one(store).documents) == ("actual", 2)
    found = situation(store, Query())
    assert [(i.documents, i.denied_by) for i in found.incidents] == [(1, ("Niger",))]
    assert not found.questions


def test_what_only_denials_tell_is_no_incident_that_happened(store: Store) -> None:
    add(store, make_page("one", status="negated"))
    assert one(store).status == "negated"
    assert not situation(store, Query()).incidents


@pytest.mark.parametrize("status", ["future", "hypothetical", "habitual", "historical"])
def test_what_did_not_happen_is_no_incident(store: Store, status: str) -> None:
    add(store, make_page("one", status=status))
    assert store.incidents.rows() == []


def test_runs_are_told_apart(store: Store) -> None:
    first = add(store, make_page("one"))
    second = add(store, make_page("two"), make_page("three", place="Kidal"))
    assert sorted(row.change for row in store.incidents.changes(since=first)) == ["changed", "new"]
    assert store.incidents.changes(since=second) == []
    assert update_incidents(store, run=second) == 0


def test_a_page_coded_again_to_the_same_leaves_its_incident_as_it_was(store: Store) -> None:
    run = add(store, make_page("one"))
    before = one(store)
    add(store, make_page("one"))
    assert one(store) == before
    assert store.incidents.changes(since=run) == []


def test_an_incident_keeps_its_id_when_its_only_page_is_edited_and_its_events_are_counted_anew(store: Store) -> None:
    run = add(store, make_page("one"), make_page("two", place="Kidal"))
    before = {row.place: row.incident for row in store.incidents.rows()}
    edited = make_page("one")
    later = replace(edited.events[0], id="e2", place=None, date=None, type="THREATEN", status="future")
    add(store, replace(edited, events=(replace(later, id="e1"), replace(edited.events[0], id="e2"))))
    assert {row.place: row.incident for row in store.incidents.rows()} == before
    assert store.incidents.changes(since=run) == []


def test_another_happening_on_an_edited_page_is_another_incident(store: Store) -> None:
    run = add(store, make_page("one"))
    edited = make_page("one", place="Kidal")
    add(store, replace(edited, events=(replace(edited.events[0], id="e2"),)))
    assert {row.change for row in store.incidents.changes(since=run)} == {"new", "withdrawn"}


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Kidal"},
        {"actor": ("Chad", "TCD"), "recipient": ("Sudan", "SDN"), "dead": 40},
        {"day": "2031-06-06", "published": "2031-06-07"},
    ],
)
def test_an_id_is_never_used_again_when_an_events_number_goes_to_another_happening_of_its_type(
    store: Store, other: dict[str, Any]
) -> None:
    run = add(store, make_page("one"))
    before = one(store)
    add(store, make_page("one", **other))
    assert one(store).incident != before.incident
    assert {(row.incident, row.change) for row in store.incidents.changes(since=run)} == {
        (one(store).incident, "new"),
        (before.incident, "withdrawn"),
    }


def test_of_two_happenings_that_exchange_their_numbers_each_keeps_its_incident(store: Store) -> None:
    page = make_page("one")
    first, second = page.events[0], replace(page.events[0], id="e2", type="CONSULT")
    run = add(store, replace(page, events=(first, second)))
    before = {row.type: row.incident for row in store.incidents.rows()}
    add(store, replace(page, events=(replace(second, id="e1"), replace(first, id="e2"))))
    assert {row.type: row.incident for row in store.incidents.rows()} == before
    assert store.incidents.changes(since=run) == []


def test_what_was_withdrawn_stands_again_when_its_page_tells_of_it_again(store: Store) -> None:
    add(store, make_page("one"))
    before = one(store).incident
    add(store, replace(make_page("one"), events=()))
    add(store, make_page("one"))
    assert one(store).incident == before
    add(store, replace(make_page("one"), events=()))
    add(store, make_page("one", place="Kidal"))
    assert one(store).incident != before


def test_what_a_report_tells_is_read_from_the_facts_where_it_was_not_kept(store: Store) -> None:
    add(store, make_page("one"))
    with store.transaction() as connection:
        connection.execute("UPDATE incident_reports SET facts = NULL")
    add(store, make_page("two"))
    assert pages_of(store) == [["one", "two"]]
    with store.transaction() as connection:
        assert connection.execute("SELECT count(facts) FROM incident_reports").fetchall() == [(2,)]


def test_an_incident_whose_only_page_says_otherwise_now_is_withdrawn(store: Store) -> None:
    run = add(store, make_page("one"))
    gone = one(store).incident
    add(store, replace(make_page("one"), events=()))
    assert store.incidents.rows() == []
    assert [(row.incident, row.change) for row in store.incidents.changes(since=run)] == [(gone, "withdrawn")]


def test_an_incident_keeps_its_id_when_the_page_that_founded_it_goes(store: Store) -> None:
    add(store, make_page("one"), make_page("two"))
    before = one(store)
    add(store, replace(make_page("one"), events=()))
    assert (one(store).incident, one(store).documents) == (before.incident, 1)


def test_the_features_that_joined_a_report_are_kept(store: Store) -> None:
    add(store, make_page("one"), make_page("two"))
    founder, joined = store.incidents.report_rows([one(store).incident])
    assert (founder.to, founder.because) == (None, ())
    assert joined.to == founder.id and joined.score is not None and joined.score > 0.5
    assert ("same_place", "both Gao, MLI") in {(feature.feature, feature.detail) for feature in joined.because}


def test_a_merge_by_hand_wins_when_the_page_is_read_again(store: Store) -> None:
    add(store, make_page("one"), make_page("two", place="Kidal"))
    first, second = (row.incident for row in store.incidents.rows())
    run = store.start_run(program="test", sources=["merge"])
    merge_incidents(store, first, second, run=run)
    assert pages_of(store) == [["one", "two"]]
    assert [(c.incident, c.change) for c in store.incidents.changes(since=run - 1)] == [
        (first, "changed"),
        (second, "withdrawn"),
    ]
    add(store, make_page("two", place="Kidal"))
    assert pages_of(store) == [["one", "two"]] and one(store).incident == first


def test_a_split_by_hand_wins_when_the_page_is_read_again(store: Store) -> None:
    add(store, make_page("one"), make_page("two"), make_page("three"))
    run = store.start_run(program="test", sources=["split"])
    new = split_incident(store, one(store).incident, [MentionId("two", "e1")], run=run)
    assert pages_of(store) == [["one", "three"], ["two"]]
    add(store, make_page("two"))
    assert pages_of(store) == [["one", "three"], ["two"]]
    assert new in {row.incident for row in store.incidents.rows()}


@pytest.mark.parametrize(
    ("events", "message"),
    [([("two", "e9")], "has no report two/e9"), ([("one", "e1"), ("two", "e1")], "not all"), ([], "not none")],
)
def test_a_split_that_makes_no_sense_is_refused(store: Store, events: list[tuple[str, str]], message: str) -> None:
    add(store, make_page("one"), make_page("two"))
    with pytest.raises(SettingsError, match=message):
        split_incident(store, one(store).incident, [MentionId(*event) for event in events], run=1)


def test_merging_what_is_not_there_is_refused(store: Store) -> None:
    add(store, make_page("one"))
    with pytest.raises(SettingsError, match="nobody: no such incident"):
        merge_incidents(store, one(store).incident, "nobody", run=1)
    with pytest.raises(SettingsError, match="with itself"):
        merge_incidents(store, one(store).incident, one(store).incident, run=1)


def test_exchanging_two_parties_exchanges_them_in_the_incidents(store: Store, tmp_path: Path) -> None:
    def build(store: Store, first: tuple[str, str], second: tuple[str, str]) -> list[list[str]]:
        add(
            store,
            make_page("one", actor=first, recipient=second),
            make_page("two", actor=first, recipient=second),
            make_page("three", actor=second, recipient=first),
        )
        return pages_of(store)

    mali, chad = ("Mali", "MLI"), ("Chad", "TCD")
    assert build(store, mali, chad) == build(open_store(tmp_path / "back.duckdb"), chad, mali)
