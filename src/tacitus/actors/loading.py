"""Read and check the tables of the knowledge base: what `compiled.py` writes down in its fast form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tacitus.actors import tables
from tacitus.actors.index import Blocks, Facts, RoleSense, fold_words
from tacitus.actors.naming import family_names, united_nations
from tacitus.actors.pairs import FEATURES
from tacitus.actors.tables import (
    Entity,
    Role,
    Term,
    cells,
    check_choice,
    check_country,
    check_sectors,
    entity_id,
    fold,
    read_rows,
)
from tacitus.errors import DataError
from tacitus.resources import load_toml

ORGANIZATION_KINDS = ("organization", "group")
GENDERS = ("", "m", "f")
INNER = re.compile(r"(.+?)( (?:of|in|for|at) .+)")
SIBILANTS = ("s", "x", "z", "ch", "sh")


class Loader:
    """Reads the tables of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.blocks = Blocks()
        self.entities: dict[str, Entity] = {}
        self.given_names: dict[str, str] = {}
        self._countries: dict[str, str] = {}

    def load(self) -> Facts:
        """Read all tables. Raises DataError naming file and line of the first wrong row."""
        self._load_countries()
        self._load_seats()
        self._load_cities()
        self._load_organizations()
        self._load_given_names()
        self._load_persons()
        self._load_roles()
        return Facts(
            blocks=self.blocks,
            entities=self.entities,
            given_names=self.given_names,
            pronoun_weights=self._read_weights(),
        )

    def _add(self, entity: Entity, names: Iterable[str], form: str = "name") -> None:
        entity = self.entities.setdefault(entity.id, entity)
        for name in names:
            self.blocks.add_name(name, entity, form)

    def _load_countries(self) -> None:
        rows = list(read_rows(self.folder / "countries.tsv", tables.COUNTRY_COLUMNS))
        for where, row in rows:
            if row["code"] in self._countries:
                raise DataError(f"{where}: {row['code']} has a row already")
            self._countries[row["code"]] = row["country"] or row["code"]
        for where, row in rows:
            term = self._term(row, where, country=row["code"], sectors=check_sectors(row["sector"], where))
            state = Entity(
                id=f"country/{row['code']}", type="country", name=row["name"], kind="place-as-actor", terms=(term,)
            )
            self._add(state, (row["name"], *cells(row["aliases"])))
            self._add(state, cells(row["adjectives"]), "adjective")
            self._add_people(state, cells(row["demonyms"]), where)
            self._add_capitals(row, where)

    def _add_people(self, state: Entity, demonyms: Iterable[str], where: str) -> None:
        for pair in demonyms:
            one, _, many = pair.partition(":")
            if not one or not many:
                raise DataError(f"{where}: the demonym {pair!r} must be written singular:plural")
            self._add(state, (one,), "person")
            self._add(state, (many,), "people")

    def _add_capitals(self, row: Mapping[str, str], where: str) -> None:
        capitals = cells(row["capitals"])
        if capitals:
            term = self._term(row, where, country=row["code"], sectors=("GOV",))
            name, id_ = capitals[0], f"capital/{row['code']}"
            self._add(
                Entity(id=id_, type="capital", name=name, kind="place-as-actor", terms=(term,)), capitals, "capital"
            )

    def _load_seats(self) -> None:
        for where, row in read_rows(self.folder / "seats.tsv", tables.SEAT_COLUMNS):
            id_ = entity_id("seat", f"{row['country']} {row['name']}")
            term = self._term(row, where)
            seat = Entity(id=id_, type="seat", name=row["name"], kind="organization", terms=(term,))
            self._add(seat, (row["name"], *cells(row["aliases"])))

    def _load_cities(self) -> None:
        for where, row in read_rows(self.folder / "cities.tsv", tables.CITY_COLUMNS):
            id_ = entity_id("city", f"{row['country']} {row['name']}")
            term = self._term(row, where, sectors=())
            city = Entity(id=id_, type="city", name=row["name"], kind="place-as-actor", terms=(term,))
            self._add(city, (row["name"], *cells(row["aliases"])))

    def _load_organizations(self) -> None:
        for rows in self._grouped("organizations", tables.ORGANIZATION_COLUMNS):
            where, first = rows[0]
            self._add_grouped("organization", rows, kind=check_choice(first["kind"], ORGANIZATION_KINDS, where))

    def _load_persons(self) -> None:
        common = self._common_surnames()
        for rows in self._grouped("persons", tables.PERSON_COLUMNS):
            where, first = rows[0]
            gender = check_choice(first["gender"], GENDERS, where)
            person, names = self._add_grouped("person", rows, kind="person", gender=gender)
            family = family_names(names[0], country=first["country"], given=self.given_names)
            alone = [surname for surname in family if surname not in names and fold(surname) not in common]
            self._add(person, alone, "surname")

    def _common_surnames(self) -> frozenset[str]:
        """Surnames that tell nothing by themselves: the listed ones, and those that are given names."""
        rows = read_rows(self.folder / "common_surnames.tsv", ("names",))
        return frozenset(fold(name) for _, row in rows for name in cells(row["names"])) | self.given_names.keys()

    def _grouped(self, subject: str, columns: tuple[str, ...]) -> Iterable[list[tuple[str, Mapping[str, str]]]]:
        """The rows of a table and its further parts (`persons.tsv`, `persons-world.tsv`), those of one name together: its terms."""
        groups: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
        for path in (self.folder / f"{subject}.tsv", *sorted(self.folder.glob(f"{subject}-*.tsv"))):
            for where, row in read_rows(path, columns):
                groups.setdefault(row["name"], []).append((where, row))
        return groups.values()

    def _add_grouped(
        self, type_: str, rows: list[tuple[str, Mapping[str, str]]], *, kind: str, gender: str = ""
    ) -> tuple[Entity, list[str]]:
        name = rows[0][1]["name"]
        terms = tuple(self._term(row, where) for where, row in rows)
        entity = Entity(id=entity_id(type_, name), type=type_, name=name, kind=kind, gender=gender, terms=terms)
        if entity.id in self.entities:
            raise DataError(
                f"{rows[0][0]}: {name!r} and {self.entities[entity.id].name!r} have the same id {entity.id!r}"
            )
        names = list(dict.fromkeys([name, *(alias for _, row in rows for alias in cells(row["aliases"]))]))
        self._add(entity, [*names, *united_nations(names)])
        return entity, names

    def _load_roles(self) -> None:
        for where, row in read_rows(self.folder / "roles.tsv", tables.ROLE_COLUMNS):
            role = Role(
                name=row["role"],
                kind=check_choice(row["kind"], ("person", "organization"), where),
                gender=check_choice(row["gender"], GENDERS, where),
                country=check_country(row["country"], self._countries, where),
                sectors=check_sectors(row["sectors"], where),
                carrier=check_choice(row["carrier"], ("", "yes"), where) == "yes",
            )
            many = row["plural"] or plural(role.name)
            if many != role.name:
                self.blocks.add_role(role.name, RoleSense(role, False))
            self.blocks.add_role(many, RoleSense(role, True))

    def _load_given_names(self) -> None:
        for where, row in read_rows(self.folder / "given_names.tsv", tables.GIVEN_COLUMNS):
            gender = check_choice(row["gender"], GENDERS[1:], where)
            for name in cells(row["names"]):
                self.given_names["".join(fold_words(name))] = gender

    def _read_weights(self) -> dict[str, float]:
        path = self.folder / "pronouns.toml"
        weights = load_toml(path)
        wrong = [name for name in FEATURES if not isinstance(weights.get(name), int | float)]
        if wrong or len(weights) > len(FEATURES):
            wrong = wrong or sorted(set(weights) - set(FEATURES))
            raise DataError(f"{path}: not a weight for each feature of pairs.py: {', '.join(wrong)}")
        return {name: float(weights[name]) for name in FEATURES}

    def _term(
        self, row: Mapping[str, str], where: str, *, country: str | None = None, sectors: tuple[str, ...] | None = None
    ) -> Term:
        return Term(
            country=check_country(country or row["country"], self._countries, where),
            sectors=check_sectors(row["sectors"], where) if sectors is None else sectors,
            office=row.get("office", ""),
            since=row.get("from", ""),
            until=row.get("to", ""),
        )


def plural(noun: str) -> str:
    """The regular plural of a noun: of its last word, or of the word before "of", "in" or "for" ("secretaries of state")."""
    inner = INNER.match(noun)
    if inner:
        return plural(inner[1]) + inner[2]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(SIBILANTS) else "s")
