"""Parses without a model: every word its own token, all of them depending on the first."""

from __future__ import annotations

import re

from tacitus.language.document import ROOT, Parse, Sentence, Token

WORD = re.compile(r"\w+|[^\w\s]")


def plain_parse(text: str, *, upos: dict[str, str] | None = None) -> Parse:
    """One sentence of flat tokens; `upos` gives the part of speech of some words."""
    tags = upos or {}
    tokens = [
        Token(
            index=index,
            start=match.start(),
            end=match.end(),
            text=match[0],
            lemma=match[0].lower(),
            upos=tags.get(match[0], "X"),
            head=0 if index else ROOT,
            deprel="dep" if index else "root",
            feats={},
        )
        for index, match in enumerate(WORD.finditer(text))
    ]
    sentences = [Sentence(index=0, start=0, end=len(text), tokens=tokens)] if tokens else []
    return Parse(text=text, sentences=sentences)
