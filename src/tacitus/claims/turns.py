"""Turns of a transcript: paragraphs that begin with their speaker's name and a colon, as interviews and hearings are printed.

One such line proves nothing ("Results: ..."). Labels in capitals, and Q and A, count when there are two of them; names written as usual
when one comes back, as speakers do. A turn goes on over paragraphs that open a quotation again.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from tacitus.claims.quotes import Quotes
from tacitus.records import Span

LEAST_WORDS = 3  # a line of fewer words after its label is an entry of a list or a table
LEAST_CAPITALS = 2  # turns
LEAST_NAMES = 3  # turns

_LABEL = re.compile(
    r"^[ \t\xa0]*[\"“„«‘]?((?:(?:[A-Z]\.?|[A-Z][\w.'’-]+),? ){0,4}(?:[A-Z][\w.'’-]+|Q|A))(:)[ \t\xa0]+(?=[^\s\d])",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+")


class Turn(NamedTuple):
    """What one speaker says until the next one begins."""

    speaker: Span
    colon: Span
    content: tuple[Span, ...]


def find_turns(text: str, quotes: Quotes) -> list[Turn]:
    """The turns in text order; none unless the text is, at least in part, a transcript."""
    labels = [
        match for match in _LABEL.finditer(text) if len(_WORD.findall(_line(text, match.end()).of(text))) >= LEAST_WORDS
    ]
    capitals = [match for match in labels if match.group(1).isupper()]
    if len(capitals) >= LEAST_CAPITALS:
        chosen = capitals
    else:
        names = Counter(match.group(1) for match in labels)
        chosen = labels if len(labels) >= LEAST_NAMES and max(names.values()) > 1 else []
    return [Turn(Span(*match.span(1)), Span(*match.span(2)), _content(text, match.end(), quotes)) for match in chosen]


def _line(text: str, start: int) -> Span:
    end = text.find("\n", start)
    return Span(start, end if end >= 0 else len(text))


def _content(text: str, start: int, quotes: Quotes) -> tuple[Span, ...]:
    """The rest of the paragraph, and the paragraphs after it that open the quotation again without naming anybody."""
    spans = [_bare(text, _line(text, start))]
    own = quotes.outer_at(start)
    if own is not None and not own.closed:
        for quote in quotes.outer_from(own.end):
            if not quote.continues or _LABEL.match(text, text.rfind("\n", 0, quote.start) + 1):
                break
            if not quote.inner.of(text).startswith("("):  # (Laughter.)
                spans.append(quote.span)
            if quote.closed:
                break
    return tuple(spans)


def _bare(text: str, span: Span) -> Span:
    """Without the blanks at its end."""
    return Span(span.start, span.start + len(span.of(text).rstrip()))
