"""Clusters of mentions that are one entity, and what is sure to keep two of them apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tacitus.actors.candidates import Candidate


class Cluster:
    """Mentions of one entity. `number`, `gender`, `sort`, country and entry are those any mention tells."""

    __slots__ = ("countries", "entities", "gender", "members", "number", "sort")

    def __init__(self, candidate: Candidate) -> None:
        self.members = [candidate]
        self.gender = candidate.gender
        self.number = candidate.number
        self.sort = candidate.sort
        self.entities = {candidate.entity.id} if candidate.entity else set()
        self.countries = {code for code in (candidate.coding.country, candidate.stated.country) if code}

    def absorb(self, other: Cluster) -> None:
        """Take over the members of another cluster and what they tell."""
        self.members = sorted(self.members + other.members, key=lambda candidate: candidate.span)
        self.gender = self.gender or other.gender
        self.number = self.number or other.number
        self.sort = self.sort or other.sort
        self.entities |= other.entities
        self.countries |= other.countries

    @property
    def names(self) -> list[Candidate]:
        return [candidate for candidate in self.members if candidate.kind == "name"]


class Clusters:
    """All clusters of a page; every candidate is in exactly one."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = list(candidates)
        self.pronouns = [candidate for candidate in candidates if candidate.is_pronoun]
        self._of = {id(candidate): Cluster(candidate) for candidate in candidates}
        self._sentences = [candidate.sentence.index for candidate in candidates]

    def of(self, candidate: Candidate) -> Cluster:
        """The cluster of a candidate."""
        return self._of[id(candidate)]

    def between(self, first: int, last: int) -> Sequence[Candidate]:
        """The candidates of the sentences `first` to `last`, in text order."""
        return self.candidates[bisect_left(self._sentences, first) : bisect_left(self._sentences, last + 1)]

    def is_single(self, candidate: Candidate) -> bool:
        """Whether nothing has been joined to the candidate."""
        return len(self.of(candidate).members) == 1

    def join(self, first: Candidate, second: Candidate) -> bool:
        """Make the clusters of two candidates one, unless they are sure to differ; whether they are one now."""
        one, two = self.of(first), self.of(second)
        if one is two:
            return True
        if self.differ(first, second):
            return False
        one.absorb(two)
        for member in two.members:
            self._of[id(member)] = one
        return True

    def differ(self, first: Candidate, second: Candidate) -> bool:
        """Whether something known of two clusters keeps them apart: entry, gender, given name, country."""
        one, two = self.of(first), self.of(second)
        if one is two:
            return False
        if one.gender and two.gender and one.gender != two.gender:
            return True
        if one.entities and two.entities and not one.entities & two.entities:
            return True
        if one.countries and two.countries and not one.countries & two.countries:
            return True
        return _have_other_given_names(one, two)

    def in_order(self) -> list[Cluster]:
        """The clusters by their first mention."""
        distinct = {id(cluster): cluster for cluster in self._of.values()}
        return sorted(distinct.values(), key=lambda cluster: cluster.members[0].span)


def _have_other_given_names(one: Cluster, two: Cluster) -> bool:
    """Two people with full names of which neither is a part of the other: Robert Kennedy and John F. Kennedy."""
    if one.sort != "person" or two.sort != "person":
        return False
    first = [name.words for name in one.names if len(name.words) > 1]
    second = [name.words for name in two.names if len(name.words) > 1]
    return bool(first and second and not any(_may_be_one_name(a, b) for a in first for b in second))


def _may_be_one_name(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """The same given name or its initial, or one the end of the other: "Ben Amor" and "Khaled Ben Amor"."""
    return _same_given(one[0], two[0]) or one[-len(two) :] == two or two[-len(one) :] == one


def _same_given(one: str, two: str) -> bool:
    """The same given name, or its initial."""
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])
