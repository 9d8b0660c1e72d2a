"""What the tables of incidents give back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tacitus.corpus.features import Feature
from tacitus.corpus.mentions import EventMention, MentionId, Spot
from tacitus.corpus.summary import Bounds, Report


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
class Told:
    """An event mention with what else its incident takes from it. `place`: where the event itself is placed, while the mention, to be
    compared, may have the only settlement of its sentence. `copy_of`: the page that the coder's input called the original of this one."""

    mention: EventMention
    quad: int | None
    score: float | None
    claimed: bool
    dead: Bounds
    injured: Bounds
    place: Spot | None
    copy_of: str | None

    @property
    def order(self) -> tuple[date, str, int, str]:
        """By date of the page, undated ones last, and place in the text."""
        id_ = self.mention.id
        return self.mention.published or date.max, id_.document, self.mention.start, id_.event

    def report(self, origin: str | None) -> Report:
        """What the incident is summed up from; `origin` is the page that this one was found to be a copy of."""
        mention = self.mention
        return Report(
            id=mention.id,
            type=mention.type,
            mode=mention.mode,
            quad=self.quad,
            score=self.score,
            denies=mention.denies,
            claimed=self.claimed,
            day_from=mention.day_from,
            day_to=mention.day_to,
            day_basis=mention.day_basis,
            spot=self.place,
            dead=self.dead,
            injured=self.injured,
            published=mention.published,
            origin=origin or self.copy_of or mention.id.document,
        )


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


TAKEN_OUT = "taken out"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What happened to an incident in a run. `change`: new · changed · withdrawn, why in `detail`; or TAKEN_OUT: a report of it is one no
    more by a person's verdict, whose id is the `detail`."""

    run: int
    incident: str
    change: str
    detail: str

    @property
    def words(self) -> str:
        """What happened, for people."""
        if self.change == TAKEN_OUT:
            return f"a report was taken out (review {self.detail[:8]})"
        return f"{self.change} ({self.detail})" if self.detail else self.change


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two event mentions: they tell of the same incident, or they do not. `command` is what was typed."""

    command: str
    same: bool
    one: MentionId
    other: MentionId
