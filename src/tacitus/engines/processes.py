"""Worker processes that share one loaded coder; order kept, memory bounded, crashes named.

    this process ── a thread for each worker ──► worker    a fork of the forge: it shares the forge's memory
          └────────────── asks for workers ────► forge     loads the coder once and codes nothing itself

When a worker dies (killed, out of memory), its batch is tried again one document at a time: only a document that ends its worker again
is lost, and its record says so. A new worker costs a fork. When this process dies, forge and workers see the end of their sockets and go.
Where processes cannot be forked, or the encoder is to use several threads in each, every worker loads a coder of its own.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any, Protocol

from tacitus.errors import TacitusError
from tacitus.pipeline import Coder, batches
from tacitus.records import Article, Failure, Record
from tacitus.settings import Settings

AHEAD = 2  # batches that wait for each worker: enough to keep it busy, few enough to keep memory small
READY, FAILED = "ready", "failed"


class WorkerLost(Exception):
    """A worker ended, or could not code what it was given. `reason` is a half-sentence for the record."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def code_in_processes(articles: Iterable[Article], *, settings: Settings) -> Iterator[Record]:
    """Code the articles with `settings.workers` processes; records come in input order.

    Raises TacitusError when the coder cannot be loaded, for example because of an unusable file of actors.
    """
    with Pool(settings) as pool:
        waiting: deque[Future[list[Record]]] = deque()
        for batch in batches(articles, size=settings.batch):
            waiting.append(pool.submit(batch))
            if len(waiting) > AHEAD * settings.workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


class Source(Protocol):
    """Where workers come from."""

    def worker(self) -> Connection:
        """A connection to a new worker, which answers as `work` does."""

    def close(self) -> None:
        """No more workers are wanted."""


class Batches(Protocol):
    """What codes a batch: a coder."""

    def code_articles(self, articles: Sequence[Article]) -> list[Record]:
        """One record an article, in order."""


class Pool:
    """Workers, each with a thread of this process that hands it batches and starts it anew when it dies."""

    def __init__(self, settings: Settings, *, source: Source | None = None) -> None:
        self._source = source or (_Forge(settings) if _can_share(settings) else _Spawner(settings))
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="worker")
        self._workers: dict[int, Connection] = {}

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers.values():
            worker.close()
        self._source.close()

    def submit(self, batch: list[Article]) -> Future[list[Record]]:
        """Code a batch as soon as a worker is free."""
        return self._threads.submit(self._code, batch)

    def _code(self, batch: list[Article]) -> list[Record]:
        try:
            return self._ask(batch)
        except WorkerLost:
            return [self._code_alone(article) for article in batch]

    def _code_alone(self, article: Article) -> Record:
        try:
            return self._ask([article])[0]
        except WorkerLost as err:
            failure = Failure(kind="crash", message=f"{article.id}: {err.reason}")
            return Record(
                id=article.id,
                url=article.url,
                publisher=article.publisher,
                title=article.title,
                published=article.published,
                text=article.text,
                error=failure,
            )

    def _ask(self, batch: list[Article]) -> list[Record]:
        """What this thread's worker makes of the batch. Raises WorkerLost when it makes nothing of it."""
        thread = threading.get_ident()
        if thread not in self._workers:
            self._workers[thread] = self._source.worker()
        worker = self._workers[thread]
        try:
            worker.send(batch)
            records, error = worker.recv()
        except (EOFError, OSError) as err:
            worker.close()
            del self._workers[thread]
            raise WorkerLost("the worker process died while coding this document") from err
        if error is not None:
            raise WorkerLost(error)
        found: list[Record] = records
        return found


def _can_share(settings: Settings) -> bool:
    """Whether workers can be forked from a loaded coder: only an encoder that has started no threads survives a fork."""
    return (
        hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin" and settings.threads_each == 1
    )


class _Forge:
    """The process that workers are forked from. It is started anew when it has died."""

    def __init__(self, settings: Settings) -> None:
        self._settings = replace(settings, threads=1)
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def worker(self) -> Connection:
        """A connection to a new worker."""
        ours, theirs = socket.socketpair()
        with self._lock, ours, theirs:
            try:
                self._request(theirs)
            except OSError:  # the forge has died; its workers go on
                self.close()
                self._request(theirs)
            return Connection(ours.detach())

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _request(self, theirs: socket.socket) -> None:
        if self._socket is None:
            self._socket = self._start()
        socket.send_fds(self._socket, [b"w"], [theirs.fileno()])

    def _start(self) -> socket.socket:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        context.Process(target=_forge, args=(theirs, self._settings), name="tacitus-forge").start()
        theirs.close()
        _wait_until_loaded(ours)
        return socket.socket(fileno=os.dup(ours.fileno()))


class _Spawner:
    """Workers that load a coder each."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def worker(self) -> Connection:
        """A connection to a new worker."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        context.Process(target=_lone_worker, args=(theirs, self._settings), name="tacitus-worker").start()
        theirs.close()
        _wait_until_loaded(ours)
        return ours

    def close(self) -> None:
        """Nothing to close: the workers end when their connections do."""


def _wait_until_loaded(connection: Any) -> None:
    try:
        state, error = connection.recv()
    except (EOFError, OSError) as err:
        raise TacitusError("the process that loads the model died; is there enough memory?") from err
    if state == FAILED:
        raise error


def _load(connection: Any, settings: Settings) -> Coder | None:
    """The coder; None, and the reason told, when there is an error in what the user chose."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that reads; the others end with it
    try:
        coder = Coder(settings)
    except TacitusError as err:
        connection.send((FAILED, err))
        return None
    connection.send((READY, None))
    return coder


def _forge(connection: Any, settings: Settings) -> None:
    """Load the coder, then fork a worker for each socket that comes in, until there is nobody to send one."""
    coder = _load(connection, settings)
    if coder is None:
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries workers that end
    gc.collect()
    gc.freeze()  # so that the collector does not touch, and thereby copy, the pages that workers share
    requests = socket.socket(fileno=connection.fileno())
    while True:
        message, descriptors, _, _ = socket.recv_fds(requests, 1, 1)
        if not message:
            break
        (descriptor,) = descriptors
        if os.fork() == 0:
            requests.close()
            work(Connection(descriptor), coder)
            os._exit(0)
        os.close(descriptor)
    requests.detach()


def _lone_worker(connection: Any, settings: Settings) -> None:
    coder = _load(connection, settings)
    if coder is not None:
        work(connection, coder)


def work(connection: Any, coder: Batches) -> None:
    """Answer each batch with (records, None), or with (None, why not), until nobody asks any more."""
    while True:
        try:
            batch: Sequence[Article] = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[list[Record] | None, str | None] = (coder.code_articles(batch), None)
        except Exception as err:  # whatever it is, it is one document's fault and ends up in that document's record
            answer = (None, f"{type(err).__name__}: {err}")
        try:
            connection.send(answer)
        except OSError:
            return
