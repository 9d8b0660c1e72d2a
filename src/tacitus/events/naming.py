"""The names under which a word of a text is looked up, and the short closed lists of the coder."""

from __future__ import annotations

from functools import cache, lru_cache

from tacitus.errors import DataError
from tacitus.events.forms import lemma_candidates
from tacitus.language.document import Token
from tacitus.resources import data_path, load_toml, load_tsv


@cache
def _lists() -> dict[str, frozenset[str]]:
    tables = load_toml(data_path("events", "words.toml"))["lists"]
    return {name: frozenset(words) for name, words in tables.items()}


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of `data/events/words.toml`, read once. Raises DataError when the file has no such list."""
    if name not in _lists():
        raise DataError(f"{data_path('events', 'words.toml')}: no list {name!r}")
    return _lists()[name]


@cache
def irregular_forms() -> dict[str, str]:
    """Irregular verb forms to base forms, read once. Raises DataError when the file is malformed."""
    return {row["form"]: row["lemma"] for row in load_tsv(data_path("events", "irregular.tsv"), ("form", "lemma"))}


def lookup_names(token: Token) -> tuple[str, ...]:
    """The names to try: the tagger's lemma, then the irregular and the regular base forms; lower case, distinct."""
    return names_of(token.text, token.lemma)


@lru_cache(maxsize=65536)
def names_of(form: str, lemma: str) -> tuple[str, ...]:
    """As `lookup_names`, for a form and its lemma."""
    found = lemma_candidates(form, lemma)
    irregular = irregular_forms().get(form.lower())
    if irregular is None:
        return found
    return (found[0], irregular, *(name for name in found[1:] if name != irregular))


def is_in(token: Token, name: str) -> bool:
    """Whether the token, under one of its names, is in a list."""
    return not word_list(name).isdisjoint(lookup_names(token))
