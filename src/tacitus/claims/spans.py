"""Content as spans of the text: token runs made character spans, with whole quotations and their marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tacitus.claims.drafts import Draft
from tacitus.claims.quotes import Quote, Quotes
from tacitus.claims.tree import Tree
from tacitus.records import Span

_GAP = " \t\n\r\xa0"


def content_spans(tree: Tree, draft: Draft, quotes: Quotes, text: str) -> list[Span]:
    """The draft's content. A quotation it reaches into is taken whole, unless cue or source stand in it too."""
    spans = [Span(tree.tokens[low].start, tree.tokens[high].end) for low, high in draft.content]
    own = quotes.outer_at(draft.cue.start)
    whole: dict[int, Quote] = {quote.start: quote for quote in draft.quotes}
    for span in spans:
        for quote in quotes.outer_in(span):
            if quote is not own and _reaches_into(span, quote, text):
                whole[quote.start] = quote
    joined = join_spans([*spans, *(quote.span for quote in whole.values())], text)
    return [span for span in joined if span.of(text).strip()]


def _reaches_into(span: Span, quote: Quote, text: str) -> bool:
    """Whether the span holds a word of the quotation, and not only its mark."""
    shared = text[max(span.start, quote.inner.start) : min(span.end, quote.inner.end)]
    return any(character.isalnum() for character in shared)


def join_spans(spans: Iterable[Span], text: str) -> list[Span]:
    """In text order; joined where they overlap or where only white space lies between."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and not text[joined[-1].end : span.start].strip(_GAP):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def covers(sorted_spans: Sequence[tuple[int, int]], span: Span) -> bool:
    """Whether one of the spans (sorted) overlaps the middle of `span`."""
    middle = (span.start + span.end) // 2
    index = bisect_right(sorted_spans, (middle, 1 << 60)) - 1
    return any(start <= middle < end for start, end in sorted_spans[max(0, index - 3) : index + 1])
