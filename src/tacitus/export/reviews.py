"""Reviews as rows for files: sentences with their events as training data, or the log itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tacitus.places import Gazetteer
from tacitus.review import review_record
from tacitus.review.annotations import annotated
from tacitus.store import Store


def training_rows(store: Store, *, source: str | None, with_text: bool) -> Iterator[dict[str, Any]]:
    """The reviewed sentences of all pages, by document and place in the text; see `review.annotations` for the form.

    Verdicts on pages that the store does not have come on a line of their own for each page.
    """
    gazetteer = Gazetteer.load()
    for document in store.review_queue.reviewed_pages():
        entries = store.reviews.entries([document])[document]
        machine = store.machine_record(document)
        if machine is None:
            yield {
                "source": source,
                "document": document,
                "lost": len(entries),
                "review": [e.to_dict() for e in entries],
            }
            continue
        reviewed = review_record(machine, entries)
        yield from annotated(
            machine,
            reviewed,
            entries,
            is_demonym=lambda words: bool(gazetteer.homes(words)),
            source=source,
            with_text=with_text,
        )


def log_rows(store: Store) -> Iterator[dict[str, Any]]:
    """The whole log, by document, the earliest first."""
    for entries in store.reviews.entries().values():
        yield from (entry.to_dict() for entry in entries)
