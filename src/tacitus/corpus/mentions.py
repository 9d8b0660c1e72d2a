"""Event mentions, as seen from other pages: what a report says of a happening, and where to look for others of the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tacitus.corpus.features import Weights
from tacitus.corpus.words import hashed

UNDATED = (date(1, 1, 1), date(9999, 12, 31))
SETTLEMENT, REGION, COUNTRY = "settlement", "region", "country"


class MentionId(NamedTuple):
    """The document and the event in it."""

    document: str
    event: str


@dataclass(frozen=True, slots=True)
class Side:
    """A party of an event. `name` is None for those whom the text only points at ("they", "a man"): they match nobody by name."""

    name: str | None
    code: str | None
    country: str | None

    @property
    def side(self) -> str | None:
        """Whom the party counts with: its country, else its code, else itself."""
        return self.country or self.code or self.name


@dataclass(frozen=True, slots=True)
class Spot:
    """A place. `level`: settlement · region · country; without coordinates it was not resolved."""

    name: str
    geonameid: int | None
    level: str
    country: str | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One event as one page tells it. `day_basis`: text · published · None. `dead`, `injured`: the least number given.

    `words` are the terms of its sentence (hashed), `story` the story of its page, `denies` whether the page says that it did not happen.
    """

    id: MentionId
    type: str
    mode: str | None
    denies: bool
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    spot: Spot | None
    day_from: date | None
    day_to: date | None
    day_basis: str | None
    dead: int | None
    injured: int | None
    words: tuple[int, ...]
    story: str | None
    start: int
    published: date | None

    @property
    def parties(self) -> tuple[Side, ...]:
        return self.actors + self.recipients


class Key(NamedTuple):
    """A block: what two mentions of one happening have in common, and the days for which this one holds.

    `strength`: how much it counts that two share it. Two are compared when what they share adds up to ENOUGH.
    """

    key: int
    day_from: date
    day_to: date
    strength: int


ENOUGH = 2


def keys_of(mention: EventMention, *, weights: Weights) -> set[Key]:
    """The blocks of a mention: its families of types, each with a side, with its place, and with its story.

    The days are widened by the lag with which pages report, so that a page's own date meets the day that another page names. Without a day
    only the story is left: everything a state ever did would be too much.
    """
    day_from, day_to = _days(mention, timedelta(days=weights.events["reporting_lag_days"]))
    families = weights.families_of(mention.type)
    return {
        Key(hashed(f"{family}|{anchor}"), day_from, day_to, strength)
        for anchor, strength in _anchors(mention).items()
        for family in families
    }


def _anchors(mention: EventMention) -> dict[str, int]:
    """What a mention hangs on, with its strength: one of two sides alone is too little; the only side, a place or a story is enough."""
    anchors = {f"story|{mention.story}": ENOUGH} if mention.story is not None else {}
    if mention.day_from is None:
        return anchors
    sides = {party.side for party in mention.parties if party.side is not None}
    anchors |= {f"side|{side}": 1 if len(sides) > 1 else ENOUGH for side in sides}
    if mention.spot is not None and mention.spot.level == SETTLEMENT:
        anchors[f"place|{mention.spot.geonameid or mention.spot.name.lower()}"] = ENOUGH
    return anchors


def _days(mention: EventMention, lag: timedelta) -> tuple[date, date]:
    if mention.day_from is None or mention.day_to is None:
        return UNDATED
    try:
        return mention.day_from - lag, mention.day_to + lag
    except OverflowError:
        return UNDATED
