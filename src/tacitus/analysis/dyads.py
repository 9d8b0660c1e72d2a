"""Who is for and against whom: directed pairs of sides, with counts, mean PLOVER score and quads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from tacitus.analysis.incidents import Incident
from tacitus.analysis.parties import sides

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """What `actor` did to `recipient` (names of sides). `quads` counts incidents by quad 1 to 4; `score` is their mean, -10 to +10.

    `gravest` is the incident with the score farthest from 0, the one to read first.
    """

    actor: str
    recipient: str
    count: int
    score: float
    quads: tuple[int, int, int, int]
    gravest: Incident


def dyads(incidents: Iterable[Incident], *, names: Mapping[str, str]) -> list[Dyad]:
    """All pairs of different sides, the most frequent first. A reciprocal incident counts in both directions.

    What stays inside one side (a government and its own parliament) is no dyad; incidents without a score are left out.
    """
    pairs: dict[tuple[str, str], list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.score is not None:
            for pair in pairs_of(incident):
                pairs[pair].append(incident)
    found = [_dyad(names[actor], names[recipient], group) for (actor, recipient), group in pairs.items()]
    return sorted(found, key=lambda dyad: (-dyad.count, dyad.score, dyad.actor, dyad.recipient))


def pairs_of(incident: Incident) -> list[tuple[str, str]]:
    """Who acted on whom, as sides; both directions where the parties act on each other."""
    event = incident.events[0]
    actors, recipients = sides(event.actors), sides(event.recipients)
    if not recipients:
        return list(permutations(actors, 2)) if incident.quad in (1, 2) or incident.type == "ASSAULT" else []
    return [(actor, recipient) for actor in actors for recipient in recipients if actor != recipient]


def _dyad(actor: str, recipient: str, incidents: list[Incident]) -> Dyad:
    scores = [incident.score or 0.0 for incident in incidents]
    counts = [sum(incident.quad == quad for incident in incidents) for quad in QUADS]
    return Dyad(
        actor=actor,
        recipient=recipient,
        count=len(incidents),
        score=sum(scores) / len(scores),
        quads=(counts[0], counts[1], counts[2], counts[3]),
        gravest=max(incidents, key=lambda incident: abs(incident.score or 0.0)),
    )
