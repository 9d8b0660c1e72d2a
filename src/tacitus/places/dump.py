"""Read a dump of GeoNames (allCountries.zip or the text in it) line by line, in bounded memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from tacitus.errors import DataError
from tacitus.places.entry import PlaceRow
from tacitus.places.names import is_latin, name_key
from tacitus.resources import data_path, load_toml

COLUMNS = 19  # of a line of the dump: geonames.org/export
LONGEST = 40  # letters of an alternative name; longer ones are descriptions
_SPARE = ("readme.txt",)  # what else lies in the ZIP


@dataclass(frozen=True)
class Kept:
    """Feature classes and codes that are taken from a dump."""

    taken: frozenset[str]
    dropped: frozenset[str]

    def __contains__(self, feature: str) -> bool:
        return (feature in self.taken or feature[:1] in self.taken) and feature not in self.dropped


@cache
def load_kept() -> Kept:
    """The list of the package.

    Raises DataError when it is not there.
    """
    raw = load_toml(data_path("places", "dump.toml"))
    return Kept(frozenset(raw["kept"]), frozenset(raw["dropped"]))


class Dump:
    """A dump of GeoNames. Iterating gives each kept place with the keys of its names; `read` of `size` bytes have been seen."""

    def __init__(self, path: Path) -> None:
        self.path, self.read, self.lines = path, 0, 0
        try:
            self._member = _member(path)
            self.size = self._member.file_size if self._member else path.stat().st_size
        except (OSError, zipfile.BadZipFile) as err:
            raise DataError(f"{path}: cannot be read as a dump of GeoNames: {err}") from err

    def __iter__(self) -> Iterator[tuple[PlaceRow, Sequence[str]]]:
        """Raises DataError naming file and line when a line is no line of a dump."""
        kept = load_kept()
        try:
            with self._open() as file:
                for line in file:
                    self.read += len(line)
                    self.lines += 1
                    cells = line.decode("utf-8").rstrip("\r\n").split("\t")
                    if len(cells) != COLUMNS:
                        raise ValueError(f"{len(cells)} cells, a dump of GeoNames has {COLUMNS}")
                    if f"{cells[6]}.{cells[7]}" in kept:
                        yield _place(cells), _keys(cells)
        except (ValueError, EOFError) as err:  # UnicodeDecodeError is a ValueError
            raise DataError(f"{self.path}:{self.lines}: {err}") from err
        except (OSError, zipfile.BadZipFile) as err:
            raise DataError(f"{self.path}: cannot be read: {err}") from err

    def _open(self) -> IO[bytes]:
        if self._member is None:
            return self.path.open("rb")
        return zipfile.ZipFile(self.path).open(self._member)


def _member(path: Path) -> zipfile.ZipInfo | None:
    """The table in a ZIP; None for a plain file."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        tables = [info for info in archive.infolist() if info.filename.endswith(".txt") and info.filename not in _SPARE]
    if len(tables) != 1:
        raise zipfile.BadZipFile(f"{len(tables)} tables in the archive, one is needed")
    return tables[0]


def _place(cells: Sequence[str]) -> PlaceRow:
    return PlaceRow(
        geonameid=int(cells[0]),
        name=cells[1],
        lat=float(cells[4]),
        lon=float(cells[5]),
        feature=f"{cells[6]}.{cells[7]}",
        iso2=cells[8],
        division=cells[10],
        population=int(cells[14] or 0),
    )


def _keys(cells: Sequence[str]) -> list[str]:
    """The keys of the place's name and of its alternative names in Latin letters, each once."""
    others = (
        name
        for name in cells[3].split(",")
        if not (len(name) <= 3 and name.isupper()) and len(name) <= LONGEST and is_latin(name)
    )
    return [key for key in dict.fromkeys(map(name_key, (cells[1], cells[2], *others))) if key]
