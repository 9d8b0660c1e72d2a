"""What is open: the future, the possible, threats and promises that nothing in the pages has followed yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    for incident in actual:
        kind, quad = ("threat", 4) if incident.type == "THREATEN" else ("promise", 2)
        if (incident.type == "THREATEN" or incident.type in PROMISES) and not _has_outcome(incident, actual, quad):
            found.append(Question(kind=kind, incident=incident))
    order = list(KINDS)
    return sorted(found, key=lambda question: (order.index(question.kind), -question.incident.prominence))


def _has_outcome(incident: Incident, actual: Sequence[Incident], quad: int) -> bool:
    actors, recipients = set(sides(incident.events[0].actors)), set(sides(incident.events[0].recipients))
    return any(
        later.quad == quad
        and later.day is not None
        and incident.day is not None
        and later.day > incident.day
        and bool(actors & set(sides(later.events[0].actors)))
        and (
            not recipients
            or not later.events[0].recipients
            or bool(recipients & set(sides(later.events[0].recipients)))
        )
        for later in actual
    )
