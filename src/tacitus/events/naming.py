"""The names under which a word of a text is looked up in the lexicon: its lemma, regular base forms, irregular base forms."""

from __future__ import annotations

from functools import cache, lru_cache

from tacitus.events.forms import lemma_candidates
from tacitus.language.document import Token
from tacitus.resources import data_path, load_tsv


@cache
def irregular_forms() -> dict[str, str]:
    """Irregular verb forms to base forms, read once. Raises DataError when the file is malformed."""
    return {row["form"]: row["lemma"] for row in load_tsv(data_path("events", "irregular.tsv"), ("form", "lemma"))}


def lookup_names(token: Token) -> tuple[str, ...]:
    """The names to try, the tagger's lemma first; lower case, distinct."""
    return names_of(token.text, token.lemma)


@lru_cache(maxsize=65536)
def names_of(form: str, lemma: str) -> tuple[str, ...]:
    """As `lookup_names`, for a form and its lemma."""
    found = lemma_candidates(form, lemma)
    irregular = irregular_forms().get(form.lower())
    return (found[0], irregular, *(name for name in found[1:] if name != irregular)) if irregular is not None else found
