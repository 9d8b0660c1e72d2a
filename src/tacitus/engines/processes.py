"""Worker processes that each hold a coder; order kept, memory bounded, crashes named.

When a worker dies (killed, out of memory), the documents that were under way are tried again one by one: only the document that
kills its worker again is lost, and its record says so.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType

from tacitus.pipeline import Coder, batches
from tacitus.records import Article, Failure, Record
from tacitus.settings import Settings

AHEAD = 2  # batches that wait for each worker: enough to keep it busy, few enough to keep memory small

_coder: Coder | None = None


def code_in_processes(articles: Iterable[Article], *, settings: Settings) -> Iterator[Record]:
    """Code the articles with `settings.workers` processes; records come in input order."""
    with _Pool(settings) as pool:
        waiting: deque[tuple[list[Article], Future[list[Record]]]] = deque()
        for batch in batches(articles, size=settings.batch):
            waiting.append((batch, pool.submit(batch)))
            if len(waiting) > AHEAD * settings.workers:
                yield from _next(waiting, pool)
        while waiting:
            yield from _next(waiting, pool)


class _Pool:
    """A process pool that can be started anew after a worker has died."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._executor = self._start()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def submit(self, batch: list[Article]) -> Future[list[Record]]:
        try:
            return self._executor.submit(_code, batch)
        except BrokenProcessPool:
            self.restart()
            return self._executor.submit(_code, batch)

    def restart(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._settings.workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_load,
            initargs=(self._settings,),
        )


def _next(waiting: deque[tuple[list[Article], Future[list[Record]]]], pool: _Pool) -> Iterator[Record]:
    batch, future = waiting.popleft()
    try:
        yield from future.result()
    except BrokenProcessPool:
        pool.restart()
        yield from _one_by_one(batch, pool)
        again = [(later, pool.submit(later)) for later, _ in waiting]
        waiting.clear()
        waiting.extend(again)


def _one_by_one(batch: list[Article], pool: _Pool) -> Iterator[Record]:
    for article in batch:
        try:
            yield from pool.submit([article]).result()
        except BrokenProcessPool:
            pool.restart()
            failure = Failure(kind="crash", message=f"{article.id}: the worker process died while coding this document")
            yield Record(id=article.id, url=article.url, title=article.title, text=article.text, error=failure)


def _load(settings: Settings) -> None:
    global _coder  # each worker process holds one coder for its life
    _coder = Coder(settings)


def _code(batch: list[Article]) -> list[Record]:
    assert _coder is not None
    return _coder.code_articles(batch)
