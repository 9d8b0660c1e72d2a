"""Names under which a word may stand in a cue list, when its lemma cannot be trusted.

The tagger's lemma of a rare word can be wrong ("foile" for "foiled"). The regular ways of undoing an English ending are few, and a
cue list is closed, so all of them are tried; a wrong candidate is in no list. Irregular forms are listed in
`data/events/aspects/irregular.tsv`.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache

from tacitus.language.document import Token
from tacitus.resources import data_path, load_tsv

VOWELS = frozenset("aeiou")


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    rows = load_tsv(data_path("events", "aspects", "irregular.tsv"), ("form", "lemma"))
    forms: dict[str, tuple[str, ...]] = {}
    for row in rows:
        forms[row["form"]] = (*forms.get(row["form"], ()), row["lemma"])
    return forms


@lru_cache(maxsize=65536)
def lemma_candidates(form: str, lemma: str) -> tuple[str, ...]:
    """The lemma, the form, its irregular lemma, and the form without each regular ending it may have; lower case, distinct."""
    form, lemma = form.lower(), lemma.lower()
    found = [lemma, form, *_irregular().get(form, ())]
    for ending, additions in (
        ("ies", ("y", "ie")),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ied", ("y", "ie")),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
    ):
        if form.endswith(ending) and len(form) - len(ending) >= 2:
            stem = form[: -len(ending)]
            found.extend(stem + addition for addition in additions)
            if ending in ("ed", "ing") and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


def is_listed(token: Token, words: Collection[str]) -> bool:
    """Whether the token stands in a cue list under any of its names."""
    return any(name in words for name in lemma_candidates(token.text, token.lemma))
