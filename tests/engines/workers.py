"""Stand-ins for coders, and processes seen from outside."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tacitus.engines.processes import work
from tacitus.records import Article, Record


class Fragile:
    """A coder that dies of some documents and chokes on others, as their texts say."""

    def code_articles(self, articles: Sequence[Article]) -> list[Record]:
        for article in articles:
            if article.text == "deadly":
                os.kill(os.getpid(), signal.SIGKILL)
            if article.text == "indigestible":
                raise ValueError("cannot chew this")
        return [Record(id=article.id, text=article.text, error=article.error) for article in articles]


class FragileWorkers:
    """A source of workers with fragile coders."""

    def __init__(self) -> None:
        self.started = 0

    def worker(self) -> Connection:
        self.started += 1
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        context.Process(target=work_fragile, args=(theirs,), daemon=True).start()
        theirs.close()
        return ours

    def close(self) -> None:
        """Workers end with their connections."""


def work_fragile(connection: Any) -> None:
    work(connection, Fragile())


def descendants(pid: int) -> list[int]:
    """The processes below one, children first (Linux)."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if after_name[0] != "Z":
            parents[int(stat.parent.name)] = int(after_name[1])
    found, level = [], {pid}
    while level:
        level = {child for child, parent in parents.items() if parent in level}
        found += sorted(level)
    return found
