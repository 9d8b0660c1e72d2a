"""Parses without a model: given parts of speech and entities on flat sentences."""

from __future__ import annotations

import re

from tacitus.language.document import NamedEntity, Parse
from tests.language.flat import flat_parse

WORD = re.compile(r"(?:\w\.){2,}|\w+|[^\w\s]")
LOWER = {"in": "ADP", "of": "ADP", "at": "ADP", "near": "ADP", "from": "ADP", "to": "ADP", "the": "DET"}


def parse_of(text: str, **entities: str) -> Parse:
    """One flat sentence; capitalised words are proper nouns. `entities`: label to names joined by "|" (place="Goma|Congo")."""
    found = [
        NamedEntity(start=match.start(), end=match.end(), label=label, sentence=0)
        for label, names in entities.items()
        for name in names.split("|")
        for match in re.finditer(re.escape(name), text)
    ]
    return flat_parse(text, words=WORD, upos=_upos, entities=sorted(found, key=lambda entity: entity.start))


def _upos(word: str) -> str:
    if word[0].isupper():
        return "PROPN"
    return LOWER.get(word.lower(), "VERB" if word[0].isalpha() else "PUNCT")
