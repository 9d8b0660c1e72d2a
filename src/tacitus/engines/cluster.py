"""The same coder on a Ray cluster, or on this machine's cores through Ray (extra `tacitus[ray]`).

Each Ray actor holds a pool of one worker process: a document that ends its process costs that document and neither the actor nor what
else it was given. An actor that is lost with its machine is started elsewhere, and what it was doing is done again.

With RAY_ADDRESS set, that cluster is used; otherwise one is started here for the run. Usage statistics and the dashboard stay off.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from tacitus.engines.parts import Part, Summary, Writer, code_part
from tacitus.engines.processes import AHEAD, Pool
from tacitus.errors import SettingsError
from tacitus.ingest import Reading, read_sources
from tacitus.pipeline import batches
from tacitus.records import Article, Record
from tacitus.settings import Settings

TRIES = 3  # of a batch or part whose machine is lost


def code_on_ray(articles: Iterable[Article], *, settings: Settings) -> Iterator[Record]:
    """Code the articles with `settings.workers` Ray actors; this process reads and gets the records back, in input order."""
    with _actors(settings) as (ray, actors):
        waiting: deque[Any] = deque()
        for number, batch in enumerate(batches(articles, size=settings.batch)):
            waiting.append(actors[number % len(actors)].code.remote(batch))
            if len(waiting) > AHEAD * settings.workers:
                yield from ray.get(waiting.popleft())
        while waiting:
            yield from ray.get(waiting.popleft())


def code_parts_on_ray(
    parts: Sequence[Part], *, settings: Settings, write: Writer, reading: Reading | None = None
) -> Iterator[Summary]:
    """Code parts side by side, each read and written where it is coded (on a cluster: paths that all machines share).

    Copies are not looked for: parts know nothing of one another. Yields what came of each as it is finished. Parts that are finished
    already are not looked at again: leave them out.
    """
    if not parts:
        return
    with _actors(replace(settings, workers=min(settings.workers, len(parts)))) as (ray, actors):
        todo = deque(parts)
        busy = {actor.code_part.remote(todo.popleft(), write, reading): actor for actor in actors}
        while busy:
            (done,), _ = ray.wait(list(busy), num_returns=1)
            actor = busy.pop(done)
            if todo:
                busy[actor.code_part.remote(todo.popleft(), write, reading)] = actor
            summary: Summary = ray.get(done)
            yield summary


class _Hand:
    """What a Ray actor does: it codes batches, or whole parts, in a worker process of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool = Pool(settings)

    def code(self, batch: list[Article]) -> list[Record]:
        """Code a batch."""
        return self._pool.submit(batch).result()

    def code_part(self, part: Part, write: Writer, reading: Reading | None) -> Summary:
        """Code a part."""
        return code_part(part, code=partial(self._code_source, reading=reading), write=write)

    def _code_source(self, source: str, *, reading: Reading | None) -> Iterator[Record]:
        """The records of a file; the next batch is read while one is coded."""
        waiting: deque[Any] = deque()
        for batch in batches(read_sources([source], reading=reading), size=self._settings.batch):
            waiting.append(self._pool.submit(batch))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


@contextmanager
def _actors(settings: Settings) -> Iterator[tuple[Any, list[Any]]]:
    """Ray, and as many actors as workers are asked for. Raises SettingsError when Ray is not installed."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as err:
        raise SettingsError("--engine ray needs Ray: pip install 'tacitus[ray]'") from err
    here = "RAY_ADDRESS" not in os.environ
    local: dict[str, Any] = {"num_cpus": settings.workers, "include_dashboard": False} if here else {}
    ray.init(log_to_driver=False, logging_level=logging.WARNING, **local)
    try:
        hand = ray.remote(num_cpus=1, max_restarts=TRIES, max_task_retries=TRIES)(_Hand)
        alone = replace(settings, workers=1, threads=settings.threads or 1)
        yield ray, [hand.remote(alone) for _ in range(settings.workers)]
    finally:
        ray.shutdown()
