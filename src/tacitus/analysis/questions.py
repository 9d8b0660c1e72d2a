"""What is open: the future, the possible, threats and promises that nothing in the pages has followed yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tacitus.analysis.incidents import Incident
from tacitus.analysis.parties import sides

KINDS = {
    "future": "Announced",
    "hypothetical": "Possible",
    "threat": "Threats without an outcome in these pages",
    "promise": "Promises without an outcome in these pages",
    "negated": "Denied, or said not to have happened",
}
PROMISES = ("AGREE", "CONCEDE")
ANYBODY = ""  # no side is called so


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something open. `kind` is a key of KINDS."""

    kind: str
    incident: Incident


def questions(open_events: Iterable[Incident], actual: Sequence[Incident]) -> list[Question]:
    """Folded events that are future, hypothetical or negated, and actual threats and promises without a later act of the same side.

    A threat has an outcome when the side that made it later does material harm to one of those it threatened; a promise, when it later
    cooperates materially. Undated ones cannot be compared and stay open.
    """
    found = [Question(kind=incident.events[0].status, incident=incident) for incident in open_events]
    latest = _latest_acts(actual)
    for incident in actual:
        kind, quad = ("threat", 4) if incident.type == "THREATEN" else ("promise", 2)
        if (incident.type == "THREATEN" or incident.type in PROMISES) and not _has_outcome(incident, latest, quad):
            found.append(Question(kind=kind, incident=incident))
    order = list(KINDS)
    return sorted(found, key=lambda question: (order.index(question.kind), -question.incident.prominence))


def _latest_acts(actual: Iterable[Incident]) -> dict[tuple[int | None, str, str | None], date]:
    """The last day on which a side acted so (a quad) on another; under None on nobody who is named, under ANYBODY on whomever."""
    latest: dict[tuple[int | None, str, str | None], date] = {}
    for incident in actual:
        if incident.day is None:
            continue
        first = incident.events[0]
        for actor in sides(first.actors):
            for recipient in (*(sides(first.recipients) or (None,)), ANYBODY):
                key = incident.quad, actor, recipient
                latest[key] = max(latest.get(key, incident.day), incident.day)
    return latest


def _has_outcome(incident: Incident, latest: Mapping[tuple[int | None, str, str | None], date], quad: int) -> bool:
    if incident.day is None:
        return False
    actors, recipients = sides(incident.events[0].actors), sides(incident.events[0].recipients)
    return any(
        latest.get((quad, actor, recipient), incident.day) > incident.day
        for actor in actors
        for recipient in ((*recipients, None) if recipients else (ANYBODY,))
    )
