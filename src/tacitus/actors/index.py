"""What words mean: names and role nouns by their folded words, kept in one block for each first word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tacitus.actors.tables import Entity, Role, fold

WORD = re.compile(r"[^\W_]+")
ACRONYM_LETTERS = 6  # up to here an alias all in capitals must stand in capitals in the text: "WHO" is no "who"


class Sense(NamedTuple):
    """One reading of a name. `form`: name · adjective · person · people · capital · surname; `capitals`: must stand in capitals."""

    entity: Entity
    form: str
    capitals: bool


class RoleSense(NamedTuple):
    """A role noun, singular or plural."""

    role: Role
    plural: bool


@dataclass(slots=True)
class Block:
    """All names and role nouns that begin with one word, by their folded words joined by blanks; `longest` of them in words."""

    longest: int = 0
    names: dict[str, list[Sense]] = field(default_factory=dict)
    roles: dict[str, list[RoleSense]] = field(default_factory=dict)

    def add_name(self, words: Sequence[str], sense: Sense) -> None:
        """Add a reading; of two spellings with the same words, the one that need not stand in capitals counts ("TASS", "Tass")."""
        known = self.names.setdefault(" ".join(words), [])
        same = next(
            (n for n, old in enumerate(known) if (old.entity.id, old.form) == (sense.entity.id, sense.form)), None
        )
        if same is None:
            known.append(sense)
        elif known[same].capitals:
            known[same] = sense
        self._note(words)

    def add_role(self, words: Sequence[str], sense: RoleSense) -> None:
        """Add one number of a role noun."""
        self.roles.setdefault(" ".join(words), []).append(sense)
        self._note(words)

    def _note(self, words: Sequence[str]) -> None:
        length = max(len(words), 3) if len(words) == 2 else len(words)  # "Ana Diaz" may stand as "Ana B. Diaz"
        self.longest = max(self.longest, length)


@dataclass(slots=True, kw_only=True)
class Facts:
    """All that the tables say. `blocks` by first folded word, `entities` by reference, `given_names` to the gender they tell."""

    blocks: Mapping[str, Block]
    entities: Mapping[str, Entity]
    given_names: Mapping[str, str]
    pronoun_weights: Mapping[str, float]


class Blocks(dict[str, Block]):
    """Blocks under construction."""

    def add_name(self, name: str, entity: Entity, form: str = "name") -> None:
        """Index one name of an entity; nothing for a name without letters."""
        words = fold_words(name)
        if words:
            self._of(words).add_name(words, Sense(entity, form, is_acronym(name)))

    def add_role(self, name: str, sense: RoleSense) -> None:
        """Index one number of a role noun."""
        words = fold_words(name)
        self._of(words).add_role(words, sense)

    def _of(self, words: Sequence[str]) -> Block:
        return self.setdefault(words[0], Block())


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals and short enough to be something else in small letters."""
    return name.isupper() and sum(map(str.isalpha, name)) <= ACRONYM_LETTERS


def fold_words(text: str) -> list[str]:
    """The folded words of a name."""
    return WORD.findall(fold(text))
