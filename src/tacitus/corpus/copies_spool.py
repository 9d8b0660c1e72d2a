"""The texts that later ones are compared with: packed into a temporary file, so that memory holds an offset each."""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a comparison needs of a document. `published` is ISO 8601 or None."""

    id: str
    published: str | None
    text: str


class Pages(Protocol):
    """Pages of earlier runs, by the numbers they were given."""

    def page(self, number: int) -> Page | None:
        """The page, or None when it is there no more."""


class Spool:
    """Pages by number, counted from `base`; what has a lower number is asked from `earlier`."""

    def __init__(self, *, base: int = 0, earlier: Pages | None = None) -> None:
        self._base = base
        self._earlier = earlier
        self._file = TemporaryFile()  # noqa: SIM115 - lives as long as the spool; the system removes it even after a kill
        self._ends = array("q", [0])

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def put(self, page: Page | None) -> int:
        """Keep a page; returns its number. None takes a number and keeps nothing: a copy that nobody will be compared with."""
        if page is not None:
            packed = zlib.compress(json.dumps([page.id, page.published, page.text]).encode(), 1)
            self._file.seek(self._ends[-1])
            self._file.write(packed)
            self._ends.append(self._ends[-1] + len(packed))
        else:
            self._ends.append(self._ends[-1])
        return self._base + len(self._ends) - 2

    def get(self, number: int) -> Page | None:
        """The page of that number, or None when nothing was kept or it is there no more."""
        if number < self._base:
            return self._earlier.page(number) if self._earlier is not None else None
        start, end = self._ends[number - self._base], self._ends[number - self._base + 1]
        if start == end:
            return None
        self._file.seek(start)
        id_, published, text = json.loads(zlib.decompress(self._file.read(end - start)))
        return Page(id=id_, published=published, text=text)
