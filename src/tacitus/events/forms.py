"""Names under which a word may stand in a cue list, when its lemma cannot be trusted.

The tagger's lemma of a rare word can be wrong ("foile" for "foiled"). The regular ways of undoing an English ending are few, and a
cue list is closed, so all of them are tried; a wrong candidate is in no list.
"""

from __future__ import annotations

from functools import lru_cache

VOWELS = frozenset("aeiou")


@lru_cache(maxsize=65536)
def lemma_candidates(form: str, lemma: str) -> tuple[str, ...]:
    """The lemma, the form, and the form without each regular ending it may have; lower case, distinct, in that order."""
    form, lemma = form.lower(), lemma.lower()
    found = [lemma, form]
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
