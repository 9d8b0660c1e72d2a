"""A user's facts laid over the package's: what the user says of an entry, a name or a role noun counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from tacitus.actors.index import Block, Facts
from tacitus.actors.tables import Entity

T = TypeVar("T")


def lay_over(below: Facts, own: Facts) -> Facts:
    """Both together. An entry of the user's replaces the one with its reference, under all names; its names replace other readings."""
    return Facts(
        blocks=LaidBlocks(below.blocks, own),
        entities=Laid(below.entities, own.entities),
        given_names=below.given_names,
        pronoun_weights=below.pronoun_weights,
    )


class Laid(Mapping[str, T]):
    """Two mappings, of which the upper one counts."""

    def __init__(self, below: Mapping[str, T], own: Mapping[str, T]) -> None:
        self._below = below
        self._own = own

    def __getitem__(self, key: str) -> T:
        return self._own[key] if key in self._own else self._below[key]

    def __contains__(self, key: object) -> bool:
        return key in self._own or key in self._below

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (key for key in self._below if key not in self._own)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class LaidBlocks(Laid[Block]):
    """The blocks of both; made when first asked for."""

    def __init__(self, below: Mapping[str, Block], own: Facts) -> None:
        super().__init__(below, own.blocks)
        self._entities: Mapping[str, Entity] = own.entities
        self._made: dict[str, Block] = {}

    def __getitem__(self, key: str) -> Block:
        if key not in self._made:
            self._made[key] = self._block(key)
        return self._made[key]

    def _block(self, key: str) -> Block:
        if key not in self._below:
            return self._own[key]
        below, own = self._below[key], self._own.get(key) or Block()
        names = {
            name: [sense._replace(entity=self._entities.get(sense.entity.id, sense.entity)) for sense in senses]
            for name, senses in below.names.items()
        }
        return Block(max(below.longest, own.longest), {**names, **own.names}, {**below.roles, **own.roles})
