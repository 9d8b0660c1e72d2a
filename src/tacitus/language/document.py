"""The parse of a text: sentences of tokens with a dependency tree, and named entities.

Universal Dependencies names throughout. Token indices count within their sentence; offsets are code points of the whole text.
Tokens are UD words: "don't" is "do" + "n't", compounds are split at the hyphen ("oil", "-", "rich") but prefixes stay ("anti-war"),
possessive "'s" stands alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from tacitus.records import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ROOT = -1  # the head of a sentence's root token
NOTHING: frozenset[str] = frozenset()


@cache
def universal(deprel: str) -> str:
    """The universal relation of a label that may have a subtype: "nsubj" of "nsubj:pass". Cached: every room asks all the time."""
    return deprel.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Token:
    """One UD word. `head` is the index of its governor in the sentence, `ROOT` for the root.

    `deprel` keeps the subtype ("nsubj:pass"); `feats` holds the UD features the model knows, at least
    Tense, VerbForm, Mood, Voice, Person, Number where they apply; empty when it is not a word that has them.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    head: int
    deprel: str
    feats: Mapping[str, str]

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def relation(self) -> str:
        """The universal relation, without its subtype."""
        return universal(self.deprel)


@dataclass(frozen=True)
class Sentence:
    """One sentence. `index` is its place in the document; `tokens` may not be empty.

    `heads` are outputs of the model's heads for other rooms, one row a token (`network.ROOM_OUTPUTS`); empty when a parse comes
    from elsewhere.
    """

    index: int
    start: int
    end: int
    tokens: Sequence[Token]
    heads: Mapping[str, Floats] = field(default_factory=dict, compare=False, repr=False)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @cached_property
    def root(self) -> Token:
        """The root; for a damaged tree the first token without a governor, else the first token."""
        return next((token for token in self.tokens if token.head == ROOT), self.tokens[0])

    @cached_property
    def _children(self) -> Sequence[Sequence[Token]]:
        children: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != ROOT:
                children[token.head].append(token)
        return children

    @cached_property
    def _labels(self) -> Sequence[frozenset[str]]:
        """For each token the relations of its dependants, with and without their subtypes: most questions end here."""
        return [
            frozenset(label for child in below for label in (child.deprel, universal(child.deprel)))
            if below
            else NOTHING
            for below in self._children
        ]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [token.start for token in self.tokens]

    def children(self, token: Token, *relations: str) -> list[Token]:
        """Direct dependants in text order; with `relations`, only those whose `deprel` or universal `relation` is named."""
        if not relations:
            return list(self._children[token.index])
        if self._labels[token.index].isdisjoint(relations):
            return []
        found = self._children[token.index]
        return [child for child in found if child.deprel in relations or universal(child.deprel) in relations]

    def child(self, token: Token, *relations: str) -> Token | None:
        """The first such dependant, or None."""
        found = self.children(token, *relations)
        return found[0] if found else None

    def head(self, token: Token) -> Token | None:
        """The governor, or None for the root."""
        return None if token.head == ROOT else self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Governors from the nearest to the root."""
        seen = {token.index}
        while token.head != ROOT and token.head not in seen:
            seen.add(token.head)
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token, *, without: Sequence[str] = ()) -> list[Token]:
        """The token and all below it, in text order, not descending into relations named in `without`."""
        found, queue = {token.index}, [token]
        while queue:
            for child in self._children[queue.pop().index]:
                if child.index not in found and child.deprel not in without and child.relation not in without:
                    found.add(child.index)
                    queue.append(child)
        return [self.tokens[index] for index in sorted(found)]

    def subtree_span(self, token: Token, *, without: Sequence[str] = ()) -> Span:
        """From the first to the last token of `subtree`; trailing and leading punctuation is left off."""
        tokens = self.subtree(token, without=without)
        while len(tokens) > 1 and tokens[-1].upos == "PUNCT":
            tokens.pop()
        while len(tokens) > 1 and tokens[0].upos == "PUNCT":
            tokens.pop(0)
        return Span(tokens[0].start, tokens[-1].end)

    def token_at(self, offset: int) -> Token | None:
        """The token that covers the code point `offset` of the text, or None."""
        return next((token for token in self.tokens if token.start <= offset < token.end), None)

    def tokens_in(self, span: Span) -> list[Token]:
        """Tokens that lie wholly inside `span`."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return [token for token in self.tokens[first:last] if token.end <= span.end]

    def head_of(self, span: Span) -> Token | None:
        """The highest token inside `span`: the first whose governor lies outside it. None when no token lies inside."""
        inside = self.tokens_in(span)
        indices = {token.index for token in inside}
        return next((token for token in inside if token.head not in indices), None)


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A name found by the tagger. `label`: person · place · organization · group · facility (lower case)."""

    start: int
    end: int
    label: str
    sentence: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Parse:
    """The analysis of one text."""

    text: str
    sentences: Sequence[Sentence]
    entities: Sequence[NamedEntity] = ()

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers the code point `offset`, or None (binary search)."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return self.sentences[low]
        return None
