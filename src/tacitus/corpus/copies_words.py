"""The words of a text as numbers: folded, hashed and shingled with numpy, a few hundred microseconds a page.

The hashes depend on the words alone, never on the process or the platform, so they can be kept in the store. Two texts that differ in
case, accents, spacing, quotation marks or punctuation have the same words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
SHINGLE = 5
"""Words of a shingle. Three join what merely shares a phrase; of seven too few survive an editor (cross-validated)."""
MAX_COMPARED = 1_000_000
"""Code points of a document that are compared; longer ones are no pages of news, and the tables of powers stay small."""
_BASE = 0x9E3779B97F4A7C15
_BMP = 65536
OPENS = frozenset(".!?:;\n\r\"“”‘’'([*•|-–—")
"""After these a capital letter shows no name."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. `points`: its code points; `hashes`: one a word, in order; `starts`: where each word begins."""

    points: NDArray[np.uint32]
    hashes: Hashes
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hashes)

    def capitalised(self) -> NDArray[np.bool_]:
        """For each word whether it begins with a capital letter, and not because a sentence begins."""
        blank = (self.points == 32) | (self.points == 9) | (self.points == 0xA0)
        last = np.maximum.accumulate(np.where(blank, 0, np.arange(1, len(self.points) + 1)))
        before = np.concatenate(([0], last))[self.starts]
        table = _characters()
        opens = (before == 0) | table.opens[self.points[np.maximum(before - 1, 0)]]
        found: NDArray[np.bool_] = table.upper[self.points[self.starts]] & ~opens
        return found

    def numeric(self) -> NDArray[np.bool_]:
        """For each word whether it begins with a digit."""
        found: NDArray[np.bool_] = _characters().digit[self.points[self.starts]]
        return found


def words_of(text: str) -> Words:
    """Cut into words: runs of letters and digits."""
    text = unicodedata.normalize("NFC", text[:MAX_COMPARED])
    points = np.minimum(np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32), _BMP - 1)
    table = _characters()
    inside = np.concatenate(([False], table.word[points], [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    return Words(points=points, hashes=_word_hashes(table.folded[points], starts, ends), starts=starts)


def shingles(words: Words, *, size: int = SHINGLE) -> Hashes:
    """The hashes of all runs of `size` words, in order of their place; of a shorter text one hash for the whole, of an empty one none."""
    hashes = words.hashes
    size = min(size, len(hashes))
    if size == 0:
        return hashes
    total = np.zeros(len(hashes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        total = total * np.uint64(_BASE) + hashes[offset : offset + len(total)]
    return _mix(total)


def winnow(hashes: Hashes, *, window: int) -> Hashes:
    """The least hash of each window, each once, sorted (winnowing; Schleimer, Wilkerson and Aiken 2003).

    Two texts with a common run of at least `window` + `SHINGLE` - 1 words have a common one.
    """
    if len(hashes) == 0:
        return hashes
    window = min(window, len(hashes))
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, window).min(axis=1))


@dataclass(frozen=True, slots=True)
class _Characters:
    """What each character of the basic plane is; those beyond it (emoji, ancient scripts) are no letters here."""

    folded: NDArray[np.uint64]
    word: NDArray[np.bool_]
    upper: NDArray[np.bool_]
    digit: NDArray[np.bool_]
    opens: NDArray[np.bool_]


@cache
def _characters() -> _Characters:
    characters = [chr(point) for point in range(_BMP)]
    return _Characters(
        folded=np.fromiter((ord(_fold(character)) for character in characters), dtype=np.uint64, count=_BMP),
        word=_table(characters[:-1], str.isalnum),
        upper=_table(characters[:-1], str.isupper),
        digit=_table(characters[:-1], str.isdigit),
        opens=_table(characters[:-1], OPENS.__contains__),
    )


def _fold(character: str) -> str:
    """Lower case, without accents; one character for one."""
    return (unicodedata.normalize("NFKD", character)[:1].lower() or character)[:1]


def _table(characters: list[str], question: Callable[[str], bool]) -> NDArray[np.bool_]:
    return np.array([*map(question, characters), False], dtype=np.bool_)


def _word_hashes(folded: Hashes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
    """A polynomial hash of each word from sums over the whole text: no loop over words. Arithmetic is modulo 2**64."""
    powers, inverses = _powers(1 << max(10, len(folded).bit_length()))
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(folded * powers[: len(folded)], dtype=np.uint64)))
    return _mix((sums[ends] - sums[starts]) * inverses[starts])


@cache
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse."""
    inverse = pow(_BASE, -1, 2**64)
    return _powers_of(_BASE, count), _powers_of(inverse, count)


def _powers_of(base: int, count: int) -> Hashes:
    factors = np.full(count, base, dtype=np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


def _mix(hashes: Hashes) -> Hashes:
    """The finalizer of splitmix64: spreads every bit over all (Steele, Lea and Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
