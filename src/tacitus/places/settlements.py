"""The package's table of settlements and districts: arrays read from one compressed file, one place a row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tacitus.errors import DataError

_NEWLINE = 10


class _Lines(Sequence[bytes]):
    """Lines of a text kept as bytes: no string object for each of half a million names."""

    def __init__(self, array: Any) -> None:
        self._bytes = array.tobytes()
        ends = np.flatnonzero(array == _NEWLINE)
        self._starts = (
            np.concatenate(([0], ends + 1)).astype(np.int32).data
        )  # gives plain numbers, faster than arrays do
        self._ends = np.concatenate((ends, [len(array)])).astype(np.int32).data

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: Any) -> Any:
        return self._bytes[self._starts[index] : self._ends[index]]

    def find(self, line: bytes) -> int | None:
        """The index of a line, the lines being in order; None when it is not there."""
        low = bisect_left(self, line)
        return low if low < len(self) and self[low] == line else None


class Settlements:
    """The table of settlements: arrays, one place a row."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.ids = np.cumsum(arrays["ids"])
        self.lat, self.lon = arrays["lat"], arrays["lon"]
        self.population, self.division = arrays["population"], arrays["division"]
        self.districts = int(arrays["settlements"])  # rows from here on are districts, which have no id
        self.divisions = arrays["divisions"].tobytes().decode().split("\n")
        self._names, self._keys = _Lines(arrays["names"]), _Lines(arrays["keys"])
        self._bearers = arrays["bearers"]
        self._first = np.concatenate(([0], np.cumsum(arrays["counts"], dtype=np.int64)))

    @classmethod
    def load(cls, path: Path) -> Settlements:
        """Read the file that the build tool wrote.

        Raises DataError when it is missing or damaged.
        """
        try:
            with np.load(path) as arrays:
                return cls({name: arrays[name] for name in arrays.files})
        except FileNotFoundError as err:
            raise DataError(f"{path}: no such file; make it with tools/build_gazetteer.py") from err
        except (KeyError, ValueError, OSError) as err:
            raise DataError(f"{path}: not a table of settlements: {err}") from err

    def find(self, key: str) -> Sequence[int]:
        """The rows of the places that bear a name."""
        index = self._keys.find(key.encode("utf-8", "surrogatepass"))
        if index is None:
            return ()
        rows: Sequence[int] = self._bearers[self._first[index] : self._first[index + 1]].tolist()
        return rows

    def name(self, row: int) -> str:
        """The name GeoNames has."""
        name: str = self._names[row].decode()
        return name

    def division_of(self, row: int) -> str:
        """ "CC.code" of the first-order division."""
        code: str = self.divisions[self.division[row]]
        return code

    @cached_property
    def centres(self) -> Mapping[str, tuple[float, float, int]]:
        """The middle of the places of each division, and their inhabitants."""
        rows, count = slice(0, self.districts), len(self.divisions)
        division = self.division[rows]
        size = np.maximum(np.bincount(division, minlength=count), 1)
        lat = np.bincount(division, weights=self.lat[rows], minlength=count) / size / 1000
        lon = np.bincount(division, weights=self.lon[rows], minlength=count) / size / 1000
        people = np.bincount(division, weights=self.population[rows], minlength=count)
        return {
            code: (float(a), float(b), int(n)) for code, a, b, n in zip(self.divisions, lat, lon, people, strict=True)
        }
