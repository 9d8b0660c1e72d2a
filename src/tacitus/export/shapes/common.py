"""Values that several shapes share, each computed from a unit of the store; None where it is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from tacitus.export.shapes.codes import country
from tacitus.store import PartyRow
from tacitus.store.units import UnitRow
from tacitus.text import one_line, stable_hash

COUNTRY, REGION, DISTRICT, SETTLEMENT, OTHER = "country", "region", "district", "settlement", "other"


def get(name: str) -> Callable[[Any], Any]:
    """The field of that name."""
    return lambda row: getattr(row, name)


def number_of(text: str) -> int:
    """A positive 63-bit number that stands for an id, the same on every machine."""
    return int(stable_hash(text), 16) >> 1


def iso(day: date | None) -> str | None:
    """YYYY-MM-DD."""
    return day.isoformat() if day else None


def compact(day: date | None) -> str | None:
    """YYYYMMDD."""
    return day.strftime("%Y%m%d") if day else None


def coded(row: UnitRow, form: str) -> str | None:
    """When the page was read, in the given form of `strftime`."""
    return row.coded.strftime(form) if row.coded else None


def coded_seconds(row: UnitRow) -> int | None:
    """When the page was read, in Unix seconds."""
    return int(_utc(row.coded).timestamp()) if row.coded else None


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def parties(row: UnitRow, side: str) -> list[PartyRow]:
    """The parties of a side, `actors` or `recipients`, in their order."""
    return [party for party, _ in getattr(row, side)]


def first(row: UnitRow, side: str) -> PartyRow | None:
    """The first party of a side. Of a reciprocal event, which has no recipients, the second party stands on the other side."""
    found = parties(row, side)
    if not found and side == "recipients":
        return next(iter(parties(row, "actors")[1:]), None)
    return found[0] if found else None


def names(row: UnitRow, side: str) -> list[str]:
    """The names of a side."""
    return [one_line(party.name) for party in parties(row, side)]


def codes(row: UnitRow, side: str) -> list[str]:
    """The codes of a side, empty where one has none, so that they stand beside the names."""
    return [party.code or "" for party in parties(row, side)]


def joined(values: Iterable[str | None], by: str = ";") -> str | None:
    """The values that there are, each once and in order, as one text; None when there are none."""
    return by.join(dict.fromkeys(value for value in values if value)) or None


def aligned(values: Iterable[str | None], by: str = ";") -> str | None:
    """One place for each value, empty where it is not known; None when none is."""
    found = [value or "" for value in values]
    return by.join(found) if any(found) else None


def level(row: UnitRow) -> str | None:
    """How exact the place is: country, region, district, settlement, other; None without a place."""
    if row.place is None:
        return None
    feature = (row.feature or "").rpartition(".")[2]
    if feature.startswith("PCL"):
        return COUNTRY
    if feature.startswith("ADM1"):
        return REGION
    if feature.startswith("ADM"):
        return DISTRICT
    return SETTLEMENT if feature.startswith("PPL") else OTHER


def place_country(row: UnitRow) -> str | None:
    """The English name of the country where it took place."""
    return country(row.place_country).name or None


def degrees(value: float | None) -> float | None:
    """Six decimals, a tenth of a metre."""
    return None if value is None else round(value, 6)


def told(row: UnitRow) -> str:
    """The evidence: the sentence, with who says so where the page does not say it itself."""
    words = one_line(row.sentence_text)
    return words if row.claim is None else f"{row.speaker or 'somebody, the page does not say who'}: {words}"


def deaths(row: UnitRow) -> int | None:
    """The fewest dead that are told, else the most, where only that is ("up to 20")."""
    return row.dead_low if row.dead_low is not None else row.dead_high
