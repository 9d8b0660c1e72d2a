"""An incident's facts from its reports: what most of them say, and the range where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tacitus.corpus.mentions import MentionId, Spot
from tacitus.text import stable_hash

Value = TypeVar("Value", bound=Hashable)
Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one event mention adds to its incident. `origin`: the page that the reporting page is a copy of, itself when it is none."""

    id: MentionId
    type: str
    mode: str | None
    quad: int | None
    score: float | None
    denies: bool
    claimed: bool
    day_from: date | None
    day_to: date | None
    day_basis: str | None
    spot: Spot | None
    dead: Bounds
    injured: Bounds
    published: date | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An incident. `status`: actual, or negated when no report says that it happened; `own_voice`: a page states it itself.

    `reports` counts event mentions, `documents` pages, `independent` pages that are no copies of one another.
    """

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
    spot: Spot | None
    dead: Bounds
    injured: Bounds
    reports: int
    documents: int
    independent: int
    first_published: date | None
    last_published: date | None


def incident_id(founder: MentionId, type_: str) -> str:
    """The id of an incident from the report that founds it: the same wherever the same page comes first."""
    return f"i{stable_hash(founder.document, founder.event, type_)[:12]}"


def story_id(founder: str) -> str:
    """The id of a story from the page that founds it."""
    return f"s{stable_hash(founder)[:12]}"


def summarise(reports: Sequence[Report]) -> Summary:
    """The facts of an incident. Each page has one voice in what is decided by number; equal numbers go to what was told first."""
    telling = [report for report in reports if not report.denies] or list(reports)
    type_ = _usual((report.type, report.id.document) for report in telling)
    typed = [report for report in telling if report.type == type_]
    scores = [report.score for report in typed if report.score is not None]
    day_from, day_to, day_basis = _day(telling)
    days = [report.published for report in reports if report.published is not None]
    return Summary(
        type=type_ or telling[0].type,
        types=tuple(sorted({report.type for report in telling})),
        mode=_usual((report.mode, report.id.document) for report in typed if report.mode is not None),
        quad=_usual((report.quad, report.id.document) for report in typed if report.quad is not None),
        score=sum(scores) / len(scores) if scores else None,
        status="negated" if all(report.denies for report in reports) else "actual",
        own_voice=any(not report.claimed and not report.denies for report in reports),
        day_from=day_from,
        day_to=day_to,
        day_basis=day_basis,
        spot=_spot(telling),
        dead=widest(report.dead for report in telling),
        injured=widest(report.injured for report in telling),
        reports=len(reports),
        documents=len({report.id.document for report in reports}),
        independent=len({report.origin for report in reports}),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
    )


def widest(figures: Iterable[Bounds]) -> Bounds:
    """The lowest and the highest figure of all reports; (None, None) when no report gives one."""
    given = [figure for figure in figures if figure != (None, None)]
    lows = [low for low, _ in given if low is not None]
    highs = [high for _, high in given if high is not None]
    open_ended = any(high is None for _, high in given)
    return (min(lows) if lows else None, None if open_ended or not highs else max(highs))


def _day(reports: Sequence[Report]) -> tuple[date | None, date | None, str | None]:
    """The day most pages name; where no page names one, that of the page which reported first."""
    named = [report for report in reports if report.day_basis == "text" and report.day_from is not None]
    if named:
        first, last = _usual(((report.day_from, report.day_to), report.id.document) for report in named) or (None, None)
        return first, last, "text"
    dated = [report for report in reports if report.day_from is not None]
    first_told = min(dated, key=lambda report: report.day_from or date.max, default=None)
    return (first_told.day_from, first_told.day_to, first_told.day_basis) if first_told else (None, None, None)


def _spot(reports: Sequence[Report]) -> Spot | None:
    """The place most pages name, settlements before regions and countries."""
    for level in ("settlement", "region", "country"):
        spots = [(report.spot, report.id.document) for report in reports if report.spot and report.spot.level == level]
        if spots:
            return _usual(spots)
    return None


def _usual(values: Iterable[tuple[Value, str]]) -> Value | None:
    """The value that most pages have; each (value, page) pair counts once."""
    counts = Counter(value for value, _ in dict.fromkeys(values))
    return counts.most_common(1)[0][0] if counts else None
