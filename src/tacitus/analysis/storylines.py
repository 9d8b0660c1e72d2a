"""Storylines: incidents linked over time because the same sides are in them, at the same place, and because one refers to the other.

Every incident has at most one forerunner, the likeliest of the last weeks, so a storyline is a tree that can be read from its beginning; it
ends when nothing follows within the time allowed. Two incidents of one war that share no more than a side are not linked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tacitus.analysis.incidents import Incident, fold
from tacitus.analysis.parties import sides
from tacitus.analysis.wording import Phrases
from tacitus.corpus.features import Comparison, Feature
from tacitus.store import EventRow, Query, Store

WINDOW = 30  # days after which nothing refers to an incident any more without naming its date
THRESHOLD = 0.5
MAX_LENGTH = 60  # incidents of a storyline: a longer one is a war, and says nothing about what led to what
WEIGHTS = {
    "bias": -3.0,
    "same_parties": 1.8,  # both sides of the two
    "exchanged_parties": 1.8,  # who was acted upon now acts
    "one_party": 0.5,
    "same_place": 1.5,
    "same_pages": 1.4,  # a page tells of both
    "reference": 1.2,  # a page that tells of the later one points back: "the attack", "two days after"
    "days_apart": -0.05,  # a day
}
BACK = re.compile(
    r"\b(after|since|following|in response to|in retaliation for|because of|over|condemn\w*|days? (?:after|later)|"
    r"weeks? (?:after|later))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An incident in a storyline; what it follows (its place in `Storyline.steps`) and why, or None for the first."""

    incident: Incident
    follows: int | None
    comparison: Comparison | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """Incidents in order of time."""

    steps: tuple[Step, ...]

    @property
    def first(self) -> date | None:
        return self.steps[0].incident.day

    @property
    def last(self) -> date | None:
        return self.steps[-1].incident.day


def storylines(store: Store, query: Query, *, least: int = 2) -> list[Storyline]:
    """The storylines of a period with at least so many incidents, the longest first."""
    return build_storylines(store.events(query), least=least)


def build_storylines(events: Sequence[EventRow], *, least: int = 2) -> list[Storyline]:
    """The same from rows. Exchanging two parties' names exchanges nothing in how incidents are linked."""
    actual = [event for event in events if event.status == "actual" and event.incident is not None]
    dated = [incident for incident in fold(actual, phrases=Phrases.load()) if incident.day is not None]
    before = dict(enumerate(_forerunners(dated)))
    trees: dict[int, list[int]] = defaultdict(list)
    root: dict[int, int] = {}
    for n in range(len(dated)):
        found = before[n]
        joined = found is not None and len(trees[root[found[0]]]) < MAX_LENGTH
        root[n] = root[found[0]] if found is not None and joined else n
        trees[root[n]].append(n)
    lines = [_storyline(members, dated, before) for members in trees.values() if len(members) >= least]
    return sorted(lines, key=lambda line: (-len(line.steps), line.first or date.max))


Found = tuple[int, Comparison]


def _forerunners(incidents: Sequence[Incident]) -> Iterable[Found | None]:
    """For each incident, in order of time, the likeliest of those before it that share a side, a place or a page with it."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for n, incident in enumerate(incidents):
        shared = sorted({m for block in _blocks(incident) for m in blocks[block][-MAX_LENGTH:]}, reverse=True)
        compared = [(m, link(incidents[m], incident)) for m in shared]
        likely = [pair for pair in compared if pair[1].probability >= THRESHOLD]
        yield max(likely, key=lambda pair: (pair[1].probability, pair[0]), default=None)
        for block in _blocks(incident):
            blocks[block].append(n)


def link(earlier: Incident, later: Incident) -> Comparison:
    """What speaks for the later incident following from the earlier one."""
    days = (later.day - earlier.day).days if later.day and earlier.day else WINDOW
    if days > WINDOW or days < 0:
        return Comparison(WEIGHTS["bias"], (), Feature("other_days", 0.0, f"{days} days"))
    pages = sorted({event.document for event in earlier.events} & {event.document for event in later.events})
    points = next((match.group() for event in later.events if (match := BACK.search(event.sentence_text))), None)
    named = [
        _parties(earlier, later),
        ("same_place", earlier.place) if earlier.place and earlier.place == later.place else None,
        ("same_pages", ", ".join(pages[:3])) if pages else None,
        ("reference", points) if points and pages else None,
    ]
    features = [Feature(name, WEIGHTS[name], detail) for name, detail in filter(None, named)]
    features.append(Feature("days_apart", round(WEIGHTS["days_apart"] * days, 3), f"{days} days"))
    return Comparison(WEIGHTS["bias"], tuple(features))


def _parties(earlier: Incident, later: Incident) -> tuple[str, str] | None:
    before, after = _sides(earlier), _sides(later)
    shared = (before[0] | before[1]) & (after[0] | after[1])
    names = ", ".join(sorted(shared))
    if before[0] & after[1] and before[1] & after[0]:
        return "exchanged_parties", names
    if len(shared) > 1:
        return "same_parties", names
    return ("one_party", names) if shared else None


def _sides(incident: Incident) -> tuple[set[str], set[str]]:
    return set(sides(incident.events[0].actors)), set(sides(incident.events[0].recipients))


def _blocks(incident: Incident) -> set[str]:
    actors, recipients = _sides(incident)
    place = {f"place|{incident.place}"} if incident.place else set()
    return (
        {f"side|{side}" for side in actors | recipients}
        | place
        | {f"page|{event.document}" for event in incident.events}
    )


def _storyline(members: Sequence[int], incidents: Sequence[Incident], before: Mapping[int, Found | None]) -> Storyline:
    place = {n: position for position, n in enumerate(members)}
    steps = []
    for n in members:
        found = before[n]
        linked = found if found is not None and found[0] in place else None
        steps.append(
            Step(
                incident=incidents[n],
                follows=place[linked[0]] if linked else None,
                comparison=linked[1] if linked else None,
            )
        )
    return Storyline(steps=tuple(steps))
