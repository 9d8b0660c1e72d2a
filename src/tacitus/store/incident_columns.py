"""Rows of the store's tables as what rooms above know of incidents, and the other way round (columns in the query's order)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tacitus.corpus.features import Feature
from tacitus.corpus.mentions import COUNTRY, REGION, SETTLEMENT, EventMention, MentionId, Side, Spot
from tacitus.corpus.summary import Report, Summary
from tacitus.corpus.words import hashed, read_words
from tacitus.store.incident_rows import ReportRow
from tacitus.store.stories import features


def side_of(
    name: str, kind: str, code: str | None, country: str | None, sectors: list[str] | None, reference: str | None
) -> Side:
    """A code counts as one only with a sector: a bare country is its side."""
    is_name = kind != "unknown" and name[:1].isupper()
    return Side(reference or (name.lower() if is_name else None), code if sectors else None, country)


def spot_of(
    name: str | None,
    geonameid: int | None,
    feature: str | None,
    country: str | None,
    lat: float | None,
    lon: float | None,
) -> Spot | None:
    if name is None:
        return None
    kind, _, code = (feature or "P.").partition(".")
    level = SETTLEMENT if kind in ("P", "S") else COUNTRY if code.startswith("PCL") else REGION
    return Spot(name, geonameid, level, country, lat, lon)


def mention_of(
    row: Sequence[Any], sides: Mapping[tuple[MentionId, str], tuple[Side, ...]], story: str | None
) -> EventMention:
    id_ = MentionId(row[0], row[1])
    return EventMention(
        id=id_,
        type=row[2],
        mode=row[3],
        denies=row[6],
        actors=sides[id_, "actor"],
        recipients=sides[id_, "recipient"],
        spot=spot_of(*row[17:23]),
        day_from=row[8],
        day_to=row[9],
        day_basis=row[10],
        dead=row[11] if row[11] is not None else row[12],
        injured=row[13] if row[13] is not None else row[14],
        words=tuple(hashed(word.term) for word in read_words(row[24] or "")),
        story=story,
        start=row[23],
        published=row[15],
    )


def report_of(row: Sequence[Any]) -> Report:
    return Report(
        id=MentionId(row[0], row[1]),
        type=row[2],
        mode=row[3],
        quad=row[4],
        score=row[5],
        denies=row[6],
        claimed=row[7],
        day_from=row[8],
        day_to=row[9],
        day_basis=row[10],
        spot=spot_of(*row[17:23]),
        dead=(row[11], row[12]),
        injured=(row[13], row[14]),
        published=row[15],
        origin=row[16],
    )


def columns_of(summary: Summary) -> tuple[Any, ...]:
    spot = summary.spot
    place = (spot.name, spot.geonameid, spot.country, spot.lat, spot.lon) if spot else (None,) * 5
    return (
        summary.type,
        " ".join(summary.types),
        summary.mode,
        summary.quad,
        summary.score,
        summary.status,
        summary.own_voice,
        summary.day_from,
        summary.day_to,
        summary.day_basis,
        *place,
        *summary.dead,
        *summary.injured,
        summary.reports,
        summary.documents,
        summary.independent,
        summary.first_published,
        summary.last_published,
    )


def report_row_of(row: Sequence[Any]) -> ReportRow:
    incident, document, event, denies, score, to_document, to_event, because, hand, run = row
    to = MentionId(to_document, to_event) if to_document is not None else None
    why: tuple[Feature, ...] = features(because)
    return ReportRow(
        incident, MentionId(document, event), denies=denies, score=score, to=to, because=why, hand=hand, run=run
    )
