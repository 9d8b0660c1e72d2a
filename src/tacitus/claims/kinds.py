"""Direct, indirect or mixed: how much of a claim's content stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tacitus.claims.quotes import Quotes
from tacitus.records import Span

DIRECT_SHARE = 0.95  # of the content's words; a stray word outside the marks does not make a quotation indirect

_WORD = re.compile(r"\w+")


def kind_of(content: Sequence[Span], cue: Span, quotes: Quotes, text: str) -> str:
    """direct · mixed · indirect. What is told inside a quotation is direct only where it is quoted there once more."""
    total = quoted = 0
    level = quotes.depth_at(cue.start)
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            total += 1
            quoted += quotes.depth_at(word.start()) > level
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT_SHARE * total else "mixed"
