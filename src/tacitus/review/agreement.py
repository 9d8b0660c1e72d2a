"""How far people and the machine agree, and people with each other; counted over events, each once.

Shares stand with their 95 % interval after Wilson (1927), which is right for few events too. What is counted is what was reviewed: a
queue that begins with the least sure events makes the machine look worse than it is.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tacitus.review.applying import Mark
from tacitus.review.entries import Anchor, Entry
from tacitus.review.facts import EventFacts, Facts, differences

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
    """What became of the events that the machine gave a type. `corrected_in`: how often each part was put right. `added`: events of this
    type that the machine missed and people added; nothing else counts them."""

    type: str
    accepted: int
    corrected: int
    rejected: int
    added: int
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
    """Two people on the events both reviewed: how often they gave the same type (or none), kappa over that, and how often all the same.

    Who said of a sentence that the machine missed no event in it said so of every event that somebody added there.
    """

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
        entry = mark.entry
        if mark.state == "superseded":
            continue
        if entry.by_hand and isinstance(entry.becomes, EventFacts) and mark.state == "applied":
            for name in (entry.becomes.type, "all"):
                counts[name]["added"] += 1
        elif not entry.by_hand and isinstance(entry.said, EventFacts):
            for name in (entry.said.type, "all"):
                counts[name][entry.verdict] += 1
                parts[name].update(entry.changed)
    order = sorted(counts, key=lambda name: (name == "all", name))
    return [
        TypeRow(
            type=name,
            accepted=counts[name]["accepted"],
            corrected=counts[name]["corrected"],
            rejected=counts[name]["rejected"],
            added=counts[name]["added"],
            corrected_in=dict(parts[name]),
        )
        for name in order
    ]


def by_pair(marks: Iterable[Mark]) -> list[PairRow]:
    """One row for every two people who reviewed an event in common; of each person's verdicts on it the last counts."""
    ordered = sorted((mark for mark in marks if mark.entry.subject == "event"), key=lambda mark: mark.entry.at)
    said: dict[tuple[str, str], dict[str, Facts | None]] = defaultdict(dict)
    for mark in ordered:
        said[mark.entry.document, _item(mark)][mark.entry.who] = mark.entry.becomes
    for key, who in _denied(ordered):
        said[key].setdefault(who, None)
    pairs: dict[tuple[str, str], list[tuple[Facts | None, Facts | None]]] = defaultdict(list)
    for people in said.values():
        for one, other in combinations(sorted(people), 2):
            pairs[one, other].append((people[one], people[other]))
    return [_pair(one, other, both) for (one, other), both in sorted(pairs.items())]


def _denied(marks: Sequence[Mark]) -> Iterator[tuple[tuple[str, str], str]]:
    """Added events, by document and item, with each person who said of their sentence that the machine missed no event in it."""
    whole: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for mark in marks:
        if mark.entry.whole and mark.entry.anchor is not None:
            whole[mark.entry.document, mark.entry.anchor.sentence].append(mark.entry)
    for mark in marks:
        anchor = mark.entry.anchor
        if mark.by_hand and mark.entry.verdict == "added" and anchor is not None:
            for entry in whole[mark.entry.document, anchor.sentence]:
                if _is_denied(mark.entry, anchor, entry):
                    yield (mark.entry.document, _item(mark)), entry.who


def _is_denied(added: Entry, anchor: Anchor, entry: Entry) -> bool:
    """Whether who said that a sentence has no other event spoke of this one, too: not who had it before them as an added one."""
    if entry.anchor is None or entry.anchor.item == anchor.item or not _one_place(entry.anchor, anchor):
        return False
    return not entry.by_hand or entry.at < added.at


def _one_place(one: Anchor, other: Anchor) -> bool:
    """Whether two equal sentences are one: of one coding they are where they begin together, of two they are taken to be."""
    return one.coding != other.coding or one.sentence_start == other.sentence_start


def kappa(labels: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None without labels, or where chance alone would always agree."""
    if not labels:
        return None
    ones, others = Counter(one for one, _ in labels), Counter(other for _, other in labels)
    chance = sum(ones[label] * others[label] for label in ones) / len(labels) ** 2
    agreed = sum(one == other for one, other in labels) / len(labels)
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def _pair(one: str, other: str, both: Sequence[tuple[Facts | None, Facts | None]]) -> PairRow:
    labels = [(_label(left), _label(right)) for left, right in both]
    alike = sum(_alike(left, right) for left, right in both)
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


def _label(facts: Facts | None) -> str:
    return facts.type if isinstance(facts, EventFacts) else NO_EVENT


def _alike(one: Facts | None, other: Facts | None) -> bool:
    """Whether two people say the same of an event; whether its day was told by the text or the page makes no difference."""
    if not (isinstance(one, EventFacts) and isinstance(other, EventFacts)):
        return _label(one) == _label(other)
    return not differences(replace(one, day_basis=None), replace(other, day_basis=None))
