"""Parses without a model: every word its own token, all of them depending on the first."""

from __future__ import annotations

import re
from collections.abc import Callable

from tacitus.language.document import ROOT, NamedEntity, Parse, Sentence, Token


def flat_parse(
    text: str, *, words: re.Pattern[str], upos: Callable[[str], str], entities: list[NamedEntity] | None = None
) -> Parse:
    """One sentence; `words` finds its tokens, `upos` gives the part of speech of each."""
    tokens = [
        Token(
            index=index,
            start=match.start(),
            end=match.end(),
            text=match[0],
            lemma=match[0].lower(),
            upos=upos(match[0]),
            head=0 if index else ROOT,
            deprel="dep" if index else "root",
            feats={},
        )
        for index, match in enumerate(words.finditer(text))
    ]
    sentences = [Sentence(index=0, start=0, end=len(text), tokens=tokens)] if tokens else []
    return Parse(text=text, sentences=sentences, entities=entities or [])
