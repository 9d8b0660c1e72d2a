"""Coding into a store: what is new is coded, a batch to a transaction; copies of one text are found on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import tacitus
from tacitus.corpus.copies import Found, flag_copies
from tacitus.engines.processes import code_in_processes
from tacitus.engines.serial import code_serially
from tacitus.pipeline import batches
from tacitus.records import Article, Record
from tacitus.settings import Settings
from tacitus.store import Store, digest
from tacitus.store.copies import Copies


def code(articles: Iterable[Article], *, settings: Settings) -> Iterator[Record]:
    """Code the articles in order, in this process or in `settings.workers`."""
    engine = code_serially if settings.workers == 1 else code_in_processes
    return engine(articles, settings=settings)


def code_into_store(
    articles: Iterable[Article],
    store: Store,
    *,
    sources: Sequence[str],
    settings: Settings,
    recode: bool = False,
    skipped: Callable[[int], None] = lambda count: None,
) -> Iterator[Record]:
    """Code what is not stored with the same content (`recode`: all) and store it; yields records once they are stored.

    `skipped` is told how many articles of each batch were there already. What is killed and started again goes on where it stopped.
    """
    new = articles if recode else _new(articles, store, settings.batch, skipped)
    copies = Copies(store)
    found: dict[str, Found] = {}
    run = store.start_run(program=f"tacitus {tacitus.__version__}", sources=sources)
    with copies.finder() as finder:
        records = code(flag_copies(new, finder, note=found.__setitem__), settings=settings)
        for batch in _grouped(records, settings.batch):
            store.add(batch, run=run)
            copies.add({record.id: found.pop(record.id) for record in batch if record.id in found})
            yield from batch
    store.finish_run(run)


def _new(articles: Iterable[Article], store: Store, size: int, skipped: Callable[[int], None]) -> Iterator[Article]:
    """The articles that are not stored with the same content; looks them up a batch at a time."""
    for batch in batches(articles, size=size):
        known = store.known({a.id: digest(text=a.text, title=a.title, published=a.published) for a in batch})
        skipped(sum(article.id in known for article in batch))
        yield from (article for article in batch if article.id not in known)


def _grouped(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
