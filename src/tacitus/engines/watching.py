"""Watching sources: each round reads what is new since the last one, codes it, and says which rules it meets."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tacitus.analysis.grouping import update_incidents
from tacitus.analysis.watching import Alert, Rule, evaluate
from tacitus.engines.storing import StoreCoder
from tacitus.ingest import Reading, read_sources
from tacitus.ingest.web import Fetcher, Manners, Validators
from tacitus.records import Record
from tacitus.store import Store

SETTLED = 2.0
"""Seconds since its last change after which a file counts as written to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one look at the sources gave: records in the order in which they were stored, and the rules that were met."""

    run: int
    records: tuple[Record, ...]
    alerts: tuple[Alert, ...]


class Watcher:
    """Looks at sources again and again. Pages of a feed that are stored are not fetched again, files that have not changed are not read
    again, and a feed is asked for only when its server says that it has changed.
    """

    def __init__(
        self,
        coder: StoreCoder,
        store: Store,
        *,
        rules: Sequence[Rule] = (),
        manners: Manners | None = None,
        feed_text: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._coder, self._store, self._rules, self._clock = coder, store, rules, clock
        self._validators: dict[str, Validators] = {}
        self._fetcher = Fetcher(manners, validators=self._validators)
        self._files: dict[str, tuple[int, int]] = {}
        self._seen: dict[str, tuple[int, int]] = {}
        self._feed_text = feed_text

    def look(self, sources: Sequence[str], *, is_last: bool = False) -> Round:
        """One round. `is_last`: files that are still being written are read too, for nobody will look again.

        What a round has seen counts only when all of it is stored: after an error the next round sees it again.
        """
        kept = dict(self._validators)
        self._seen = {}
        reading = Reading(
            feed_text=self._feed_text,
            conditional=True,
            fetcher=self._fetcher,
            is_known=lambda source: self._is_known(source, is_last=is_last),
        )
        try:
            records = tuple(self._coder.code(read_sources(sources, reading=reading), sources=sources))
        except BaseException:
            self._validators.clear()
            self._validators.update(kept)
            raise
        self._forget_failures(records, kept)
        self._files.update(self._seen)
        return Round(run=self._coder.run, records=records, alerts=tuple(self._alerts(records)))

    def close(self) -> None:
        """Close all connections."""
        self._fetcher.close()

    def _alerts(self, records: Sequence[Record]) -> list[Alert]:
        if not self._rules or not records:
            return []
        update_incidents(self._store, run=self._coder.run)
        return evaluate(self._rules, self._store, self._coder.run)

    def _forget_failures(self, records: Sequence[Record], kept: dict[str, Validators]) -> None:
        """A page that could not be fetched is tried again: its feed is asked for without condition next time."""
        if any(record.error is not None and record.error.kind == "network" for record in records):
            self._validators.clear()
            self._validators.update(kept)

    def _is_known(self, source: str, *, is_last: bool) -> bool:
        if source.startswith(("http://", "https://")):
            record = self._store.record(source)
            return record is not None and record.error is None
        return self._is_old_file(Path(source), is_last=is_last)

    def _is_old_file(self, path: Path, *, is_last: bool) -> bool:
        """Whether a file was read as it is, or is still being written. One that cannot be looked at is left to the reader, who says why."""
        try:
            state = path.stat()
        except OSError:
            return False
        if not is_last and self._clock() - state.st_mtime < SETTLED:
            return True
        version = (state.st_mtime_ns, state.st_size)
        self._seen[str(path)] = version
        return self._files.get(str(path)) == version
