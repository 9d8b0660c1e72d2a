"""What the tables of incidents give back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tacitus.corpus.features import Feature
from tacitus.corpus.mentions import MentionId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One happening. `status`: actual, or negated when nobody says that it happened; `own_voice`: a page states it itself.

    `reports` are event mentions, `documents` pages, `independent` pages that are no copies of one another. `created`, `changed`,
    `withdrawn` are numbers of runs; a withdrawn incident has no report any more, and `merged_into` says where they went.
    """

    incident: str
    type: str
    types: tuple[str, ...]
    mode: str | None
    quad: int | None
    score: float | None
    status: str
    own_voice: bool
    day_from: date | None
    day_to: date | None
    day_basis: str | None
    place: str | None
    geonameid: int | None
    country: str | None
    lat: float | None
    lon: float | None
    dead_low: int | None
    dead_high: int | None
    injured_low: int | None
    injured_high: int | None
    reports: int
    documents: int
    independent: int
    first_published: date | None
    last_published: date | None
    created: int
    changed: int
    withdrawn: int | None
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An event mention in an incident: what joined it to the report `to`, and how sure that is; the founder was joined to nothing.

    `hand`: a person put it there.
    """

    incident: str
    id: MentionId
    denies: bool = False
    score: float | None = None
    to: MentionId | None = None
    because: tuple[Feature, ...] = ()
    hand: bool = False
    run: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What happened to an incident in a run. `change`: new · changed · withdrawn."""

    run: int
    incident: str
    change: str
    detail: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two event mentions: they tell of the same incident, or they do not. `command` is what was typed."""

    command: str
    same: bool
    one: MentionId
    other: MentionId
