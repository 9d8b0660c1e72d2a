"""Which documents share fingerprints with a text: a sorted index that grows, eight bytes a fingerprint.

Each entry packs a fingerprint (upper 36 bits) and the document's number (lower 28) into one integer. New entries gather in a small table;
when it is full it becomes a sorted array, and arrays of like size are merged, so that a million documents lie in some ten arrays.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from tacitus.corpus.copies_words import Hashes

NUMBER_BITS = np.uint64(28)
MAX_DOCUMENTS = 2**28
RECENT = 200_000
"""Entries in the small table; some 20 MB."""
MAX_SHARED = 100
"""A fingerprint that more documents have than this is a phrase of the trade, and tells nothing."""
_NUMBER = np.uint64(MAX_DOCUMENTS - 1)
Numbers = NDArray[np.int64]


class Index:
    """Fingerprints to documents' numbers."""

    def __init__(self) -> None:
        self._arrays: list[Hashes] = []
        self._recent: dict[int, list[int]] = defaultdict(list)
        self._waiting = 0

    def add(self, number: int, prints: Hashes) -> None:
        """Enter one document's fingerprints, each once. `number` is below `MAX_DOCUMENTS`."""
        for key in (prints >> NUMBER_BITS).tolist():
            self._recent[key].append(number)
        self._waiting += len(prints)
        if self._waiting >= RECENT:
            self._flush()

    def sharing(self, prints: Hashes) -> tuple[Numbers, Numbers]:
        """The documents that share fingerprints, and how many each."""
        keys = prints >> NUMBER_BITS
        bounds = [
            (
                array,
                np.searchsorted(array, keys << NUMBER_BITS),
                np.searchsorted(array, (keys << NUMBER_BITS) | _NUMBER),
            )
            for array in self._arrays
        ]
        recent = [self._recent.get(key, ()) for key in keys.tolist()]
        shared = np.fromiter(map(len, recent), dtype=np.int64, count=len(recent))
        for _, lows, highs in bounds:
            shared = shared + (highs - lows)
        telling = shared <= MAX_SHARED
        found = [_gather(array, lows[telling], highs[telling]) for array, lows, highs in bounds]
        found.append(
            np.array([n for numbers, tells in zip(recent, telling, strict=True) if tells for n in numbers], np.int64)
        )
        numbers, counts = np.unique(np.concatenate(found), return_counts=True)
        return numbers, counts

    def _flush(self) -> None:
        entries = np.array(
            [(key << int(NUMBER_BITS)) | number for key, numbers in self._recent.items() for number in numbers],
            dtype=np.uint64,
        )
        entries.sort()
        self._recent.clear()
        self._waiting = 0
        self._arrays.append(entries)
        while len(self._arrays) > 1 and 2 * len(self._arrays[-1]) > len(self._arrays[-2]):
            merged = np.concatenate(self._arrays[-2:])
            del self._arrays[-2:]
            merged.sort()
            self._arrays.append(merged)


def _gather(array: Hashes, lows: Numbers, highs: Numbers) -> Numbers:
    """The document numbers of all entries between the bounds."""
    lengths = highs - lows
    total = int(lengths.sum())
    if total == 0:
        return np.zeros(0, dtype=np.int64)
    skipped = np.repeat(lows - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    numbers: Numbers = (array[skipped + np.arange(total)] & _NUMBER).astype(np.int64)
    return numbers
