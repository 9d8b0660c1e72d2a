"""The words of a cue: the word that attributes, with its auxiliaries, negation, adverbs and particles, as one unbroken stretch."""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.claims.tree import Tree
from tacitus.language.document import Token
from tacitus.records import Span

_BEFORE = frozenset(["aux", "cop", "advmod", "aux:pass"])
_AFTER = frozenset(["compound:prt", "advmod", "fixed", "expl"])
_STATEMENTS = frozenset(
    [
        "statement",
        "interview",
        "tweet",
        "email",
        "e-mail",
        "post",
        "letter",
        "release",
        "speech",
        "response",
        "memo",
        "report",
    ]
)


def cue_span(tree: Tree, cue: Token, taken: Sequence[tuple[int, int]]) -> Span:
    """The cue around its central word. `taken` are the token runs of content and source, where the cue may not go."""
    if cue.upos == "PUNCT":
        return cue.span
    low, high = _left(tree, cue, taken), _right(tree, cue, taken)
    return Span(tree.tokens[low].start, tree.tokens[high].end)


def _is_taken(index: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(low <= index <= high for low, high in taken)


def _left(tree: Tree, cue: Token, taken: Sequence[tuple[int, int]]) -> int:
    low = cue.index
    while low > 0 and not _is_taken(low - 1, taken):
        token = tree.tokens[low - 1]
        belongs = token.head == cue.index and (
            token.relation in _BEFORE or (token.upos == "PART" and token.relation == "mark")
        )
        negates = (
            token.upos == "PART"
            and tree.head(token) is not None
            and token.head >= low - 1
            and token.text.lower() != "to"
        )
        if not belongs and not negates:
            break
        low -= 1
    return low


def _right(tree: Tree, cue: Token, taken: Sequence[tuple[int, int]]) -> int:
    high, last = cue.index, len(tree.tokens) - 1
    while high < last and not _is_taken(high + 1, taken):
        token = tree.tokens[high + 1]
        belongs = token.head == cue.index and token.relation in _AFTER
        if (
            not belongs
            and not _is_own_adposition(tree, cue, token, high, taken)
            and not _in_statement(tree, cue, token)
        ):
            break
        high = max(high + 1, tree.high[token.index]) if _in_statement(tree, cue, token) else high + 1
    return high if not any(_is_taken(i, taken) for i in range(cue.index + 1, high + 1)) else cue.index


def _is_own_adposition(tree: Tree, cue: Token, token: Token, high: int, taken: Sequence[tuple[int, int]]) -> bool:
    """ "called for", "according to": a preposition right before the content or source belongs to the cue."""
    if token.relation == "fixed" and token.head == cue.index:
        return True
    return token.relation == "case" and _is_taken(token.index + 1, taken) and token.index == high + 1


def _in_statement(tree: Tree, cue: Token, token: Token) -> bool:
    """ "said in a statement": the preposition that begins such a phrase."""
    noun = tree.head(token)
    return (
        token.relation == "case"
        and noun is not None
        and noun.head == cue.index
        and noun.relation == "obl"
        and noun.lemma.lower() in _STATEMENTS
    )
