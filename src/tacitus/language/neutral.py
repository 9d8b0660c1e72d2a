"""What the language model is shown of a country's name: the same word for every country, so that it cannot tell one from another.

Words, lemmas and spans stay those of the text; only the encoder sees the stand-in (`data/language/neutral.tsv`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tacitus.resources import data_path, load_tsv

_ARTICLES = ("an", "An")


def load_neutral() -> Mapping[str, str]:
    """Word to stand-in. Raises DataError when the table is missing or malformed."""
    return {row["word"]: row["shown"] for row in load_tsv(data_path("language", "neutral.tsv"), ("word", "shown"))}


def neutral(forms: Sequence[str], table: Mapping[str, str]) -> list[str]:
    """The words of a window as the encoder is to see them; "US" among words in capitals may be the pronoun, and stays.

    "An Iraqi" is shown as "a Kenyan" is: the article would tell countries apart too.
    """
    shown = [
        table[key] if (key := _key(form)) in table and not _is_shouted(forms, index) else form
        for index, form in enumerate(forms)
    ]
    for index, form in enumerate(forms[:-1]):
        if form in _ARTICLES and shown[index + 1] != forms[index + 1]:
            shown[index] = form[0]
    return shown


def _key(form: str) -> str:
    """ "RUSSIA" in a headline is looked up as "Russia"; short forms stand in the table as they are written."""
    return form.capitalize() if len(form) > 3 and form.isupper() and form.isalpha() else form


def _is_shouted(forms: Sequence[str], index: int) -> bool:
    """Whether a short form in capitals stands among other words in capitals."""
    if len(forms[index]) > 3 or not forms[index].isupper():
        return False
    around = [*forms[max(0, index - 1) : index], *forms[index + 1 : index + 2]]
    return any(len(word) > 2 and word.isupper() and word.isalpha() for word in around)
