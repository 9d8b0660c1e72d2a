"""A sentence's tree with each word's reach, and what cues need to know about words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tacitus.claims.quotes import Quote, Quotes
from tacitus.language.document import ROOT, Parse, Sentence, Token

SPEECH_WORDS = 6  # tokens, marks included, from which a quotation is speech, not a title or a scare quote

_CLOSING = frozenset(",.?!…")

Ranges = tuple[tuple[int, int], ...]
"""Runs of token indices, first and last inclusive, in order and apart from each other."""


@dataclass(frozen=True)
class Tree:
    """One sentence of `text`; `kids` are each token's direct dependants.

    `words` are the tokens as features see them, `relations` their universal relations, `quoted` whether any stands in a quotation.
    `inner` are the quotations within those in `quotes`. A sentence that lies wholly in one quotation is `inside` it, and reads like any
    other: its `quotes` are those within that quotation.
    """

    text: str
    sentence: Sentence
    tokens: Sequence[Token]
    kids: Sequence[Sequence[Token]]
    names: Sequence[str | None]
    quotes: Sequence[Quote | None]
    words: Sequence[str]
    relations: Sequence[str]
    quoted: bool
    inside: bool = False
    inner: Sequence[Quote | None] = ()

    @cached_property
    def _reaches(self) -> tuple[list[int], list[int]]:
        return _reaches(self.tokens)

    @property
    def low(self) -> Sequence[int]:
        """The first token each token's subtree reaches."""
        return self._reaches[0]

    @property
    def high(self) -> Sequence[int]:
        """The last token each token's subtree reaches."""
        return self._reaches[1]

    @cached_property
    def speeches(self) -> Sequence[tuple[int, int]]:
        """First and last token of each quotation of the sentence that is long enough to be speech."""
        found, index = [], 0
        while index < len(self.tokens):
            quote, first = self.quotes[index], index
            while index < len(self.tokens) and self.quotes[index] is quote:
                index += 1
            if quote is not None and index - first >= SPEECH_WORDS:
                found.append((first, index - 1))
        return found

    @cached_property
    def sentences(self) -> Sequence[tuple[int, int]]:
        """Those of the speeches that quote whole sentences."""
        return [speech for speech in self.speeches if self.is_sentence(self.quotes[speech[0]])]

    def is_sentence(self, quote: Quote | None) -> bool:
        """Whether a quotation begins with a capital and ends with a comma or a stop."""
        inner = quote.inner.of(self.text).strip() if quote is not None else ""
        return inner[:1].isupper() and inner[-1:] in _CLOSING

    def reach(self, token: Token) -> tuple[int, int]:
        return self.low[token.index], self.high[token.index]

    def kid(self, token: Token, *relations: str) -> Token | None:
        """The first dependant with one of the relations (universal or with subtype)."""
        for kid in self.kids[token.index]:
            if kid.deprel in relations or self.relations[kid.index] in relations:
                return kid
        return None

    def head(self, token: Token) -> Token | None:
        return None if token.head == ROOT else self.tokens[token.head]

    def above(self, token: Token) -> Iterator[Token]:
        """Governors, nearest first; at most as many as the sentence has words."""
        for _ in self.tokens:
            if token.head == ROOT:
                return
            token = self.tokens[token.head]
            yield token

    def trim(self, ranges: Iterable[tuple[int, int]]) -> Ranges:
        """Without the punctuation at the ends of each run (quotation marks and brackets stay); empty runs are left out."""
        trimmed = []
        for low, high in ranges:
            while low <= high and _is_edge(self.tokens[high]):
                high -= 1
            while low <= high and _is_edge(self.tokens[low]):
                low += 1
            if low <= high:
                trimmed.append((low, high))
        return tuple(trimmed)


_EDGES = frozenset(",;:.-–—…!?*•|")


def _is_edge(token: Token) -> bool:
    return token.upos == "PUNCT" and all(character in _EDGES for character in token.text)


def run_at(runs: Iterable[tuple[int, int]], index: int) -> tuple[int, int] | None:
    """The run that holds the token."""
    return next((run for run in runs if run[0] <= index <= run[1]), None)


def subtract(whole: tuple[int, int], holes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs of `whole` that lie in none of the holes."""
    low, high = whole
    runs = []
    for hole_low, hole_high in sorted(holes):
        if hole_high < low or hole_low > high:
            continue
        if hole_low > low:
            runs.append((low, hole_low - 1))
        low = max(low, hole_high + 1)
    if low <= high:
        runs.append((low, high))
    return runs


def merge(runs: Iterable[tuple[int, int]]) -> Ranges:
    """Runs joined where they touch or overlap."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(runs):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def size(runs: Iterable[tuple[int, int]]) -> int:
    """How many tokens the runs hold."""
    return sum(high - low + 1 for low, high in runs)


def build_trees(parse: Parse, quotes: Quotes) -> list[Tree]:
    """The trees of a parse, each with names and outermost quotations per token."""
    entities: dict[int, list[tuple[int, int, str]]] = {}
    for entity in parse.entities:
        entities.setdefault(entity.sentence, []).append((entity.start, entity.end, entity.label))
    return [_build(parse.text, sentence, entities.get(sentence.index, []), quotes) for sentence in parse.sentences]


def _build(text: str, sentence: Sentence, entities: list[tuple[int, int, str]], quotes: Quotes) -> Tree:
    tokens = sentence.tokens
    kids: list[list[Token]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != ROOT:
            kids[token.head].append(token)
    names: list[str | None] = [None] * len(tokens)
    marks: list[Quote | None] = [None] * len(tokens)
    for start, end, label in entities:
        for token in tokens:
            if start <= token.start and token.end <= end:
                names[token.index] = label
    around = quotes.outer_at(sentence.start)
    inside = around is not None and tokens[-1].start < around.end
    for quote in quotes.inside(sentence.span) if inside else quotes.outer_in(sentence.span):
        for token in tokens:
            if quote.start <= token.start < quote.end:
                marks[token.index] = quote
    words, relations = [lexical(token) for token in tokens], [token.relation for token in tokens]
    inner = _inner(sentence, marks, quotes)
    return Tree(text, sentence, tokens, kids, names, marks, words, relations, any(marks), inside, inner)


def _inner(sentence: Sentence, marks: Sequence[Quote | None], quotes: Quotes) -> list[Quote | None]:
    """The quotation next within the token's own, if there is one."""
    inner: list[Quote | None] = [None] * len(sentence.tokens)
    if not any(mark is not None and mark.depth == 0 for mark in marks):
        return inner
    for quote in quotes.inside(sentence.span):
        for token in sentence.tokens:
            if quote.start <= token.start < quote.end:
                inner[token.index] = quote
    return inner


_NAMELESS = frozenset(["PROPN", "NUM", "PRON", "PUNCT", "SYM", "X"])


def lexical(token: Token) -> str:
    """A word as a feature: its lemma, but only the kind of word for names, pronouns, numbers and what is written like a name.

    Names must not be features: exchanging two parties' names may exchange nothing else.
    """
    text = token.text
    named = token.lemma[:1].isupper() or (text[1:] != text[1:].lower() and not text.isupper())
    if token.upos in _NAMELESS or named:
        return token.upos
    return f"{token.lemma.lower()}/{token.upos[0]}"


def _reaches(tokens: Sequence[Token]) -> tuple[list[int], list[int]]:
    low, high = list(range(len(tokens))), list(range(len(tokens)))
    for token in tokens:
        index, head = token.index, token.head
        while head != ROOT and (low[head] > index or high[head] < index):
            low[head], high[head] = min(low[head], index), max(high[head], index)
            head = tokens[head].head
    return low, high
