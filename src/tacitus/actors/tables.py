"""The actor tables: countries, seats of power, organizations, persons, role nouns. Read and checked row by row.

Every row is a fact somebody can check; `data/actors/SOURCES.md` says where the facts come from. A wrong row raises DataError with
file and line. Dates are ISO strings, compared as strings: a bare year stands for the whole year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tacitus.errors import DataError
from tacitus.ontology import INTERNATIONAL, SECTORS
from tacitus.resources import load_tsv

COUNTRY_COLUMNS = ("code", "name", "aliases", "adjectives", "demonyms", "capitals", "country", "sector", "from", "to")
SEAT_COLUMNS = ("name", "aliases", "country", "sectors", "from", "to")
ORGANIZATION_COLUMNS = ("name", "aliases", "kind", "country", "sectors", "from", "to")
PERSON_COLUMNS = ("name", "aliases", "gender", "country", "sectors", "office", "from", "to")
ROLE_COLUMNS = ("role", "plural", "kind", "gender", "country", "sectors", "carrier")
CITY_COLUMNS = ("name", "country", "aliases")
GIVEN_COLUMNS = ("gender", "names")

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
NOT_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What an entity was in a stretch of time: the coding to use, and the office where there is one. Open ends are empty."""

    country: str | None
    sectors: tuple[str, ...]
    office: str = ""
    since: str = ""
    until: str = ""

    def covers(self, day: str) -> bool:
        """Whether the ISO date `day` lies inside; a bare year or month at either end counts whole."""
        return self.since <= day and (not self.until or day <= self.until + "-99")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An entry of the knowledge base. `type`: country · capital · seat · city · organization · person; `kind` as in the output."""

    id: str
    type: str
    name: str
    kind: str
    gender: str = ""
    terms: tuple[Term, ...]

    def in_force(self, day: str | None) -> tuple[Term, ...]:
        """The terms that cover `day`; without a day, those that have not ended, else the last."""
        if day is not None:
            return tuple(term for term in self.terms if term.covers(day))
        open_ended = tuple(term for term in self.terms if not term.until)
        return open_ended or (max(self.terms, key=lambda term: (term.until, term.since)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role noun. `carrier`: it takes the sectors of the words beside it in place of its own."""

    name: str
    kind: str
    gender: str
    country: str | None
    sectors: tuple[str, ...]
    carrier: bool


def entity_id(type_: str, name: str) -> str:
    """The reference of an entry: its type and its name in plain letters, "person/fidel-castro"."""
    return f"{type_}/{NOT_A_NAME.sub('-', fold(name)).strip('-')}"


def fold(text: str) -> str:
    """Lower case without accents: the form in which names are compared."""
    if text.isascii():
        return text.lower()
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.lower().replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")


def cells(value: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(part.strip() for part in value.split(";") if part.strip())


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows of a table, each with "file:line" for its errors; dates are checked here."""
    for row in load_tsv(path, columns):
        where = f"{path}:{row['']}"
        if not row[columns[0]]:
            raise DataError(f"{where}: the first cell, {columns[0]!r}, is empty")
        check_dates(row, where)
        yield where, row


def check_dates(row: Mapping[str, str], where: str) -> None:
    """Raise DataError when a term's ends are no dates, or the wrong way round."""
    for column in ("from", "to"):
        if row.get(column) and not DATE.fullmatch(row[column]):
            raise DataError(f"{where}: {row[column]!r} is no date; write 1962, 1962-10 or 1962-10-22")
    if row.get("from") and row.get("to") and row["from"] > row["to"] + "-99":
        raise DataError(f"{where}: the term ends ({row['to']}) before it begins ({row['from']})")


def check_sectors(value: str, where: str) -> tuple[str, ...]:
    """The sectors of a cell. Raises DataError for a code PLOVER does not have."""
    sectors = cells(value)
    for sector in sectors:
        if sector not in SECTORS:
            raise DataError(f"{where}: unknown sector {sector!r}; PLOVER has {' '.join(SECTORS)}")
    return sectors


def check_country(code: str, countries: Mapping[str, str], where: str) -> str | None:
    """The code to put out for a cell that names a country or an international body; None for an empty cell."""
    if not code or code in INTERNATIONAL:
        return code or None
    if code not in countries:
        raise DataError(f"{where}: unknown country {code!r}; it is not in countries.tsv")
    return countries[code]


def check_choice(value: str, choices: Iterable[str], where: str) -> str:
    """The value, when it is one of `choices`. Raises DataError otherwise."""
    if value not in choices:
        raise DataError(f"{where}: {value!r} is not one of {', '.join(repr(choice) for choice in choices)}")
    return value
