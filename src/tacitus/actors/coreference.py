"""Join the mentions of one entity: a sieve of rules, the surest first.

    1. same entry of the knowledge base (and a capital with its government)
    2. same name; surname or given name after the full name; acronym of a full name
    3. apposition, predicate noun ("X, the army chief," "X is the army chief")
    4. role nouns: a second definite mention of the same role and country; the only holder of the role on the page
    5. pronouns (see pronouns.py)

Two clusters that are sure to differ - other entries, other given names, other countries or genders - are never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tacitus.actors.candidates import Candidate, Page
from tacitus.actors.clusters import Cluster, Clusters
from tacitus.actors.nouns import COUNTRY_WORDS, first_conjunct
from tacitus.actors.pronouns import link_pronouns

INSTITUTIONS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
CALLINGS = frozenset({"MIL", "OPP", "LEG", "JUD", "REL", "REB", "PRM"})
"""Sectors that one who is not named by his office is known by: "the general", "the senator"; "the minister" could be any of GOV."""
GENERIC = frozenset(
    {
        "group",
        "organization",
        "organisation",
        "movement",
        "militia",
        "company",
        "party",
        "firm",
        "agency",
        "network",
        "front",
        "bank",
        "union",
        "alliance",
        "cartel",
    }
)


def join(page: Page, candidates: Sequence[Candidate]) -> list[Cluster]:
    """The clusters of the page, in the order of their first mentions."""
    clusters = Clusters(candidates)
    join_names(clusters)
    link_pronouns(page, clusters)
    return clusters.in_order()


def join_names(clusters: Clusters) -> None:
    """The steps before pronouns."""
    by_entry(clusters)
    by_name(clusters)
    by_apposition(clusters)
    by_role(clusters)


def by_entry(clusters: Clusters) -> None:
    """Same reference; a capital that acts is its country's government."""
    seen: dict[str, Candidate] = {}
    for candidate in clusters.candidates:
        if candidate.entity is not None:
            key = candidate.entity.id
        elif candidate.words == ("government",) and candidate.coding.country and candidate.sort == "organization":
            key = f"government of {candidate.coding.country}"
        else:
            continue
        if candidate.entity is not None and candidate.entity.type == "capital":
            key = f"government of {candidate.coding.country}"
        clusters.join(seen.setdefault(key, candidate), candidate)


def by_name(clusters: Clusters) -> None:
    """Whole names first, then their parts."""
    named = [
        candidate
        for candidate in clusters.candidates
        if candidate.kind == "name" and candidate.sort in ("person", "organization")
    ]
    whole: dict[tuple[str, tuple[str, ...]], Candidate] = {}
    for candidate in named:
        if len(candidate.words) > 1 or candidate.sort == "organization":
            clusters.join(whole.setdefault((candidate.sort, candidate.words), candidate), candidate)
    _join_people(clusters, [candidate for candidate in named if candidate.sort == "person"])
    _join_acronyms(clusters, [candidate for candidate in named if candidate.sort == "organization"])


def _join_people(clusters: Clusters, people: Sequence[Candidate]) -> None:
    """A part of a name joins the last earlier fuller name it fits, and a later one when none is earlier."""
    full = [candidate for candidate in people if len(candidate.words) > 1]
    last: dict[tuple[str, ...], Candidate] = {}
    for candidate in people:
        if len(candidate.words) > 1:
            other = next(
                (name for name in reversed(full) if name is not candidate and _is_fuller(name, candidate)), None
            )
        elif candidate.words:
            fitting = [name for name in full if _is_part(candidate, name) and not clusters.differ(name, candidate)]
            earlier = [name for name in fitting if name.span < candidate.span]
            other = earlier[-1] if earlier else (fitting[0] if fitting else last.get(candidate.words))
            last.setdefault(candidate.words, candidate)
        else:
            other = None  # a name of titles or marks alone
        if other is not None:
            clusters.join(other, candidate)


def _is_fuller(name: Candidate, candidate: Candidate) -> bool:
    """Whether two names of two words or more are one: same first and last word, or the shorter's words all in the longer, in order."""
    if len(name.words) <= len(candidate.words) or name.words[-1] != candidate.words[-1]:
        return False
    rest = iter(name.words)
    return all(word in rest for word in candidate.words)


def _is_part(candidate: Candidate, name: Candidate) -> bool:
    """Whether one word is the surname or the given name of a full name."""
    return candidate.words[0] in (name.words[-1], name.words[0]) or (
        len(candidate.words[0]) > 3 and candidate.words[0] in name.words
    )


def _join_acronyms(clusters: Clusters, bodies: Sequence[Candidate]) -> None:
    """ "the Popular Democratic Front (PDF)", later "the PDF"; and a name's own first words ("Arik" of "Arik Air") when sure."""
    short = [body for body in bodies if len(body.words) == 1 and body.entity is None]
    for body in bodies:
        if len(body.words) < 2:
            continue
        initials = "".join(word[0] for word in body.words)
        content = "".join(word[0] for word in body.words if word not in ("of", "for", "the", "and", "in", "on"))
        for other in short:
            if other.words[0] in (initials, content) and not clusters.differ(body, other):
                clusters.join(body, other)


def by_apposition(clusters: Clusters) -> None:
    """A name and the role noun beside it, a subject and its predicate noun; in one phrase or clause, of one number."""
    heads = {(candidate.sentence.index, candidate.head.index): candidate for candidate in clusters.candidates}
    for candidate in clusters.candidates:
        other = None
        head = first_conjunct(candidate.sentence, candidate.head)
        if head.relation == "appos":
            other = heads.get((candidate.sentence.index, head.head))
        elif candidate.silent:
            subject = candidate.sentence.child(candidate.head, "nsubj")
            other = heads.get((candidate.sentence.index, subject.index)) if subject is not None else None
        if other is not None and other is not candidate and _may_be_one(other, candidate):
            clusters.join(other, candidate)
    for name, nominal in pairwise(clusters.candidates):
        if (
            name.kind == "name"
            and nominal.kind == "nominal"
            and _are_apposed(name, nominal)
            and _may_be_one(name, nominal)
        ):
            clusters.join(name, nominal)


def _are_apposed(name: Candidate, nominal: Candidate) -> bool:
    """Whether the words say what the tree may have missed: "Ann Hill, a teacher, …", "Ann Hill, a teacher who …"."""
    if name.sentence is not nominal.sentence or name.sort != "person" or nominal.definite == "bare":
        return False
    tokens = name.sentence.tokens
    between = [token.text for token in tokens if name.span.end <= token.start < nominal.span.start]
    after = next((token.text for token in tokens if token.start >= nominal.span.end), ".")
    return between == [","] and after in (",", ".", "who", "whose", "of", ";", ")")


def _may_be_one(first: Candidate, second: Candidate) -> bool:
    sorts = {first.sort, second.sort}
    same_sort = (
        len(sorts) == 1 or "" in sorts or sorts == {"organization", "group"} or sorts == {"organization", "place"}
    )
    return same_sort and (first.number == second.number or not first.number or not second.number)


def by_role(clusters: Clusters) -> None:
    """Definite role nouns, from the left; each looks back."""
    seen: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for candidate in clusters.candidates:
        if candidate.role is None or candidate.silent:
            continue
        key = tuple(candidate.words) if candidate.kind == "nominal" else tuple(candidate.role.name.split())
        if candidate.kind == "nominal" and clusters.is_single(candidate):
            other = (
                _earlier_holder(clusters, candidate, seen[key])
                or _office_holder(clusters, candidate)
                or _generic(clusters, candidate)
            )
            if other is not None:
                clusters.join(other, candidate)
        seen[key].append(candidate)
        if len(key) > 1 and candidate.role.kind == "person":
            seen[key[-1:]].append(candidate)
    _countries(clusters)
    _peoples(clusters)


def _earlier_holder(clusters: Clusters, candidate: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """The mention that a second mention of a role takes up.

    Same country (or none said) and same number. A body of state is one in its country; other roles need a definite second mention and just
    one holder on the page before, or the same words. An indefinite phrase ("a soldier", "12 soldiers") is always somebody new.
    """
    fitting = [other for other in earlier if other.number == candidate.number and not clusters.differ(other, candidate)]
    if candidate.definite == "indefinite" or not fitting:
        return None
    same_country = [other for other in fitting if other.coding.country == candidate.coding.country]
    if candidate.coding.country is not None:
        institution = candidate.sort == "organization" and INSTITUTIONS.intersection(candidate.coding.sectors)
        matching = [
            other for other in same_country if other.definite != "indefinite" or candidate.definite == "definite"
        ]
        return (
            matching[-1]
            if matching and (institution or candidate.definite == "definite" or candidate.number == "p")
            else None
        )
    if candidate.definite != "definite" and not (candidate.definite == "bare" and candidate.number == "p"):
        institution = candidate.sort == "organization" and INSTITUTIONS.intersection(candidate.coding.sectors)
        if not institution:
            return None
    named = [other for other in fitting if clusters.of(other).names] or fitting
    distinct = {id(clusters.of(other)) for other in named}
    return named[-1] if len(distinct) == 1 else None


def _office_holder(clusters: Clusters, candidate: Candidate) -> Candidate | None:
    """The person "the president" or "the general" takes up: the only one named in this sentence and the three before who, as the knowledge
    base has it, holds or held that office, or is a soldier, a lawmaker or a cleric."""
    is_lone = candidate.definite == "definite" and candidate.number == "s" and candidate.sort == "person"
    if not is_lone or candidate.coding.country is not None or candidate.role is None:
        return None
    index = candidate.sentence.index
    holders = [
        other
        for other in clusters.between(index - 3, index)
        if other.span < candidate.span and other.kind == "name" and _may_hold(other, candidate)
    ]
    return holders[-1] if len({id(clusters.of(other)) for other in holders}) == 1 else None


def _may_hold(name: Candidate, candidate: Candidate) -> bool:
    """Whether a person of the knowledge base has the office or the work that a role noun says."""
    if name.entity is None or name.entity.type != "person" or candidate.role is None:
        return False
    offices = {office for term in name.entity.terms for office in term.office.split(";")}
    over = candidate.coding.sectors == ("ELI",)
    if candidate.role.name.removeprefix("former ") in offices:
        return over == ("ELI" in name.coding.sectors)
    return not over and bool({*candidate.coding.sectors[:1]} & set(name.coding.sectors) & CALLINGS)


def _generic(clusters: Clusters, candidate: Candidate) -> Candidate | None:
    """The organization that "the group" takes up: the only one named in this sentence and the two before."""
    if (
        candidate.definite != "definite"
        or candidate.number != "s"
        or candidate.words[-1] not in GENERIC
        or candidate.coding.country
    ):
        return None
    index = candidate.sentence.index
    near = [
        other
        for other in clusters.candidates
        if other.span < candidate.span
        and index - other.sentence.index <= 2
        and (other.kind == "name" or other.entity is not None)
        and (other.sort == "organization" or (other.entity is not None and other.entity.type == "organization"))
    ]
    distinct = {id(clusters.of(other)) for other in near}
    return near[-1] if len(distinct) == 1 else None


def _countries(clusters: Clusters) -> None:
    """ "The country" is the only country that has acted so far and does not act on it; of several, the subject of the sentence before."""
    places = [
        candidate for candidate in clusters.candidates if candidate.sort == "place" and candidate.entity is not None
    ]
    for candidate in clusters.candidates:
        if (
            candidate.kind != "nominal"
            or candidate.number != "s"
            or candidate.definite != "definite"
            or candidate.silent
        ):
            continue
        if candidate.words[-1] in COUNTRY_WORDS and candidate.coding.country is None and clusters.is_single(candidate):
            before = [place for place in places if place.span < candidate.span]
            acting = {place.entity.id for place in before if place.entity and _acts_on(place, candidate)}
            fitting = [place for place in before if place.entity and place.entity.id not in acting]
            if len({place.entity.id for place in fitting if place.entity}) > 1:
                fitting = [place for place in fitting if _is_subject_before(place, candidate)]
            if len({place.entity.id for place in fitting if place.entity}) == 1:
                clusters.join(fitting[-1], candidate)


def _is_subject_before(place: Candidate, candidate: Candidate) -> bool:
    """Whether a country is the subject of the sentence before and may go on acting: "Peru thanked Chile. The country …"."""
    is_next = candidate.sentence.index - place.sentence.index == 1
    return is_next and place.head.relation == candidate.head.relation == "nsubj"


def _acts_on(place: Candidate, candidate: Candidate) -> bool:
    """Whether the place is subject of the clause, or of one above it, that the other stands in: then the other is somebody else."""
    if place.sentence is not candidate.sentence or first_conjunct(place.sentence, place.head).relation != "nsubj":
        return False
    return any(token.index == place.head.head for token in candidate.sentence.ancestors(candidate.head))


def _peoples(clusters: Clusters) -> None:
    """ "Palestinians" again, when neither is counted."""
    seen: dict[tuple[str, ...], Candidate] = {}
    for candidate in clusters.candidates:
        if (
            candidate.kind == "nominal"
            and candidate.role is None
            and candidate.number == "p"
            and candidate.definite != "indefinite"
        ):
            clusters.join(seen.setdefault(candidate.words, candidate), candidate)
