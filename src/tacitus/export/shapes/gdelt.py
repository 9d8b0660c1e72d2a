"""The shape of GDELT 2.0: an Events row for each incident and a Mentions row for each report of it. Tab-separated, no header.

Countries of actors and roles are CAMEO's, countries of places FIPS 10-4. Tone and the places of actors are not known to us.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tacitus.export.shapes.codes import countries, country, sectors
from tacitus.export.shapes.common import (
    COUNTRY,
    REGION,
    coded,
    compact,
    degrees,
    first,
    get,
    joined,
    level,
    number_of,
    place_country,
)
from tacitus.export.shapes.table import Column, Shape, Table, columns
from tacitus.store import PartyRow
from tacitus.store.units import UnitRow

GROUPS = {"UNO": "UNO", "EUR": "EEC"}  # bodies that GDELT knows as groups
INTERNATIONAL = ("IGO", "NGO", "MNC", "IMG")  # PLOVER's countries that are roles in CAMEO
DAYTIME = "%Y%m%d%H%M%S"
ROOT_SENTENCES = 2  # the lead, which may begin with a sentence of its own
LAST_ROOT_OF_QUAD = ((5, 1), (8, 2), (13, 3), (20, 4))


@dataclass(frozen=True, slots=True)
class _Role:
    """A party in CAMEO's terms."""

    code: str | None = None
    name: str | None = None
    country: str | None = None
    group: str | None = None
    types: tuple[str, ...] = ()

    def type(self, number: int) -> str | None:
        return self.types[number - 1] if number <= len(self.types) else None


def _role(party: PartyRow | None) -> _Role:
    if party is None:
        return _Role()
    nation = party.country if party.country in countries() else None
    group = GROUPS.get(party.country or "")
    body = "IGO" if group else party.country if party.country in INTERNATIONAL else None
    roles = [sectors()[sector].cameo for sector in party.sectors if sector in sectors()]
    types = tuple(dict.fromkeys(role for role in (body, *roles) if role))[:3]
    code = "".join((nation or group or "", *(types if nation else types[1:] if group else types)))
    return _Role(code or None, party.name.upper(), nation, group, types)


def _party(prefix: str, side: str) -> tuple[Column, ...]:
    def fill(take: Callable[[_Role], Any]) -> Callable[[UnitRow], Any]:
        return lambda row: take(_role(first(row, side)))

    return columns(
        (f"{prefix}Code", fill(get("code"))),
        (f"{prefix}Name", fill(get("name"))),
        (f"{prefix}CountryCode", fill(get("country"))),
        (f"{prefix}KnownGroupCode", fill(get("group"))),
        f"{prefix}EthnicCode",
        f"{prefix}Religion1Code",
        f"{prefix}Religion2Code",
        *((f"{prefix}Type{n}Code", fill(partial(_nth_type, n=n))) for n in (1, 2, 3)),
    )


def _nth_type(role: _Role, *, n: int) -> str | None:
    return role.type(n)


GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _geo_type(row: UnitRow) -> int | None:
    found = level(row)
    if found is None:
        return None
    if found == COUNTRY:
        return 1
    if row.place_country == "USA":
        return 2 if found == REGION else 3
    return 5 if found == REGION else 4


def _full_name(row: UnitRow) -> str | None:
    return joined((row.place, row.admin1, place_country(row)), ", ")


def _fips(row: UnitRow) -> str | None:
    return country(row.place_country).fips or None


def _feature_id(row: UnitRow) -> str | None:
    """GDELT numbers places by GNS and GNIS, which GeoNames does not tell; a country's is its code."""
    return _fips(row) if level(row) == COUNTRY else None


def _fraction(row: UnitRow) -> float | None:
    day = row.day_from
    return round(day.year + (day.month * 30 + day.day) / 365, 4) if day else None


def _quad(row: UnitRow) -> int | None:
    """By the CAMEO root, as there."""
    if not row.cameo:
        return None
    return next((quad for last, quad in LAST_ROOT_OF_QUAD if int(row.cameo[:2]) <= last), None)


def _actor_offset(side: str) -> Callable[[UnitRow], int]:
    def fill(row: UnitRow) -> int:
        party = first(row, side)
        return next((start for found, start in (*row.recipients, *row.actors) if found is party), -1)

    return fill


EVENT_ID = ("GLOBALEVENTID", "integer", lambda row: number_of(row.incident))
EVENTS = Table(
    stem="gdelt-shaped",
    ending=".export.CSV",
    delimiter="\t",
    header=False,
    quoted=False,
    by_incident=True,
    columns=(
        *columns(
            EVENT_ID,
            ("SQLDATE", lambda row: compact(row.day_from)),
            ("MonthYear", lambda row: (compact(row.day_from) or "")[:6]),
            ("Year", lambda row: (compact(row.day_from) or "")[:4]),
            ("FractionDate", "number", _fraction),
        ),
        *_party("Actor1", "actors"),
        *_party("Actor2", "recipients"),
        *columns(
            ("IsRootEvent", "integer", lambda row: int(row.sentence < ROOT_SENTENCES)),
            ("EventCode", get("cameo")),
            ("EventBaseCode", lambda row: (row.cameo or "")[:3]),
            ("EventRootCode", lambda row: (row.cameo or "")[:2]),
            ("QuadClass", "integer", _quad),
            ("GoldsteinScale", "number", get("goldstein")),
            ("NumMentions", "integer", get("reports")),
            ("NumSources", "integer", lambda row: row.publishers or None),
            ("NumArticles", "integer", get("pages")),
            "AvgTone",
            *(f"Actor1Geo_{name}" for name in GEO),
            *(f"Actor2Geo_{name}" for name in GEO),
            ("ActionGeo_Type", "integer", _geo_type),
            ("ActionGeo_FullName", _full_name),
            ("ActionGeo_CountryCode", _fips),
            "ActionGeo_ADM1Code",
            "ActionGeo_ADM2Code",
            ("ActionGeo_Lat", "number", lambda row: degrees(row.lat)),
            ("ActionGeo_Long", "number", lambda row: degrees(row.lon)),
            ("ActionGeo_FeatureID", _feature_id),
            ("DATEADDED", lambda row: coded(row, DAYTIME)),
            ("SOURCEURL", get("url")),
        ),
    ),
)
MENTIONS = Table(
    stem="gdelt-shaped",
    ending=".mentions.CSV",
    delimiter="\t",
    header=False,
    quoted=False,
    columns=columns(
        EVENT_ID,
        ("EventTimeDate", lambda row: _midnight(compact(row.day_from))),
        ("MentionTimeDate", lambda row: _midnight(compact(row.published))),
        ("MentionType", "integer", lambda row: 1 if row.url else None),
        ("MentionSourceName", get("publisher")),
        ("MentionIdentifier", lambda row: row.url or row.document),
        ("SentenceID", "integer", lambda row: row.sentence + 1),
        ("Actor1CharOffset", "integer", _actor_offset("actors")),
        ("Actor2CharOffset", "integer", _actor_offset("recipients")),
        ("ActionCharOffset", "integer", get("trigger_start")),
        ("InRawText", "integer", lambda row: 1),
        (
            "Confidence",
            "integer",
            lambda row: None if row.confidence is None else max(10, round(row.confidence * 10) * 10),
        ),
        ("MentionDocLen", "integer", get("length")),
        "MentionDocTone",
        "MentionDocTranslationInfo",
        "Extras",
    ),
)
GDELT = Shape(name="gdelt", tables=(EVENTS, MENTIONS))


def _midnight(day: str | None) -> str | None:
    return f"{day}000000" if day else None
