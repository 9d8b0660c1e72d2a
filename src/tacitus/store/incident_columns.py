"""Rows of the store's tables as what rooms above know of incidents, and the other way round (columns in the query's order)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date
from typing import Any

from tacitus.corpus.features import Feature
from tacitus.corpus.mentions import COUNTRY, REGION, SETTLEMENT, EventMention, MentionId, Side, Spot
from tacitus.corpus.summary import Summary
from tacitus.store.incident_rows import ReportRow, Told
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


def told_of(
    row: Sequence[Any],
    sides: Mapping[tuple[MentionId, str], tuple[Side, ...]],
    story: str | None,
    words: tuple[int, ...],
) -> Told:
    id_ = MentionId(row[0], row[1])
    spot = spot_of(*row[17:23])
    dead, injured = (row[11], row[12]), (row[13], row[14])
    mention = EventMention(
        id=id_,
        type=row[2],
        mode=row[3],
        denies=row[6],
        actors=sides.get((id_, "actor"), ()),
        recipients=sides.get((id_, "recipient"), ()),
        spot=spot,
        day_from=row[8],
        day_to=row[9],
        day_basis=row[10],
        dead=_least(dead),
        injured=_least(injured),
        words=words,
        story=story,
        start=row[23],
        published=row[15],
    )
    return Told(mention, row[4], row[5], row[7], dead, injured, spot, row[16])


def packed(told: Told) -> str:
    """A mention as the column `facts` keeps it: less the ids of page and event, which stand beside it, and less what is not known."""
    mention = told.mention
    facts = {
        "type": mention.type,
        "mode": mention.mode,
        "quad": told.quad,
        "score": told.score,
        "denies": mention.denies or None,
        "claimed": told.claimed or None,
        "actors": [astuple(side) for side in mention.actors] or None,
        "recipients": [astuple(side) for side in mention.recipients] or None,
        "place": astuple(told.place) if told.place else None,
        "near": astuple(mention.spot) if mention.spot and not told.place else None,
        "from": mention.day_from and mention.day_from.isoformat(),
        "to": mention.day_to and mention.day_to.isoformat(),
        "basis": mention.day_basis,
        "dead": told.dead if told.dead != (None, None) else None,
        "injured": told.injured if told.injured != (None, None) else None,
        "words": mention.words or None,
        "story": mention.story,
        "start": mention.start,
        "published": mention.published and mention.published.isoformat(),
        "copy_of": told.copy_of,
    }
    return json.dumps({name: value for name, value in facts.items() if value is not None}, separators=(",", ":"))


def unpacked(id_: MentionId, text: str) -> Told:
    """What `packed` gave."""
    facts: dict[str, Any] = defaultdict(lambda: None, json.loads(text))
    place, near = (Spot(*facts[name]) if facts[name] else None for name in ("place", "near"))
    dead, injured = (tuple(facts[name] or (None, None)) for name in ("dead", "injured"))
    mention = EventMention(
        id=id_,
        type=facts["type"],
        mode=facts["mode"],
        denies=bool(facts["denies"]),
        actors=tuple(Side(*side) for side in facts["actors"] or ()),
        recipients=tuple(Side(*side) for side in facts["recipients"] or ()),
        spot=place or near,
        day_from=_day(facts["from"]),
        day_to=_day(facts["to"]),
        day_basis=facts["basis"],
        dead=_least(dead),
        injured=_least(injured),
        words=tuple(facts["words"] or ()),
        story=facts["story"],
        start=facts["start"],
        published=_day(facts["published"]),
    )
    return Told(mention, facts["quad"], facts["score"], bool(facts["claimed"]), dead, injured, place, facts["copy_of"])


def _least(bounds: tuple[int | None, int | None]) -> int | None:
    low, high = bounds
    return high if low is None else low


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


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
