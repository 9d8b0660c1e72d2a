"""Pages into a store, as a run brings them."""

from __future__ import annotations

from tacitus.analysis.grouping import update_incidents
from tacitus.records import Record
from tacitus.store import Store


def add(store: Store, *pages: Record) -> int:
    """Store the pages and group their events; the number of the run."""
    run = store.start_run(program="test", sources=[])
    store.add(pages, run=run)
    update_incidents(store, run=run)
    return run
