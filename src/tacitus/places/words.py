"""The words around place names (`words.toml`), and names looked up with and without them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tacitus.errors import DataError
from tacitus.places.entry import Entry
from tacitus.places.gazetteer import Gazetteer
from tacitus.resources import data_path, load_toml


@dataclass(frozen=True)
class PlaceWords:
    """The lists of `words.toml`."""

    locative: frozenset[str]
    directions: frozenset[str]
    generic: frozenset[str]
    features: frozenset[str]
    media: frozenset[str]
    not_a_place: frozenset[str]


@cache
def load_place_words() -> PlaceWords:
    """The words around place names.

    Raises DataError when the file lacks a list.
    """
    path = data_path("places", "words.toml")
    raw = load_toml(path)
    try:
        return PlaceWords(**{name: frozenset(raw[name]) for name in PlaceWords.__dataclass_fields__})
    except (KeyError, TypeError) as err:
        raise DataError(f"{path}: missing list: {err}") from err


def candidates_of(name: str, *, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places that bear a name; if none, those of the name without kind or side: "Oaxaca State", "South Florida"."""
    found = gazetteer.candidates(name)
    words = name.split()
    if found or len(words) < 2:
        return found
    lists = load_place_words()
    if words[-1].lower() in lists.generic:
        return gazetteer.candidates(" ".join(words[:-1]))
    if words[0].lower() in lists.directions:
        return gazetteer.candidates(" ".join(words[1:]))
    return ()
