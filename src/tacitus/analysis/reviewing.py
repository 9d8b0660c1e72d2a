"""Verdicts taken from the log beside the database into it: the facts of their pages made anew, and the incidents that were touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tacitus.analysis.grouping import join_incidents, settle
from tacitus.corpus.features import Weights
from tacitus.errors import StoreError
from tacitus.review import Entry
from tacitus.store import Store, open_store
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
        documents, changed = store.reviews.take_in(entries)
        touched = set(incidents.incidents_of(changed).values())
        incidents.unassign(changed)
        grouped = [profile.document for profile in store.stories.profiles(documents)]
        join_incidents(store, grouped, run=number, weights=weights)
        settle(incidents, touched, run=number, detail=PUT_RIGHT, weights=weights)
    if run is None:
        store.finish_run(number)


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
