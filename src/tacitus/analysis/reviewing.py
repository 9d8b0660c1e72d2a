"""Verdicts taken from the log beside the database into it: the facts of their pages made anew, and the incidents that were touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tacitus.analysis.grouping import join_incidents, settle
from tacitus.corpus.features import Weights
from tacitus.corpus.mentions import MentionId
from tacitus.errors import StoreError
from tacitus.review import Entry
from tacitus.store import Store, open_store
from tacitus.store.incident_rows import TAKEN_OUT, ChangeRow
from tacitus.store.journal import Journal

PUT_RIGHT = "put right by hand"


def open_reviewed(path: Path) -> Store:
    """Open a database for reading, with everything that people have said of it so far taken in. Raises StoreError like `open_store`."""
    waiting = _waiting(path)
    if waiting:
        try:
            bring_up_to_date(path)
        except StoreError as err:
            raise StoreError(
                f"{path}: {len(waiting)} reviews wait to be taken in, and it cannot be written: {err}"
            ) from err
    return open_store(path, read_only=True)


def bring_up_to_date(path: Path) -> int:
    """Take what waits in the log into the database, and write what the log lacks back into it; returns how many verdicts were taken in."""
    journal = Journal(path)
    with open_store(path) as store:
        journal.add(_missing(store, journal))
        return take_in_waiting(store, journal)


def take_in_waiting(store: Store, journal: Journal, *, run: int | None = None) -> int:
    """Take in what the log has and the store has not, in a run of its own unless one is given; returns how many."""
    waiting = journal.ids() - store.reviews.ids()
    if waiting:
        take_in(store, journal.entries(waiting), run=run)
    return len(waiting)


def take_in(store: Store, entries: Sequence[Entry], *, run: int | None = None) -> None:
    """Take verdicts in, in one transaction. Of incidents only those are made anew whose reports are others now.

    Pages that no run has put into incidents yet are left to the next one.
    """
    number = run or store.start_run(program="tacitus", sources=["review"])
    weights, incidents = Weights.load(), store.incidents
    with store.transaction():
        taken = store.reviews.take_in(entries)
        before, stay = incidents.incidents_of(taken.changed), incidents.incidents_of(taken.recounted)
        incidents.unassign(taken.changed)
        incidents.reread(taken.recounted)
        grouped = [profile.document for profile in store.stories.profiles(taken.documents)]
        join_incidents(store, grouped, run=number, weights=weights)
        touched = {*before.values(), *stay.values()}
        settle(incidents, touched, run=number, detail=PUT_RIGHT, weights=weights)
        _note_taken_out(store, before, run=number)
    if run is None:
        store.finish_run(number)


def _note_taken_out(store: Store, before: Mapping[MentionId, str], *, run: int) -> None:
    """Note by whose verdict incidents lost reports, so that their pages can tell."""
    after, marks = store.incidents.incidents_of(before), store.review_queue.marks_on(before)
    store.incidents.log(
        ChangeRow(run, incident, TAKEN_OUT, mark.entry.id)
        for id_, incident in before.items()
        if after.get(id_) != incident
        for mark in marks.get(id_, ())
        if mark.state == "applied"
    )


def _waiting(path: Path) -> set[str]:
    journal = Journal(path)
    if not journal.path.exists() or not path.exists():
        return set()
    with open_store(path, read_only=True) as store:
        return journal.ids() - store.reviews.ids()


def _missing(store: Store, journal: Journal) -> Iterable[Entry]:
    """What the database has and the log beside it has not, because the file was lost or replaced."""
    missing = store.reviews.ids() - journal.ids()
    if not missing:
        return []
    return [entry for entries in store.reviews.entries().values() for entry in entries if entry.id in missing]
