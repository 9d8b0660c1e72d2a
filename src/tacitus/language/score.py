"""How right the parses of a language model are, by a treebank: on gold words, and on raw text.

After the CoNLL 2018 shared task (https://universaldependencies.org/conll18/evaluation.html). On raw text the sentences and words are the
model's own; a word or sentence counts where its span is a gold one, a part of speech or lemma where also the word's span is, a head where
it is the same span as the gold head's; the figure is F1 over spans. On gold words it is the share of words. Where we differ: "tokens" are
UD words (the shared task's "words"), and a relation is right only with its subtype. A gold lemma `_` is right whatever the model says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol, TypeVar

from tacitus.language.document import ROOT, Parse, Sentence, Token
from tacitus.language.model import LONGEST_SENTENCE

WORD_FIGURES = ("upos", "uas", "las", "lemma")
TEXT_FIGURES = ("tokens", "sentences", *WORD_FIGURES)
UNKNOWN = "_"  # a gold lemma that is not annotated
AT_ONCE = 2_048  # sentences or documents given to the model together: bounds memory

Facts = dict[str, Counter[Hashable]]
Item = TypeVar("Item")


class Parser(Protocol):
    """What is scored: a `LanguageModel`, or anything that parses like it."""

    def parse(self, texts: Sequence[str]) -> list[Parse]: ...

    def parse_words(self, sentences: Sequence[Sequence[tuple[str, bool]]]) -> list[Parse]: ...


@dataclass
class Tally:
    """Right, found and gold counts, to F1."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: Counter[Hashable], gold: Counter[Hashable]) -> None:
        self.right += (found & gold).total()
        self.found += found.total()
        self.gold += gold.total()

    @property
    def f1(self) -> float:
        """A share of 1, to four digits; 0 where nothing was found and nothing was gold."""
        return round(2 * self.right / max(1, self.found + self.gold), 4)


def score_treebank(model: Parser, documents: Sequence[Parse]) -> dict[str, dict[str, float]]:
    """Both scores of documents with gold trees, shares of 1: `gold_tokens` and `raw_text`."""
    sentences = (sentence for document in documents for sentence in document.sentences)
    return {"gold_tokens": score_words(model, sentences), "raw_text": score_text(model, documents)}


def score_words(model: Parser, sentences: Iterable[Sentence]) -> dict[str, float]:
    """Shares of gold words with the right part of speech, head (uas), head with relation (las) and lemma.

    A sentence longer than the model reads as one is cut, as it is in running text; heads beyond the cut are then wrong.
    """
    right: Counter[str] = Counter()
    total = 0
    for group in _groups(chain.from_iterable(map(_windows, sentences))):
        parses = model.parse_words([given_words(tokens) for tokens in group])
        for tokens, parse in zip(group, parses, strict=True):
            for gold, found in zip(tokens, parse.sentences[0].tokens, strict=True):
                total += 1
                right.update(_right(gold, found, first=tokens[0].index))
    return {name: round(right[name] / max(1, total), 4) for name in WORD_FIGURES}


def score_text(model: Parser, documents: Iterable[Parse]) -> dict[str, float]:
    """F1 of words, sentences, and of words with part of speech, head, head with relation, and lemma; nothing but the text is given."""
    tallies = {name: Tally() for name in TEXT_FIGURES}
    for group in _groups(documents):
        for gold, found in zip(group, model.parse([document.text for document in group]), strict=True):
            unknown = {(token.start, token.end) for token in _all_tokens(gold) if token.lemma == UNKNOWN}
            expected, given = _facts(gold, unknown), _facts(found, unknown)
            for name, tally in tallies.items():
                tally.add(given[name], expected[name])
    return {name: tally.f1 for name, tally in tallies.items()}


def given_words(tokens: Sequence[Token]) -> list[tuple[str, bool]]:
    """(form, glued to the word before) of each word, as `LanguageModel.parse_words` takes them."""
    ends = [None, *(token.end for token in tokens)]
    return [(token.text, token.start == end) for token, end in zip(tokens, ends, strict=False)]


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while group := list(islice(rest, AT_ONCE)):
        yield group


def _windows(sentence: Sentence) -> Iterator[Sequence[Token]]:
    for start in range(0, len(sentence.tokens), LONGEST_SENTENCE):
        yield sentence.tokens[start : start + LONGEST_SENTENCE]


def _right(gold: Token, found: Token, *, first: int) -> Iterator[str]:
    """The figures for which a word is right; the found head counts from the window's `first` word."""
    same_head = gold.head == (found.head if found.head == ROOT else found.head + first)
    if gold.upos == found.upos:
        yield "upos"
    if same_head:
        yield "uas"
    if same_head and gold.deprel == found.deprel:
        yield "las"
    if gold.lemma in (found.lemma, UNKNOWN):
        yield "lemma"


def _facts(parse: Parse, unknown: set[tuple[int, int]]) -> Facts:
    """What a parse says, by figure. Counted, not a set: words without letters of their own share a span."""
    facts: Facts = {name: Counter() for name in TEXT_FIGURES}
    for sentence in parse.sentences:
        facts["sentences"][sentence.start, sentence.end] += 1
        for token in sentence.tokens:
            span = token.start, token.end
            governor = sentence.head(token)
            head = (governor.start, governor.end) if governor else None
            facts["tokens"][span] += 1
            facts["upos"][span, token.upos] += 1
            facts["uas"][span, head] += 1
            facts["las"][span, head, token.deprel] += 1
            facts["lemma"][span, UNKNOWN if span in unknown else token.lemma] += 1
    return facts


def _all_tokens(parse: Parse) -> Iterator[Token]:
    return (token for sentence in parse.sentences for token in sentence.tokens)
