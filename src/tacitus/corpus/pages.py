"""Pages as their words show them, and whether two pages tell the same story."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tacitus.corpus.features import Comparison, Feature, Weights
from tacitus.corpus.words import NAME, NUMBER, Telling, hashed, read_words

BAGS = ("words", "lead", "names", "numbers")
"""What a page's terms are counted in: all words, the first ones, names, numbers."""
SHOWN = 5  # words that a feature shows


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The terms of a page (hashed), in order of their numbers, with a row of counts each: one count for each of `BAGS`.

    `surface` gives terms as the page writes them, where the page itself has just been read.
    """

    document: str
    published: date | None
    terms: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    surface: Mapping[int, str]

    @property
    def words(self) -> dict[int, int]:
        return self._bag(0)

    @property
    def lead(self) -> dict[int, int]:
        return self._bag(1)

    @property
    def names(self) -> dict[int, int]:
        return self._bag(2)

    @property
    def numbers(self) -> dict[int, int]:
        return self._bag(3)

    def _bag(self, number: int) -> dict[int, int]:
        counts = self.counts[:, number]
        return dict(zip(self.terms[counts > 0].tolist(), counts[counts > 0].tolist(), strict=True))

    def packed(self) -> bytes:
        """The counts as the store keeps them."""
        return np.column_stack((self.terms, self.counts)).tobytes()

    @classmethod
    def unpacked(cls, document: str, published: date | None, packed: bytes) -> Profile:
        """What `packed` gave, without the surface."""
        rows = np.frombuffer(packed, np.uint32).reshape(-1, 1 + len(BAGS))
        rows = rows[np.argsort(rows[:, 0])]
        return cls(document, published, rows[:, 0], rows[:, 1:], surface={})


def read_page(
    *, document: str, title: str | None, text: str, published: date | None, weights: Weights | None = None
) -> Profile:
    """The profile of a page. The title counts as the first words, unless the text begins with it."""
    bounds = (weights or Weights.load()).pages
    whole = f"{title}\n{text}" if title and not text.startswith(title) else text
    words = list(itertools.islice(read_words(whole), int(bounds["read_words"])))
    terms = [(hashed(word.term), word.kind) for word in words]
    bags = (
        Counter(term for term, _ in terms),
        Counter(term for term, _ in terms[: int(bounds["lead_words"])]),
        Counter(term for term, kind in terms if kind == NAME),
        Counter(term for term, kind in terms if kind == NUMBER),
    )
    order = sorted(bags[0])
    counts = [[bag[term] for bag in bags] for term in order]
    return Profile(
        document=document,
        published=published,
        terms=np.array(order, np.uint32),
        counts=np.array(counts, np.uint32).reshape(-1, len(BAGS)),
        surface={term: word.term for (term, _), word in zip(terms, words, strict=True)},
    )


@dataclass(frozen=True, slots=True, eq=False)
class WeighedPage:
    """A profile with its terms weighed by how much they tell in the store: each column of `weights` has length 1, or 0 without terms."""

    profile: Profile
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, profile: Profile, telling: Telling) -> WeighedPage:
        return next(iter(weigh_pages([profile], telling).values()))

    def keys(self, number: int) -> list[int]:
        """The most telling terms of the lead, under which the page is found again."""
        lead = BAGS.index("lead")
        inside = self.profile.counts[:, lead] > 0
        return _heaviest(self.profile.terms[inside], self.weights[inside, lead], number)

    def shared(self, other: WeighedPage) -> Iterator[list[int]]:
        """For each of `BAGS` the terms of both pages, the most telling first, so many as a feature shows."""
        terms, mine, theirs = np.intersect1d(
            self.profile.terms, other.profile.terms, assume_unique=True, return_indices=True
        )
        products = self.weights[mine] * other.weights[theirs]
        inside = (self.profile.counts[mine] > 0) & (other.profile.counts[theirs] > 0)
        for bag in range(len(BAGS)):
            yield _heaviest(terms[inside[:, bag]], products[inside[:, bag], bag], SHOWN)


def weigh_pages(profiles: Sequence[Profile], telling: Telling) -> dict[str, WeighedPage]:
    """The profiles by their documents, weighed all at once: sublinear term frequency times what the term tells."""
    if not profiles:
        return {}
    terms, place = np.unique(np.concatenate([profile.terms for profile in profiles]), return_inverse=True)
    tells = np.array([telling[term] for term in terms.tolist()])[place]
    counts = np.concatenate([profile.counts for profile in profiles])
    raw = np.where(counts, 1 + np.log(np.maximum(counts, 1)), 0) * tells[:, np.newaxis]
    sizes = [len(profile.terms) for profile in profiles]
    owner = np.repeat(np.arange(len(profiles)), sizes)
    lengths = np.sqrt(_sums(raw * raw, owner, len(profiles)))
    weights = raw / np.where(lengths, lengths, 1)[owner]
    parts = np.split(weights, np.cumsum(sizes)[:-1])
    return {profile.document: WeighedPage(profile, part) for profile, part in zip(profiles, parts, strict=True)}


def compare_pages(one: WeighedPage, other: WeighedPage, *, weights: Weights, explain: bool = False) -> Comparison:
    """Whether the two tell the same story. Symmetric.

    `explain` adds the words that the two share, as the page just read has them.
    """
    ((*alike, time),) = _reasons(one, [other], weights.pages).tolist()
    surface = one.profile.surface or other.profile.surface
    shared = one.shared(other) if explain else [[]] * len(BAGS)
    shown = [", ".join(surface[term] for term in terms if term in surface) for terms in shared]
    features = [Feature(f"same_{name}", weight, told) for name, weight, told in zip(BAGS, alike, shown, strict=True)]
    days = _days_apart(one.profile.published, other.profile.published)
    if days is None:
        return Comparison(weights.pages["bias"], (*features, Feature("undated", time, "a page without a date")))
    return Comparison(weights.pages["bias"], (*features, Feature("days_apart", time, f"{days} days")))


def compare_unexplained(one: WeighedPage, others: Sequence[WeighedPage], *, weights: Weights) -> list[Comparison]:
    """A page with each of the others, all at once: what `compare_pages` gives, less the features, of which only their sum is kept."""
    totals: list[float] = _reasons(one, others, weights.pages).sum(axis=1).tolist()
    return [Comparison(weights.pages["bias"] + total) for total in totals]


def _reasons(one: WeighedPage, others: Sequence[WeighedPage], table: Mapping[str, float]) -> NDArray[np.float64]:
    """What each reason adds: a row for each of the others, a column for each of `BAGS`, and one for the time between the two."""
    factors = [table[f"same_{name}"] for name in BAGS]
    days = [_days_apart(one.profile.published, other.profile.published) for other in others]
    times = [table["undated"] if n is None else table["days_apart"] * math.log1p(n) for n in days]
    return np.round(np.column_stack((factors * np.sqrt(_cosines(one, others)), times)), 3)


def _cosines(one: WeighedPage, others: Sequence[WeighedPage]) -> NDArray[np.float64]:
    """A row for each of the others, a column for each of `BAGS`; 0 to 1.

    The products are added in the order of the terms, whichever page is the one: the answer is the same to the last bit.
    """
    mine = one.profile.terms
    theirs = np.concatenate([page.profile.terms for page in others])
    if not len(mine) or not len(theirs):
        return np.zeros((len(others), len(BAGS)))
    place = np.minimum(np.searchsorted(mine, theirs), len(mine) - 1)
    common = np.flatnonzero(mine[place] == theirs)
    weights = np.concatenate([page.weights for page in others])[common]
    owner = np.repeat(np.arange(len(others)), [len(page.profile.terms) for page in others])[common]
    return _sums(weights * one.weights[place[common]], owner, len(others))


def _sums(rows: NDArray[np.float64], owner: NDArray[np.intp], number: int) -> NDArray[np.float64]:
    """The sum of the rows of each of so many owners, added in their order."""
    return np.column_stack([np.bincount(owner, column, number) for column in rows.T])


def _heaviest(terms: NDArray[np.uint32], weights: NDArray[np.float64], number: int) -> list[int]:
    """So many terms, those with the highest weights; of equal ones the lower number."""
    heaviest: list[int] = terms[np.argsort(-weights, kind="stable")[:number]].tolist()
    return heaviest


def _days_apart(one: date | None, other: date | None) -> int | None:
    return None if one is None or other is None else abs((one - other).days)
