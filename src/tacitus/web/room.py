"""What all pages share: the database's reading copy, the forms, and how a page is made."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from tacitus.actors import Knowledge
from tacitus.analysis.reviewing import bring_up_to_date, take_in_waiting
from tacitus.errors import StoreError
from tacitus.pipeline.gazetteer import load_gazetteer
from tacitus.places import Gazetteer
from tacitus.store import Store, open_store
from tacitus.store.journal import Journal
from tacitus.store.reading import ReadingCopy
from tacitus.store.reading_pages import Reader
from tacitus.store.reading_search import PATIENCE, SearchIndex
from tacitus.web.security import Forms
from tacitus.web.settings import RoomSettings
from tacitus.web.templates import environment

log = logging.getLogger(__name__)
Value = TypeVar("Value")
MAX_KEPT = 64  # situations of different periods and parties


class Room:
    """One for the application; lives in `app.state.room`."""

    def __init__(self, settings: RoomSettings) -> None:
        self.settings = settings
        self._read_own_files()
        self.journal = Journal(settings.db)
        self._take_in_for_good()
        self._heard = self._log_stamp()
        self.copy = ReadingCopy(settings.db, prepare=self._hear)
        self.forms = Forms()
        self.index = SearchIndex(settings.db.with_name(settings.db.name + ".search.sqlite"))
        self._kept: dict[Any, Any] = {}

    def close(self) -> None:
        """Remove the copy."""
        self.index.close()
        self.copy.close()
        self._take_in_for_good()

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """The database as of the last copy; a newer one is made in the background where there is one."""
        self.copy.keep_up()
        stamp = self._log_stamp()
        if stamp != self._heard:  # somebody reviewed, here or elsewhere
            self.copy.amend(self._hear)
            self._heard = stamp
        with self.copy.reader() as reader:
            yield reader

    def unindexed(self, *, patience: float = PATIENCE) -> int:
        """Have the search index brought up to date; how many pages it still lacks after so many seconds."""
        return self.index.keep_up(self.copy.reader, version=self.copy.version, patience=patience)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Who is who; loaded when somebody first asks."""
        return Knowledge.load(own=self.settings.actors)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Which places there are; loaded when somebody first asks."""
        return load_gazetteer(self.settings.gazetteer, own=self.settings.places)

    def _read_own_files(self) -> None:
        """Read the user's files now, where there are any, so that a fault in them is told at the start. Raises DataError."""
        if self.settings.actors:
            _ = self.knowledge
        if self.settings.places or self.settings.gazetteer:
            _ = self.gazetteer

    def _hear(self, store: Store) -> None:
        """Lay what people said, and the database may not have yet, over the copy."""
        take_in_waiting(store, self.journal)

    def _take_in_for_good(self) -> None:
        """Take what waits in the log into the database itself, which is brought to the newest schema, unless a run holds it: then the run
        does so, or whoever opens it next."""
        try:
            if self.journal.path.exists() and self.settings.db.exists():
                bring_up_to_date(self.settings.db)
            elif self.settings.db.exists():
                open_store(self.settings.db).close()
        except StoreError as err:
            log.info("the database, and reviews in %s, are left as they are for now: %s", self.journal.path, err)

    def _log_stamp(self) -> tuple[int, int]:
        try:
            stat = self.journal.path.stat()
        except FileNotFoundError:
            return 0, 0
        return stat.st_mtime_ns, stat.st_size

    def kept(self, key: Any, make: Callable[[], Value]) -> Value:
        """What `make` gives, kept as long as the database stays the same."""
        full = (self.copy.version, key)
        if full not in self._kept:
            made = make()
            stale = [old for old in list(self._kept) if old[0] != full[0]]
            for old in stale or list(self._kept)[: len(self._kept) - MAX_KEPT + 1]:
                self._kept.pop(old, None)
            self._kept[full] = made
        value: Value = self._kept[full]
        return value

    def page(self, request: Request, template: str, /, *, here: str, **values: Any) -> Response:
        """A page from its template. `here` is the entry of the menu that leads to it."""
        shared = {
            "here": here,
            "database": self.settings.db.name,
            "taken": self.copy.taken,
            "behind": self.copy.behind,
            "form_token": self.forms.token(request),
            "query": dict(request.query_params),
        }
        html = environment().get_template(template).render(**shared, **values)
        return Response(html, media_type="text/html")


def room_of(request: Request) -> Room:
    """The room of the application that was asked."""
    room: Room = request.app.state.room
    return room
