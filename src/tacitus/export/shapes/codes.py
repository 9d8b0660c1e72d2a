"""What other data sets call countries, sectors and kinds of events: the tables of `data/export`, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar

from tacitus.ontology import Ontology, load_ontology
from tacitus.resources import data_path, load_tsv
from tacitus.store import PartyRow


@dataclass(frozen=True, slots=True)
class Country:
    """A country by ISO 3166-1 alpha-3; the other codes are empty where it has none."""

    iso3: str = ""
    name: str = ""
    numeric: str = ""
    fips: str = ""
    cow: str = ""
    gw: str = ""


@dataclass(frozen=True, slots=True)
class Sector:
    """A PLOVER sector in the words of others."""

    sector: str = ""
    cameo: str = ""
    icews: str = ""
    acled: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Disorder:
    """What ACLED calls an event."""

    disorder_type: str
    event_type: str
    sub_event_type: str


Row = TypeVar("Row", Country, Sector, Disorder)


def _read(row: type[Row], file: str, *keys: str) -> Iterator[tuple[Mapping[str, str], Row]]:
    """The lines of a table of `data/export`, each with what it says: the columns beside the keys are named as the fields of `row`."""
    names: list[str] = [field.name for field in fields(row)]
    for line in load_tsv(data_path("export", file), (*keys, *names)):
        yield line, row(**{name: line[name] for name in names})


@cache
def countries() -> Mapping[str, Country]:
    """All countries by alpha-3 code."""
    return {known.iso3: known for _, known in _read(Country, "countries.tsv")}


def country(code: str | None) -> Country:
    """The country, or one without any code when there is none of that code."""
    return countries().get(code or "", Country())


@cache
def sectors() -> Mapping[str, Sector]:
    """All PLOVER sectors."""
    return {known.sector: known for _, known in _read(Sector, "sectors.tsv")}


def sector(party: PartyRow | None) -> Sector:
    """The primary sector of a party. A country without a sector acts through its government."""
    if party is None:
        return Sector()
    if not party.sectors:
        return sectors()["GOV"] if party.country in countries() else Sector()
    return sectors().get(party.sectors[0], Sector())


@cache
def disorders() -> Mapping[tuple[str, str, str], Disorder]:
    """(type, mode or "", civilians · others · "") to what ACLED calls it."""
    rows = _read(Disorder, "acled.tsv", "type", "mode", "against")
    return {(line["type"], line["mode"], line["against"]): known for line, known in rows}


def disorder(type_: str, mode: str | None, *, against_civilians: bool) -> Disorder | None:
    """What ACLED calls an event of this type and mode; None for what has no place there."""
    against = "civilians" if against_civilians else "others"
    known = disorders()
    wanted = ((type_, mode or "", against), (type_, mode or "", ""), (type_, "", against), (type_, "", ""))
    return next((known[key] for key in wanted if key in known), None)


@cache
def ontology() -> Ontology:
    """PLOVER with the labels of CAMEO."""
    return load_ontology()


def are_civilians(parties: Iterable[PartyRow]) -> bool:
    """Whether all of them are, and there is one."""
    sides = {sector(party).side for party in parties}
    return sides == {"civilian"}
