"""Coding into a store: what is new is coded, a batch to a transaction; copies of one text are found on the way, incidents at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType

import tacitus
from tacitus.analysis.grouping import update_incidents
from tacitus.analysis.reviewing import take_in_waiting
from tacitus.corpus.copies import Found, flag_copies
from tacitus.engines import engine_of
from tacitus.pipeline import Coder, batches
from tacitus.records import Article, Record
from tacitus.settings import Settings
from tacitus.store import Store, digest
from tacitus.store.copies import Copies
from tacitus.store.journal import Journal


class StoreCoder:
    """Codes into one store, as often as asked: the model and what is known of copies are loaded once. Use as a context manager."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._copies = Copies(store)
        self._finder = self._copies.finder()
        self._coder: Coder | None = None
        self.run = 0

    def __enter__(self) -> StoreCoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finder.close()

    def code(
        self,
        articles: Iterable[Article],
        *,
        sources: Sequence[str],
        recode: bool = False,
        skipped: Callable[[int], None] = lambda count: None,
    ) -> Iterator[Record]:
        """Code what is not stored with the same content (`recode`: all) and store it; yields records once they are stored.

        `skipped` is told how many articles of each batch were there already; `run` is the number of the run from the first record on.
        What is killed and started again goes on where it stopped.
        """
        found: dict[str, Found] = {}
        self.run = self._store.start_run(program=f"tacitus {tacitus.__version__}", sources=sources)
        self._hear_people()
        new = articles if recode else self._new(articles, skipped)
        records = self._records(flag_copies(new, self._finder, note=found.__setitem__))
        for batch in _grouped(records, self._settings.batch):
            self._store.add(batch, run=self.run)
            self._copies.add({record.id: found.pop(record.id) for record in batch if record.id in found})
            yield from batch
        update_incidents(self._store, run=self.run)
        self._hear_people()
        self._store.finish_run(self.run)

    def _hear_people(self) -> None:
        """Take in what people said of pages while no run, or this one, was writing."""
        if self._store.path is not None:
            take_in_waiting(self._store, Journal(self._store.path), run=self.run)

    def _records(self, articles: Iterable[Article]) -> Iterator[Record]:
        if self._settings.engine == "ray" or self._settings.workers > 1:
            yield from engine_of(self._settings)(articles, settings=self._settings)
            return
        for batch in batches(articles, size=self._settings.batch):
            self._coder = self._coder or Coder(self._settings)
            yield from self._coder.code_articles(batch)

    def _new(self, articles: Iterable[Article], skipped: Callable[[int], None]) -> Iterator[Article]:
        """The articles that are not stored with the same content; looks them up a batch at a time."""
        for batch in batches(articles, size=self._settings.batch):
            known = self._store.known({a.id: digest(text=a.text, title=a.title, published=a.published) for a in batch})
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
