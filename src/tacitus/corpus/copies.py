"""Finds copies of one text among many pages, in one pass and in bounded memory.

A page is compared with those read before it: candidates share fingerprints (`copies_index`), an exact comparison decides
(`copies_compare`). Only what brings new words is entered into the index, so that copies are compared with originals and not with one
another, and small changes do not add up along a chain.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import TracebackType

import numpy as np

from tacitus.corpus.copies_compare import Likeness, compare
from tacitus.corpus.copies_index import Index
from tacitus.corpus.copies_spool import Page, Pages, Spool
from tacitus.corpus.copies_words import SHINGLE, Hashes, Words, shingles, winnow, words_of
from tacitus.records import Article

WINDOW = 8
"""Shingles of which one is kept as fingerprint: a common run of 12 words is always seen, some 22 of 100 shingles are kept."""
MAX_CANDIDATES = 8
"""Pages compared exactly, those that share most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What makes a copy; chosen by cross-validation over clusters (`benchmarks/duplicates.py --choose`).

    `containment`: least share of the shorter text's shingles that stand in the longer one. `sharing`: the same, of the fingerprints, from
    which two pages are compared at all. `per_name`: words in common for each name that may stand exchanged. `update_days`: pages with
    exchanged numbers are versions of one story when published at most so many days apart: within six days a weekday is one day.
    `verbatim`: least share both ways of what counts as the same text. `whole`: share from which a text holds all of the other; `more`:
    how much less of itself must stand in the other when it holds more. `shortest`: words below which a page is a copy only when it is
    the same word for word.
    """

    containment: float = 0.45
    sharing: float = 0.15
    per_name: int = 200
    update_days: int = 6
    verbatim: float = 0.98
    whole: float = 0.85
    more: float = 0.05
    shortest: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """That a page is a copy of `original`, one read before. `kind`, seen from the page: verbatim · truncated (the original holds it and
    more) · extended (it holds the original and more) · edited · update (numbers differ). `similarity`: 0 to 1, share of the shorter
    text's shingles that stand in the longer one.
    """

    original: str
    kind: str
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of a page after the search. `group` is the number of the first page of its family; `merged` are groups that this page
    shows to be the same. `prints` is None when the page brings nothing new and is not compared with later ones.
    """

    number: int
    group: int
    words: int
    copies: tuple[Copy, ...] = ()
    merged: tuple[int, ...] = ()
    prints: Hashes | None = None


class CopyFinder:
    """Takes pages one by one and tells of each whether it is a copy. Close it after use."""

    def __init__(self, *, limits: Limits | None = None, base: int = 0, earlier: Pages | None = None) -> None:
        """`base`: the first number to give; pages with lower ones, of earlier runs, are asked from `earlier`."""
        self.limits = limits or Limits()
        self._index = Index()
        self._spool = Spool(base=base, earlier=earlier)
        self._groups = array("i", range(base))
        self._sizes = array("i", bytes(4 * base))

    def __enter__(self) -> CopyFinder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the temporary file back."""
        self._spool.close()

    def remember(self, number: int, *, group: int, prints: Hashes) -> None:
        """Enter a page of an earlier run."""
        self._index.add(number, prints)
        self._groups[number], self._sizes[number] = group, len(prints)

    def find(self, page: Page) -> Found:
        """Compare a page with those before, and enter it."""
        words = words_of(page.text)
        prints = winnow(shingles(words), window=WINDOW)
        matches = sorted(self._matches(page, words, prints), key=lambda match: -match.likeness.containment)
        others = [match for match in matches if match.page.id != page.id]
        is_new = len(words) > 0 and all(match.likeness.inside < self.limits.whole for match in others)
        number = self._spool.put(page if is_new else None)
        families = self._families(matches)
        group = min(families, default=number)
        self._groups.append(group)
        self._sizes.append(len(prints) if is_new else 0)
        for other in families:
            self._groups[other] = group
        if is_new:
            self._index.add(number, prints)
        return Found(
            number=number,
            group=group,
            words=len(words),
            copies=tuple(self._copy(match) for match in families.values() if match.page.id != page.id),
            merged=tuple(sorted(families.keys() - {group})),
            prints=prints if is_new else None,
        )

    def _matches(self, page: Page, words: Words, prints: Hashes) -> Iterator[_Match]:
        """Pages of which this one is a copy, or which are copies of it; none more once a page is found that holds it wholly.

        The same document, read again, is a match too: it stays in its family.
        """
        for number in self._candidates(prints):
            other = self._spool.get(number)
            if other is None:
                continue
            other_words = words_of(other.text)
            likeness = compare(words, other_words, size=SHINGLE)
            if other.id == page.id and min(likeness.inside, likeness.around) < self.limits.verbatim:
                continue
            if self._is_copy(likeness, days=_days_between(page, other), words=min(len(words), len(other_words))):
                yield _Match(number=number, page=other, words=other_words, likeness=likeness)
                if likeness.inside >= self.limits.whole and other.id != page.id:
                    return

    def _candidates(self, prints: Hashes) -> list[int]:
        numbers, counts = self._index.sharing(prints)
        sizes = np.array([self._sizes[number] for number in numbers.tolist()], dtype=np.int64)
        shares = counts / np.maximum(np.minimum(sizes, len(prints)), 1)
        order = np.lexsort((numbers, -counts))
        chosen: list[int] = numbers[order[shares[order] >= self.limits.sharing]][:MAX_CANDIDATES].tolist()
        return chosen

    def _is_copy(self, likeness: Likeness, *, days: int | None, words: int) -> bool:
        if words < self.limits.shortest:
            return likeness.inside == likeness.around == 1.0
        return likeness.containment >= self.limits.containment and not self._is_apart(likeness, days=days)

    def _is_apart(self, likeness: Likeness, *, days: int | None) -> bool:
        """Whether the two tell of different happenings: names exchanged, or numbers in pages of different weeks."""
        if likeness.names * self.limits.per_name > likeness.matched:
            return True
        return likeness.numbers > 0 and days is not None and days > self.limits.update_days

    def _families(self, matches: Sequence[_Match]) -> dict[int, _Match]:
        """The groups the page belongs to, each with its best match. A group that differs from the best one is left out: what is so short
        or so general that it fits two happenings does not make them one.
        """
        families: dict[int, _Match] = {}
        for match in matches:
            group = self._group(match.number)
            if group in families:
                continue
            best = next(iter(families.values()), None)
            if best is not None and self._is_apart(
                compare(best.words, match.words, size=SHINGLE), days=_days_between(best.page, match.page)
            ):
                continue
            families[group] = match
        return families

    def _group(self, number: int) -> int:
        while self._groups[number] != number:
            number = self._groups[number]
        return number

    def _copy(self, match: _Match) -> Copy:
        return _described(match.page.id, match.likeness, self.limits)


def relation(page: Page, original: Page) -> Copy:
    """How a page is a copy of the original of its family; of two that were joined by a third the similarity may be low."""
    return _described(original.id, compare(words_of(page.text), words_of(original.text), size=SHINGLE), Limits())


def flag_copies(
    articles: Iterable[Article], finder: CopyFinder, *, note: Callable[[str, Found], None] | None = None
) -> Iterator[Article]:
    """The same articles in order; a copy bears the flag `duplicate-of:ID`. `note` is told what was found of each that has a text."""
    for article in articles:
        if article.error is not None or not article.text:
            yield article
            continue
        found = finder.find(Page(id=article.id, published=article.published, text=article.text))
        if note is not None:
            note(article.id, found)
        flags = tuple(f"duplicate-of:{copy.original}" for copy in found.copies)
        yield replace(article, flags=(*article.flags, *flags)) if flags else article


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A page that one was compared with, and how the two are alike."""

    number: int
    page: Page
    words: Words
    likeness: Likeness


def _described(original: str, likeness: Likeness, limits: Limits) -> Copy:
    return Copy(original=original, kind=_kind(likeness, limits), similarity=round(likeness.containment, 4))


def _kind(likeness: Likeness, limits: Limits) -> str:
    if likeness.numbers:
        return "update"
    if min(likeness.inside, likeness.around) >= limits.verbatim:
        return "verbatim"
    if likeness.containment < limits.whole or abs(likeness.inside - likeness.around) < limits.more:
        return "edited"
    return "truncated" if likeness.inside > likeness.around else "extended"


def _days_between(one: Page, other: Page) -> int | None:
    """Days between the two days of publication; None when one is not known."""
    try:
        return abs(
            (date.fromisoformat((one.published or "")[:10]) - date.fromisoformat((other.published or "")[:10])).days
        )
    except ValueError:
        return None
