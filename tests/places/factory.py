"""Parses without a model: given parts of speech and entities on flat sentences."""

from __future__ import annotations

import re

from tacitus.language.document import ROOT, NamedEntity, Parse, Sentence, Token

WORD = re.compile(r"(?:\w\.){2,}|\w+|[^\w\s]")
LOWER = {"in": "ADP", "of": "ADP", "at": "ADP", "near": "ADP", "from": "ADP", "to": "ADP", "the": "DET"}


def parse_of(text: str, **entities: str) -> Parse:
    """One flat sentence; capitalised words are proper nouns. `entities`: label to names joined by "|" (place="Goma|Congo")."""
    tokens = [
        Token(
            index=index,
            start=match.start(),
            end=match.end(),
            text=match[0],
            lemma=match[0].lower(),
            upos="PROPN"
            if match[0][0].isupper()
            else LOWER.get(match[0].lower(), "VERB" if match[0][0].isalpha() else "PUNCT"),
            head=0 if index else ROOT,
            deprel="dep" if index else "root",
            feats={},
        )
        for index, match in enumerate(WORD.finditer(text))
    ]
    found = [
        NamedEntity(start=match.start(), end=match.end(), label=label, sentence=0)
        for label, names in entities.items()
        for name in names.split("|")
        for match in re.finditer(re.escape(name), text)
    ]
    sentences = [Sentence(index=0, start=0, end=len(text), tokens=tokens)] if tokens else []
    return Parse(text=text, sentences=sentences, entities=sorted(found, key=lambda entity: entity.start))
