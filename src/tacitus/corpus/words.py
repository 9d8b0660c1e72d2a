"""The words of a page as terms, and how much each of them tells.

A term is a word in lower case without its inflection, by the crudest of rules: it is compared, never shown. How much a term tells is its
inverse document frequency, over the pages of the store and, so that a store of three pages is no worse judge, over a background of plain
reports that everybody has.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

from tacitus.resources import data_path, load_tsv

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
ENDINGS = ("ings", "ing", "ed", "es", "s")
REMEMBERED = 1 << 16  # words whose term is not worked out again: a batch of pages uses most of its words many times
LEAST_STEM = 4  # letters that an ending leaves: "killed" is "kill", "need" stays
NAME, NUMBER, OTHER = "name", "number", "other"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its term, and whether it is written as a name or a number."""

    term: str
    kind: str


def read_words(text: str) -> Iterator[Word]:
    """The words of the text in order. A name is a word with a capital, the first word of a sentence included."""
    for match in WORD.finditer(text):
        word = match.group()
        kind = NUMBER if word[0].isdigit() else NAME if word[0].isupper() else OTHER
        yield Word(stem(word), kind)


@lru_cache(REMEMBERED)
def stem(word: str) -> str:
    """The word in lower case without possessive and inflection."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if not word.isalpha() or word.endswith("ss"):
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word.removesuffix(ending)
    return word


@lru_cache(REMEMBERED)
def hashed(text: str) -> int:
    """A number below 2**32, the same on every machine, under which a store keeps a term or a key."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of `documents` plain reports each term stands (hashed terms)."""

    documents: int
    counts: Mapping[int, int]

    @classmethod
    @cache
    def load(cls) -> Background:
        """Read the shipped table. Raises DataError when it is broken."""
        rows = load_tsv(data_path("corpus", "background.tsv"), ("term", "documents"))
        return cls(int(rows[0]["documents"]), {hashed(row["term"]): int(row["documents"]) for row in rows[1:]})


class Telling(dict[int, float]):
    """How much each term tells, worked out when it is first asked for: inverse document frequency, 0 for a term that every page has.

    `documents` are the pages of a store, `counts` says in how many of them each term stands.
    """

    def __init__(self, documents: int, counts: Mapping[int, int], background: Background) -> None:
        self._pages = documents + background.documents + 1
        self._counts, self._background = counts, background.counts

    def __missing__(self, term: int) -> float:
        seen = self._counts.get(term, 0) + self._background.get(term, 0)
        self[term] = tells = max(0.0, math.log(self._pages / (seen + 0.5)))
        return tells


@dataclass(frozen=True, slots=True)
class Vector:
    """Terms with weights; the length is 1, or 0 without terms. `cosine` of two is 0 to 1."""

    weights: Mapping[int, float]

    @classmethod
    def of(cls, counts: Mapping[int, int], telling: Telling) -> Vector:
        """Sublinear term frequency times what the term tells."""
        raw = {
            term: telling[term] if count == 1 else (1 + math.log(count)) * telling[term]
            for term, count in counts.items()
            if count
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values()))
        return cls({term: weight / length for term, weight in raw.items()} if length else {})

    def cosine(self, other: Vector) -> float:
        one, two = self.weights, other.weights
        return math.fsum(one[term] * two[term] for term in one.keys() & two.keys())


def counted(terms: Iterable[int]) -> Counter[int]:
    """How often each term stands there."""
    return Counter(terms)
