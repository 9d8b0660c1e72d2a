"""What other data sets call countries, sectors and kinds of events: the tables of `data/export`, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

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


@cache
def countries() -> Mapping[str, Country]:
    """All countries by alpha-3 code."""
    rows = load_tsv(data_path("export", "countries.tsv"), ("iso3", "name", "numeric", "fips", "cow", "gw"))
    return {row["iso3"]: Country(*list(row.values())[:6]) for row in rows}


def country(code: str | None) -> Country:
    """The country, or one without any code when there is none of that code."""
    return countries().get(code or "", Country())


@cache
def sectors() -> Mapping[str, Sector]:
    """All PLOVER sectors."""
    rows = load_tsv(data_path("export", "sectors.tsv"), ("sector", "cameo", "icews", "acled", "side"))
    return {row["sector"]: Sector(*list(row.values())[:5]) for row in rows}


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
    names = ("type", "mode", "against", "disorder_type", "event_type", "sub_event_type")
    rows = load_tsv(data_path("export", "acled.tsv"), names)
    return {(row["type"], row["mode"], row["against"]): Disorder(*list(row.values())[3:6]) for row in rows}


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
