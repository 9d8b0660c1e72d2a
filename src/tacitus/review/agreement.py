"""How far people and the machine agree, and people with each other; counted over events, each once.

Shares stand with their 95 % interval after Wilson (1927), which is right for few events too. What is counted is what was reviewed: a
queue that begins with the least sure events makes the machine look worse than it is.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tacitus.review.applying import Mark
from tacitus.review.facts import EventFacts

NORMAL_95 = 1.959964  # standard deviations on either side that hold 95 % of a normal distribution
NO_EVENT = "none"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `total`, with the bounds between which the true one lies in 95 of 100 samples; None of them where nothing was seen."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        return self.count / self.total if self.total else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Wilson's interval."""
        if not self.total:
            return None
        n, p, z = self.total, self.count / self.total, NORMAL_95
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRow:
    """What became of the events that the machine gave a type. `corrected_in`: how often each part was put right."""

    type: str
    accepted: int
    corrected: int
    rejected: int
    corrected_in: Mapping[str, int]

    @property
    def reviewed(self) -> int:
        return self.accepted + self.corrected + self.rejected

    @property
    def right(self) -> Share:
        """Accepted as they were."""
        return Share(self.accepted, self.reviewed)

    @property
    def type_right(self) -> Share:
        """An event, and of that type, whatever else was put right."""
        return Share(self.reviewed - self.rejected - self.corrected_in.get("type", 0), self.reviewed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """Two people on the events both reviewed: how often they gave the same type (or none), kappa over that, and how often all the same."""

    one: str
    other: str
    same_type: Share
    kappa: float | None
    same_all: Share


def by_type(marks: Iterable[Mark]) -> list[TypeRow]:
    """One row a type of the machine's, and a last one, "all". Of several verdicts on an event the one that counts is taken."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for mark in marks:
        if mark.state != "superseded" and isinstance(mark.entry.said, EventFacts):
            for name in (mark.entry.said.type, "all"):
                counts[name][mark.entry.verdict] += 1
                parts[name].update(mark.entry.changed)
    order = sorted(counts, key=lambda name: (name == "all", name))
    return [
        TypeRow(
            type=name,
            accepted=counts[name]["accepted"],
            corrected=counts[name]["corrected"],
            rejected=counts[name]["rejected"],
            corrected_in=dict(parts[name]),
        )
        for name in order
    ]


def by_pair(marks: Iterable[Mark]) -> list[PairRow]:
    """One row for every two people who reviewed an event in common; of each person's verdicts on it the last counts."""
    said: dict[tuple[str, str], dict[str, Mark]] = defaultdict(dict)
    for mark in sorted(marks, key=lambda mark: mark.entry.at):
        if mark.entry.subject == "event":
            said[mark.entry.document, _item(mark)][mark.entry.who] = mark
    pairs: dict[tuple[str, str], list[tuple[Mark, Mark]]] = defaultdict(list)
    for people in said.values():
        for one, other in combinations(sorted(people), 2):
            pairs[one, other].append((people[one], people[other]))
    return [_pair(one, other, both) for (one, other), both in sorted(pairs.items())]


def kappa(labels: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None without labels, or where chance alone would always agree."""
    if not labels:
        return None
    ones, others = Counter(one for one, _ in labels), Counter(other for _, other in labels)
    chance = sum(ones[label] * others[label] for label in ones) / len(labels) ** 2
    agreed = sum(one == other for one, other in labels) / len(labels)
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def _pair(one: str, other: str, both: Sequence[tuple[Mark, Mark]]) -> PairRow:
    labels = [(_label(left), _label(right)) for left, right in both]
    alike = sum(_outcome(left) == _outcome(right) for left, right in both)
    return PairRow(
        one=one,
        other=other,
        same_type=Share(sum(left == right for left, right in labels), len(labels)),
        kappa=kappa(labels),
        same_all=Share(alike, len(both)),
    )


def _item(mark: Mark) -> str:
    """The event a verdict is on; one that was lost is known by its words."""
    return mark.item or f"lost at {mark.entry.anchor.span if mark.entry.anchor else mark.entry.id}"


def _label(mark: Mark) -> str:
    return mark.entry.becomes.type if isinstance(mark.entry.becomes, EventFacts) else NO_EVENT


def _outcome(mark: Mark) -> object:
    """What a person says of an event, but for whose coding they had before them."""
    facts = mark.entry.becomes
    if not isinstance(facts, EventFacts):
        return None
    sides = [frozenset(party.span for party in side) for side in (facts.actors, facts.recipients)]
    days = (facts.day_from, facts.day_to or facts.day_from)
    return facts.type, facts.mode, facts.status, *sides, days, facts.place.span if facts.place else None
