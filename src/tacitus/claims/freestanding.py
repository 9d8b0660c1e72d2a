"""Quotations that no cue of their own sentence takes, attributed by what stands right beside them.

After a colon ("Minister Haddad: “...”"; the quotation may be the next paragraph), before a dash and a name (pull quotes), or beside
a clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tacitus.claims.beside import attribute_by_clause
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.quotes import Quote
from tacitus.claims.settle import SURE, Opened
from tacitus.claims.tree import Tree
from tacitus.language.document import Token
from tacitus.records import Span

MAX_NAME = 60  # code points; what follows the dash under a pull quote is a name, perhaps with an office
MAX_NAME_WORDS = 4
MAX_BEFORE = 12  # words between the last break and the colon that may name the speaker

_COLON = re.compile(r"(:)\s*$")
_DASH = re.compile(r"[\s\xa0]*(—|–|―|--|-)[\s\xa0]*([^\n]{2,60}?)[.\s\xa0]*(?=\n|$)")
_BREAKS = frozenset(["-", "–", "—", "|", "•", "]", ")", ".", "?", "!", ";"])


def attribute_by_neighbours(quote: Quote, trees: Sequence[Tree], text: str, lexicon: ClaimLexicon) -> Opened | None:
    """The claim that a colon before the quotation, a dash after it or a clause beside it makes, or None.

    `trees` are the sentences that touch the quotation or end right before it, in order.
    """
    return (
        _after_colon(quote, trees, text)
        or _before_dash(quote, trees, text)
        or attribute_by_clause(quote, trees, text, lexicon)
    )


def _after_colon(quote: Quote, trees: Sequence[Tree], text: str) -> Opened | None:
    colon = _COLON.search(text, max(0, quote.start - 6), quote.start)
    if colon is None:
        return None
    for tree in trees:
        token = tree.sentence.token_at(colon.start(1))
        if token is not None:
            cue, source = _announcement(tree, token)
            return Opened(cue, source, [quote.span], tree.sentence.index, SURE, _stance(quote, text))
    return None


def _announcement(tree: Tree, colon: Token) -> tuple[Span, Span | None]:
    """Cue and source before a colon: the last verb with its subject, else the name that stands alone."""
    start = colon.index
    while start > 0 and tree.tokens[start - 1].text not in _BREAKS:
        start -= 1
    before = tree.tokens[start : colon.index]
    for token in reversed(before):
        subject = tree.kid(token, "nsubj") if token.upos == "VERB" else None
        if subject is not None and start <= subject.index < colon.index:
            return Span(token.start, colon.end), _span(tree, tree.trim([tree.reach(subject)]))
    if len(before) > MAX_BEFORE:
        return colon.span, None
    while before and before[0].upos not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"):
        before = before[1:]
    names = [token for token in before if token.upos in ("PROPN", "NOUN", "PRON")]
    return colon.span, Span(before[0].start, names[-1].end) if names else None


def _span(tree: Tree, runs: Sequence[tuple[int, int]]) -> Span | None:
    return Span(tree.tokens[runs[0][0]].start, tree.tokens[runs[-1][1]].end) if runs else None


def _before_dash(quote: Quote, trees: Sequence[Tree], text: str) -> Opened | None:
    dash = _DASH.match(text, quote.end, quote.end + MAX_NAME + 10)
    if dash is None:
        return None
    name = dash.group(2)
    own_line = "\n" in text[quote.end : dash.start(1)]  # under the quotation; there a list may begin, too
    if not name[:1].isupper() or name.endswith((":", "?", "!")) or (own_line and len(name.split()) > MAX_NAME_WORDS):
        return None
    tree = next((tree for tree in trees if tree.sentence.end > dash.start(1)), trees[-1] if trees else None)
    if tree is None:
        return None
    return Opened(
        Span(*dash.span(1)), Span(*dash.span(2)), [quote.span], tree.sentence.index, SURE, _stance(quote, text)
    )


def _stance(quote: Quote, text: str) -> str:
    """Of what punctuation alone attributes."""
    return "asks" if quote.inner.of(text).rstrip().endswith("?") else "asserts"
