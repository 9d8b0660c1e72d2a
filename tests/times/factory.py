"""Parses without a model, with the parts of speech that a test needs."""

from __future__ import annotations

import re

from tacitus.language.document import Parse
from tests.language.flat import flat_parse

WORD = re.compile(r"\w+|[^\w\s]")


def plain_parse(text: str, *, upos: dict[str, str] | None = None) -> Parse:
    """One sentence of flat tokens; `upos` gives the part of speech of some words."""
    tags = upos or {}
    return flat_parse(text, words=WORD, upos=lambda word: tags.get(word, "X"))
