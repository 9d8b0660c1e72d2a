"""Pages as their words show them, and whether two pages tell the same story."""

from __future__ import annotations

import itertools
import math
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tacitus.corpus.features import Comparison, Feature, Weights
from tacitus.corpus.words import NAME, NUMBER, Telling, Vector, hashed, read_words

KINDS = {NAME: 1, NUMBER: 2}
FIELDS = 5  # numbers a term takes in a packed profile
SHOWN = 5  # words that a feature shows


@dataclass(frozen=True, slots=True)
class Profile:
    """The terms of a page (hashed) with their counts: in the first words of the text, in the lead, as names, as numbers.

    `surface` gives terms as the page writes them, where the page itself has just been read.
    """

    document: str
    published: date | None
    words: Mapping[int, int]
    lead: Mapping[int, int]
    names: Mapping[int, int]
    numbers: Mapping[int, int]
    surface: Mapping[int, str]

    def packed(self) -> bytes:
        """The counts as the store keeps them."""
        numbers = array("I")
        for term, count in self.words.items():
            numbers.extend((term, count, self.lead.get(term, 0), self.names.get(term, 0), self.numbers.get(term, 0)))
        return numbers.tobytes()

    @classmethod
    def unpacked(cls, document: str, published: date | None, packed: bytes) -> Profile:
        """What `packed` gave, without the surface."""
        numbers = array("I")
        numbers.frombytes(packed)
        rows = [numbers[n : n + FIELDS] for n in range(0, len(numbers), FIELDS)]
        words, lead, names, figures = ({row[0]: row[n] for row in rows if row[n]} for n in range(1, FIELDS))
        return cls(document, published, words, lead, names, figures, surface={})


def read_page(
    *, document: str, title: str | None, text: str, published: date | None, weights: Weights | None = None
) -> Profile:
    """The profile of a page. The title counts as the first words, unless the text begins with it."""
    bounds = (weights or Weights.load()).pages
    whole = f"{title}\n{text}" if title and not text.startswith(title) else text
    words = list(itertools.islice(read_words(whole), int(bounds["read_words"])))
    terms = [(hashed(word.term), word.kind) for word in words]
    return Profile(
        document=document,
        published=published,
        words=Counter(term for term, _ in terms),
        lead=Counter(term for term, _ in terms[: int(bounds["lead_words"])]),
        names=Counter(term for term, kind in terms if kind == NAME),
        numbers=Counter(term for term, kind in terms if kind == NUMBER),
        surface={term: word.term for (term, _), word in zip(terms, words, strict=True)},
    )


@dataclass(frozen=True, slots=True)
class WeighedPage:
    """A profile with its terms weighed by how much they tell in the store."""

    profile: Profile
    words: Vector
    lead: Vector
    names: Vector
    numbers: Vector

    @classmethod
    def of(cls, profile: Profile, telling: Telling) -> WeighedPage:
        bags = (profile.words, profile.lead, profile.names, profile.numbers)
        return cls(profile, *(Vector.of(bag, telling) for bag in bags))

    def keys(self, number: int) -> list[int]:
        """The most telling terms of the lead, under which the page is found again."""
        weights = self.lead.weights
        return sorted(weights, key=lambda term: (-weights[term], term))[:number]


def compare_pages(one: WeighedPage, other: WeighedPage, *, weights: Weights, explain: bool = False) -> Comparison:
    """Whether the two tell the same story. Symmetric.

    `explain` adds the words that the two share, as the page just read has them; finding them takes longer than the comparison.
    """
    table = weights.pages
    surface = one.profile.surface or other.profile.surface
    features = []
    for name in ("words", "lead", "names", "numbers"):
        left, right = getattr(one, name), getattr(other, name)
        likeness = math.sqrt(max(0.0, left.cosine(right)))
        terms = left.shared(right)[:SHOWN] if explain else []
        shared = ", ".join(surface[term] for term in terms if term in surface)
        features.append(Feature(f"same_{name}", round(table[f"same_{name}"] * likeness, 3), shared))
    return Comparison(table["bias"], (*features, _days(one.profile.published, other.profile.published, table)))


def _days(one: date | None, other: date | None, table: Mapping[str, float]) -> Feature:
    if one is None or other is None:
        return Feature("undated", table["undated"], "a page without a date")
    days = abs((one - other).days)
    return Feature("days_apart", round(table["days_apart"] * math.log1p(days), 3), f"{days} days")
