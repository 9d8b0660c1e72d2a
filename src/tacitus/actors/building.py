"""Make entries and their index from checked rows, be they of the package's tables or of a user's file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from tacitus.actors.index import Blocks, RoleSense
from tacitus.actors.naming import family_names, united_nations
from tacitus.actors.tables import Entity, Role, Term, cells, check_choice, check_country, check_sectors, entity_id, fold
from tacitus.errors import DataError

ORGANIZATION_KINDS = ("organization", "group")
ROLE_KINDS = ("person", "organization")
GENDERS = ("", "m", "f")
INNER = re.compile(r"(.+?)( (?:of|in|for|at) .+)")
SIBILANTS = ("s", "x", "z", "ch", "sh")

Row = Mapping[str, str]
Rows = Sequence[tuple[str, Row]]
"""Rows of one name, each with where it stands: the terms of one entry."""


class Builder:
    """Entries and the blocks that find them. `countries`: the code to put out for each known country."""

    def __init__(self, countries: Mapping[str, str]) -> None:
        self.countries = countries
        self.blocks = Blocks()
        self.entities: dict[str, Entity] = {}

    def add(self, entity: Entity, names: Iterable[str], form: str = "name") -> None:
        """Index names of an entry; the first entry of an id is kept."""
        entity = self.entities.setdefault(entity.id, entity)
        for name in names:
            self.blocks.add_name(name, entity, form)

    def add_organization(self, rows: Rows) -> None:
        """Add the organization that the rows tell of."""
        where, first = rows[0]
        self._add_grouped("organization", rows, kind=check_choice(first["kind"], ORGANIZATION_KINDS, where))

    def add_person(self, rows: Rows, *, given_names: Collection[str], common: Collection[str]) -> None:
        """Add the person that the rows tell of, and the surnames that are not `common`."""
        where, first = rows[0]
        gender = check_choice(first["gender"], GENDERS, where)
        person, names = self._add_grouped("person", rows, kind="person", gender=gender)
        family = family_names(names[0], country=first["country"], given=given_names)
        alone = [surname for surname in family if surname not in names and fold(surname) not in common]
        self.add(person, alone, "surname")

    def _add_grouped(self, type_: str, rows: Rows, *, kind: str, gender: str = "") -> tuple[Entity, list[str]]:
        where, first = rows[0]
        name = first["name"]
        terms = tuple(self.term(row, place) for place, row in rows)
        entity = Entity(id=entity_id(type_, name), type=type_, name=name, kind=kind, gender=gender, terms=terms)
        if entity.id in self.entities:
            raise DataError(f"{where}: {name!r} and {self.entities[entity.id].name!r} have the same id {entity.id!r}")
        names = list(dict.fromkeys([name, *(alias for _, row in rows for alias in cells(row["aliases"]))]))
        self.add(entity, [*names, *united_nations(names)])
        return entity, names

    def add_role(self, where: str, row: Row) -> None:
        """Add a role noun in both numbers."""
        role = Role(
            name=row["role"],
            kind=check_choice(row["kind"], ROLE_KINDS, where),
            gender=check_choice(row["gender"], GENDERS, where),
            country=check_country(row["country"], self.countries, where),
            sectors=check_sectors(row["sectors"], where),
            carrier=check_choice(row["carrier"], ("", "yes"), where) == "yes",
        )
        many = row["plural"] or plural(role.name)
        if many != role.name:
            self.blocks.add_role(role.name, RoleSense(role, False))
        self.blocks.add_role(many, RoleSense(role, True))

    def term(self, row: Row, where: str, *, country: str | None = None, sectors: tuple[str, ...] | None = None) -> Term:
        """The term of a row; `country` and `sectors` where the row itself does not say them."""
        return Term(
            country=check_country(country or row["country"], self.countries, where),
            sectors=check_sectors(row["sectors"], where) if sectors is None else sectors,
            office=row.get("office", ""),
            since=row.get("from", ""),
            until=row.get("to", ""),
        )


def grouped(rows: Iterable[tuple[str, Row]]) -> Iterable[Rows]:
    """The rows of each name together, names in the order of their first row."""
    groups: dict[str, list[tuple[str, Row]]] = {}
    for where, row in rows:
        groups.setdefault(row["name"], []).append((where, row))
    return groups.values()


def plural(noun: str) -> str:
    """The regular plural of a noun: of its last word, or of the word before "of", "in" or "for" ("secretaries of state")."""
    inner = INNER.match(noun)
    if inner:
        return plural(inner[1]) + inner[2]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(SIBILANTS) else "s")
