"""Whether one text is a copy of another, and of what kind: exact overlap of shingles, and what stands exchanged in the same place.

Texts written from one template ("A blast in X on Monday killed 14") share most of their words and tell of different happenings. They are
told apart by exchanged names, days and months: words that stand between the same neighbours in both texts, differ, and do not occur in
the other text at all. An editor replaces words and shortens; he does not exchange the town.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tacitus.corpus.copies_words import Hashes, Words, shingles, words_of

ANCHOR = 3
"""Words in a row that fix a place in both texts."""
MAX_GAP = 12
"""Words between two anchors that still count as one exchanged for the other; longer stretches were rewritten."""
CAPITALS = 0.5
"""Share of capitalised words from which capitals show no names (headlines, pages in capitals)."""
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How two texts compare. `inside`: share of the first's shingles that stand in the second, `around`: share of the second's that
    stand in the first, 0 to 1; `names`, `numbers`: distinct ones exchanged in place; `matched`: words in common shingles.
    """

    inside: float
    around: float
    names: int
    numbers: int
    matched: int

    @property
    def containment(self) -> float:
        """Share of the shorter text's shingles that stand in the longer one."""
        return max(self.inside, self.around)


def compare(first: Words, second: Words, *, size: int) -> Likeness:
    """Compare two texts by shingles of `size` words and by what is exchanged between them."""
    if np.array_equal(first.hashes, second.hashes):
        return Likeness(inside=1.0, around=1.0, names=0, numbers=0, matched=len(first))
    one, other = np.unique(shingles(first, size=size)), np.unique(shingles(second, size=size))
    common = len(np.intersect1d(one, other, assume_unique=True))
    names, numbers = exchanged(first, second)
    return Likeness(
        inside=common / max(len(one), 1),
        around=common / max(len(other), 1),
        names=names,
        numbers=numbers,
        matched=common,
    )


def exchanged(first: Words, second: Words) -> tuple[int, int]:
    """How many names (days and months among them) and how many numbers stand exchanged between the two."""
    places, mates = _anchors(first, second)
    steps, strides = np.diff(places) - ANCHOR, np.diff(mates) - ANCHOR
    gaps = np.flatnonzero((steps > 0) & (strides > 0) & (steps <= MAX_GAP) & (strides <= MAX_GAP))
    if not len(gaps):
        return 0, 0
    marks = _names(first, second), _names(second, first)
    digits = first.numeric(), second.numeric()
    names: set[tuple[frozenset[int], frozenset[int]]] = set()
    numbers: set[tuple[frozenset[int], frozenset[int]]] = set()
    for gap in gaps:
        here = slice(places[gap] + ANCHOR, places[gap] + ANCHOR + steps[gap])
        there = slice(mates[gap] + ANCHOR, mates[gap] + ANCHOR + strides[gap])
        names.add((_marked(first, here, marks[0]), _marked(second, there, marks[1])))
        numbers.add((_marked(first, here, digits[0]), _marked(second, there, digits[1])))
    return _count(names), _count(numbers)


def _count(pairs: set[tuple[frozenset[int], frozenset[int]]]) -> int:
    """Distinct words that have a counterpart, whichever side has fewer."""
    return sum(min(len(one - other), len(other - one)) for one, other in pairs)


def _marked(words: Words, stretch: slice, marks: NDArray[np.bool_]) -> frozenset[int]:
    return frozenset(words.hashes[stretch][marks[stretch]].tolist())


def _names(words: Words, other: Words) -> NDArray[np.bool_]:
    """The names, days and months of a text that the other one lacks."""
    capitalised = words.capitalised()
    if capitalised.mean() > CAPITALS:
        capitalised = np.zeros_like(capitalised)
    named = (capitalised & ~words.numeric()) | np.isin(words.hashes, _calendar())
    found: NDArray[np.bool_] = named & ~np.isin(words.hashes, other.hashes)
    return found


@cache
def _calendar() -> Hashes:
    return words_of(_CALENDAR).hashes


def _anchors(first: Words, second: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where runs of `ANCHOR` words stand that occur once in each text, by their place in the first."""
    one, places = _singular(shingles(first, size=ANCHOR))
    other, mates = _singular(shingles(second, size=ANCHOR))
    _, left, right = np.intersect1d(one, other, assume_unique=True, return_indices=True)
    order = np.argsort(places[left])
    return places[left][order], mates[right][order]


def _singular(hashes: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
    values, places, counts = np.unique(hashes, return_index=True, return_counts=True)
    return values[counts == 1], places[counts == 1]
