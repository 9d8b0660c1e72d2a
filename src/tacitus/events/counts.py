"""How many people a noun phrase names, by its number words, else by its grammar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tacitus.events.casualty_words import CasualtyWords
from tacitus.events.quantities import Bounds, Figure, find_figures
from tacitus.language.document import Sentence, Token
from tacitus.records import Quantity, Span

REACH = 5  # words before a number in which its bound may start ("as many as", "an estimated")
OUTSIDE = ("conj", "cc", "acl", "acl:relcl", "advcl", "appos", "nmod", "parataxis", "punct", "case")
SINGULAR_PRONOUNS = frozenset(
    {
        "he",
        "him",
        "she",
        "her",
        "it",
        "himself",
        "herself",
        "someone",
        "somebody",
        "another",
        "one",
        "me",
        "i",
        "myself",
    }
)
PLURAL_PRONOUNS = frozenset(["they", "them", "themselves", "others", "we", "us", "people"])
NOBODY = frozenset(["none", "nobody", "no-one", "nothing"])


@dataclass(frozen=True, slots=True)
class Count:
    """Bounds and the words that give them."""

    low: int | None
    high: int | None
    span: Span

    def quantity(self) -> Quantity:
        return Quantity(low=self.low, high=self.high, span=self.span)


def lower_words(tokens: Sequence[Token]) -> list[str]:
    return [token.text.lower() for token in tokens]


def read_quantity(tokens: Sequence[Token], *, words: CasualtyWords) -> Bounds | None:
    """The first figure among the tokens as (low, high), either None where it is open; None where there is no figure."""
    figure = next(find_figures(lower_words(tokens), numbers=words.numbers), None)
    return (figure.low, figure.high) if figure is not None else None


def add(first: Count, second: Count) -> Count:
    """Two groups together; a side is open when it is open in either."""
    low = (first.low or 0) + (second.low or 0)
    high = None if first.high is None or second.high is None else first.high + second.high
    span = Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end))
    return Count(low if first.low is not None or second.low is not None else None, high, span)


def numbered(sentence: Sentence, noun: Token, words: CasualtyWords) -> Count | None:
    """The figure that number words give a noun (or that the noun itself is): "at least 12 civilians", "hundreds of people"."""
    parts = sentence.subtree(noun, without=OUTSIDE)
    first = min(part.index for part in parts if part.index <= noun.index)
    last = min(noun.index + 4, len(sentence.tokens) - 1) if _is_number_word(noun, words) else noun.index
    start = max(0, first - REACH)
    tokens = sentence.tokens[start : last + 1]
    fitting = [
        figure
        for figure in find_figures(lower_words(tokens), numbers=words.numbers)
        if first - 1 <= figure.end - 1 + start <= last and figure.number + start <= noun.index
    ]
    return _count(sentence, tokens, fitting[-1]) if fitting else None


def _count(sentence: Sentence, tokens: Sequence[Token], figure: Figure) -> Count:
    return Count(figure.low, figure.high, Span(tokens[figure.start].start, tokens[figure.end - 1].end))


def _is_number_word(noun: Token, words: CasualtyWords) -> bool:
    word = noun.text.lower()
    numbers = words.numbers
    return noun.upos == "NUM" or word in numbers.open or word in numbers.multipliers or word in numbers.exact


def adjacent(sentence: Sentence, word: Token, words: CasualtyWords, *, before: bool) -> Count | None:
    """A figure right before the word ("30 wounded") or right after it ("wounding 30")."""
    if before:
        start = max(0, word.index - REACH - 1)
        tokens = sentence.tokens[start : word.index]
        slack = (
            {len(tokens), len(tokens) - 1} if tokens and tokens[-1].upos in ("NOUN", "ADJ", "ADV") else {len(tokens)}
        )
        fitting = [figure for figure in find_figures(lower_words(tokens), numbers=words.numbers) if figure.end in slack]
    else:
        tokens = sentence.tokens[word.index + 1 : word.index + 2 + REACH]
        fitting = [figure for figure in find_figures(lower_words(tokens), numbers=words.numbers) if figure.start == 0]
    return _count(sentence, tokens, fitting[-1]) if fitting else None


def people(sentence: Sentence, noun: Token, words: CasualtyWords, *, verb: Token | None = None) -> Count | None:
    """How many a noun phrase names, its conjuncts added: by number words, else one for a singular, two or more for a plural.

    Conjuncts on the far side of the `verb` belong to another clause ("two were killed and scores wounded").
    """
    total = _single(sentence, noun, words)
    for conjunct in sentence.children(noun, "conj"):
        if conjunct.upos not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") or sentence.child(conjunct, "nsubj", "cop"):
            continue
        if verb is not None and (conjunct.index > verb.index) != (noun.index > verb.index):
            continue
        more = _single(sentence, conjunct, words)
        total = add(total, more) if total is not None and more is not None else total
    return total


def _single(sentence: Sentence, noun: Token, words: CasualtyWords) -> Count | None:
    if noun.lemma in words.lists["victims.not_victims"] or noun.lemma in words.lists["victims.measures"]:
        return None
    return _none_of(sentence, noun) or numbered(sentence, noun, words) or _by_grammar(sentence, noun, words)


def _none_of(sentence: Sentence, noun: Token) -> Count | None:
    """No one, nobody, no civilians, not a single soldier."""
    if noun.text.lower() in NOBODY:
        return Count(0, 0, noun.span)
    before = sentence.tokens[noun.index - 1] if noun.index else noun
    if noun.text.lower() == "one" and before.text.lower() == "no":
        return Count(0, 0, Span(before.start, noun.end))
    for child in sentence.children(noun, "det", "advmod", "nummod"):
        negative = child.text.lower() == "no" or (child.text.lower() == "not" and child.index < noun.index)
        following = sentence.tokens[child.index + 1].text.lower() if child.index + 1 < len(sentence.tokens) else ""
        if negative and following not in ("fewer", "less", "more", "only", "just"):
            return Count(0, 0, Span(child.start, noun.end))
    return None


def _by_grammar(sentence: Sentence, noun: Token, words: CasualtyWords) -> Count | None:
    """One for a singular, two or more for a plural or a group."""
    word = noun.text.lower()
    if noun.upos == "PRON" and word in ("who", "that", "which", "whom"):
        return None
    if word in SINGULAR_PRONOUNS:
        return Count(1, 1, noun.span)
    span = sentence.subtree_span(noun, without=OUTSIDE)
    plural = noun.feats.get("Number") == "Plur" or word in PLURAL_PRONOUNS or noun.lemma in words.lists["victims.group"]
    if plural:
        return Count(2, None, span)
    if noun.upos in ("NOUN", "PROPN") and noun.feats.get("Number", "Sing") == "Sing":
        return Count(1, 1, span)
    return None
