"""Direct, indirect or mixed: how much of a claim's content stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tacitus.claims.quotes import Quotes
from tacitus.records import Span

DIRECT_SHARE = 0.95  # of the content's words; a stray word outside the marks does not make a quotation indirect

_WORD = re.compile(r"\w+")


def kind_of(content: Sequence[Span], quotes: Quotes, text: str) -> str:
    """direct · mixed · indirect."""
    total = quoted = 0
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            total += 1
            quoted += quotes.outer_at(word.start()) is not None
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT_SHARE * total else "mixed"
