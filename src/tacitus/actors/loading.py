"""Read and check the tables of the knowledge base: what `compiled.py` writes down in its fast form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tacitus.actors import tables
from tacitus.actors.building import GENDERS, Builder, Row, grouped
from tacitus.actors.index import Facts, fold_words
from tacitus.actors.pairs import FEATURES
from tacitus.actors.tables import Entity, cells, check_choice, check_sectors, entity_id, fold, read_rows
from tacitus.errors import DataError
from tacitus.resources import load_toml


class Loader:
    """Reads the tables of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.given_names: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        self.builder = Builder(self._countries)

    def load(self) -> Facts:
        """Read all tables. Raises DataError naming file and line of the first wrong row."""
        self._load_countries()
        self._load_seats()
        self._load_cities()
        for rows in grouped(self._parts("organizations", tables.ORGANIZATION_COLUMNS)):
            self.builder.add_organization(rows)
        self._load_given_names()
        common = read_common_surnames(self.folder) | self.given_names.keys()
        for rows in grouped(self._parts("persons", tables.PERSON_COLUMNS)):
            self.builder.add_person(rows, given_names=self.given_names, common=common)
        for where, row in read_rows(self.folder / "roles.tsv", tables.ROLE_COLUMNS):
            self.builder.add_role(where, row)
        return Facts(
            blocks=self.builder.blocks,
            entities=self.builder.entities,
            given_names=self.given_names,
            pronoun_weights=self._read_weights(),
        )

    def _load_countries(self) -> None:
        rows = list(read_rows(self.folder / "countries.tsv", tables.COUNTRY_COLUMNS))
        for where, row in rows:
            if row["code"] in self._countries:
                raise DataError(f"{where}: {row['code']} has a row already")
            self._countries[row["code"]] = row["country"] or row["code"]
        for where, row in rows:
            self._load_country(row, where)

    def _load_country(self, row: Row, where: str) -> None:
        term = self.builder.term(row, where, country=row["code"], sectors=check_sectors(row["sector"], where))
        id_ = f"country/{row['code']}"
        state = Entity(id=id_, type="country", name=row["name"], kind="place-as-actor", terms=(term,))
        self.builder.add(state, (row["name"], *cells(row["aliases"])))
        self.builder.add(state, cells(row["adjectives"]), "adjective")
        self._add_people(state, cells(row["demonyms"]), where)
        capitals = cells(row["capitals"])
        if capitals:
            term = self.builder.term(row, where, country=row["code"], sectors=("GOV",))
            id_ = f"capital/{row['code']}"
            capital = Entity(id=id_, type="capital", name=capitals[0], kind="place-as-actor", terms=(term,))
            self.builder.add(capital, capitals, "capital")

    def _add_people(self, state: Entity, demonyms: Iterable[str], where: str) -> None:
        for pair in demonyms:
            one, _, many = pair.partition(":")
            if not one or not many:
                raise DataError(f"{where}: the demonym {pair!r} must be written singular:plural")
            self.builder.add(state, (one,), "person")
            self.builder.add(state, (many,), "people")

    def _load_seats(self) -> None:
        for where, row in read_rows(self.folder / "seats.tsv", tables.SEAT_COLUMNS):
            id_ = entity_id("seat", f"{row['country']} {row['name']}")
            term = self.builder.term(row, where)
            seat = Entity(id=id_, type="seat", name=row["name"], kind="organization", terms=(term,))
            self.builder.add(seat, (row["name"], *cells(row["aliases"])))

    def _load_cities(self) -> None:
        for where, row in read_rows(self.folder / "cities.tsv", tables.CITY_COLUMNS):
            id_ = entity_id("city", f"{row['country']} {row['name']}")
            term = self.builder.term(row, where, sectors=())
            city = Entity(id=id_, type="city", name=row["name"], kind="place-as-actor", terms=(term,))
            self.builder.add(city, (row["name"], *cells(row["aliases"])))

    def _parts(self, subject: str, columns: tuple[str, ...]) -> Iterator[tuple[str, Row]]:
        """The rows of a table and its further parts (`persons.tsv`, `persons-world.tsv`)."""
        for path in (self.folder / f"{subject}.tsv", *sorted(self.folder.glob(f"{subject}-*.tsv"))):
            yield from read_rows(path, columns)

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


def read_common_surnames(folder: Path) -> frozenset[str]:
    """Surnames that tell nothing by themselves, folded."""
    rows = read_rows(folder / "common_surnames.tsv", ("names",))
    return frozenset(fold(name) for _, row in rows for name in cells(row["names"]))
