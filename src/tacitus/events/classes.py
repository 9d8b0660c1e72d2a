"""Classes of nouns that tell senses apart: "fire on troops" against "fire the minister"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from tacitus.errors import DataError
from tacitus.resources import load_toml

BUILT_IN = frozenset({"name", "pronoun", "mention", "placename", "number", "who"})
"""Classes that no list can hold; the coder decides them by part of speech, the tagger's names and the actors found."""


class NounClasses:
    """The classes of `data/events/classes.toml`, with what they include."""

    def __init__(self, members: Mapping[str, frozenset[str]]) -> None:
        self._members = members
        self._joined: dict[tuple[str, ...], tuple[frozenset[str], frozenset[str]]] = {}

    @classmethod
    def load(cls, path: Path) -> NounClasses:
        """Read the file. Raises DataError for an unknown class in `includes` and for a class that includes itself."""
        tables = load_toml(path)

        def members(name: str, seen: tuple[str, ...]) -> frozenset[str]:
            if name in BUILT_IN:
                return frozenset({name_of_built_in(name)})
            if name not in tables or name in seen:
                raise DataError(f"{path}: [{seen[-1]}] includes {name!r}, which is no class or includes itself")
            own = frozenset(tables[name].get("nouns", ()))
            return own.union(*(members(other, (*seen, name)) for other in tables[name].get("includes", ())))

        return cls({name: members(name, ("",)) for name in tables})

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The nouns of all classes."""
        return frozenset(noun for members in self._members.values() for noun in members if noun[0] != "<")

    def knows(self, name: str) -> bool:
        """Whether there is such a class."""
        return name in self._members or name in BUILT_IN

    def join(self, names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
        """The nouns, and the built-in classes, of several classes and "=lemmas" together."""
        known = self._joined.get(names)
        if known is None:
            found: set[str] = set()
            for name in names:
                found |= {name[1:]} if name[0] == "=" else self._members.get(name, {name_of_built_in(name)})
            built_in = frozenset(member for member in found if member[0] == "<")
            known = self._joined[names] = frozenset(found - built_in), built_in
        return known


def name_of_built_in(name: str) -> str:
    """How a built-in class stands among the nouns of a class that includes it."""
    return f"<{name}>"
