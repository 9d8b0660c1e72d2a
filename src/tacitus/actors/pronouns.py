"""Pronouns: he, she, it, they and their forms, to the entity they speak of.

Agreement (number, gender, person or not) and binding (not the other argument of the same verb; a reflexive is the subject) leave some
antecedents out. The rest are scored by named features (`pairs.py`) with the weights of `data/actors/pronouns.toml`. Best above the
threshold wins; "it" and "they" may also go to nobody, when a thing scores best.
"""

from __future__ import annotations

from collections.abc import Iterator

from tacitus.actors import nouns
from tacitus.actors.candidates import Candidate, Page
from tacitus.actors.clusters import Cluster, Clusters
from tacitus.actors.pairs import REFLEXIVES, SUBJECTS, are_coarguments, features

WINDOW = 4  # sentences back; nearly all of GUM's pronouns have a mention of their entity within three
THING_PARTS = ("nsubj", "obj", "obl", "nmod", "conj")


def link_pronouns(page: Page, clusters: Clusters) -> None:
    """Join each pronoun to its antecedent's cluster, from the left: an earlier pronoun counts for the next."""
    for pronoun in clusters.pronouns:
        link_pronoun(page, clusters, pronoun)


def link_pronoun(page: Page, clusters: Clusters, pronoun: Candidate) -> None:
    """Join one pronoun to the best antecedent above the threshold, if that is an actor."""
    weights = page.knowledge.pronoun_weights
    best, best_score = None, weights["threshold_person" if pronoun.sort == "person" else "threshold"]
    for antecedent in antecedents(page, clusters, pronoun):
        score = sum(weights[name] * value for name, value in features(clusters, pronoun, antecedent))
        if score > best_score:
            best, best_score = antecedent, score
    if best is not None and best.sort != "thing":
        clusters.join(best, pronoun)


def antecedents(page: Page, clusters: Clusters, pronoun: Candidate) -> Iterator[Candidate]:
    """The mention of each fitting cluster that stands nearest before the pronoun, or after it where the pronoun may run ahead."""
    nearest: dict[int, Candidate] = {}
    index = pronoun.sentence.index
    for candidate in clusters.between(index - WINDOW, index):
        if candidate is pronoun or candidate.silent:
            continue
        cluster = clusters.of(candidate)
        ahead = candidate.span > pronoun.span
        if (not ahead or (id(cluster) not in nearest and may_run_ahead(pronoun, candidate))) and agrees(
            pronoun, cluster
        ):
            nearest[id(cluster)] = candidate
    for candidate in nearest.values():
        if not is_bound_apart(clusters, pronoun, candidate):
            yield candidate
    if pronoun.sort != "person":
        yield from things(page, clusters, pronoun)


def agrees(pronoun: Candidate, cluster: Cluster) -> bool:
    """Number, gender, and person or not. A pronoun that found nobody takes up only its like."""
    if pronoun.sort == "person":
        return (
            cluster.sort == "person"
            and cluster.number != "p"
            and (not cluster.gender or cluster.gender == pronoun.gender)
        )
    if all(member.is_pronoun for member in cluster.members):
        return False
    if pronoun.number == "s":
        return cluster.sort in ("organization", "place") and cluster.number != "p"
    return cluster.sort in ("group", "organization") or (cluster.sort == "place" and cluster.number == "p")


def may_run_ahead(pronoun: Candidate, candidate: Candidate) -> bool:
    """Whether the pronoun may come before its name: in a phrase or clause before the main subject ("Despite his losses, Ali …")."""
    if candidate.sentence is not pronoun.sentence or candidate.is_pronoun or candidate.head.relation != "nsubj":
        return False
    if pronoun.head.deprel in SUBJECTS and pronoun.sentence.head(pronoun.head) is candidate.sentence.head(
        candidate.head
    ):
        return False
    governor = candidate.sentence.head(candidate.head)
    above = [token.index for token in pronoun.sentence.ancestors(pronoun.head)]
    own = pronoun.sentence.head(pronoun.head)
    return governor is not None and governor.index in above and own is not governor


def is_bound_apart(clusters: Clusters, pronoun: Candidate, candidate: Candidate) -> bool:
    """Whether grammar keeps the two apart: two arguments of one verb, a possessor and its own noun, members of one list."""
    reflexive = pronoun.words[0] in REFLEXIVES
    for member in clusters.of(candidate).members:
        if member.sentence is pronoun.sentence:
            if _is_inside(pronoun, member):
                return True
            if (
                not reflexive
                and pronoun.head.deprel != "nmod:poss"
                and are_coarguments(pronoun.sentence, pronoun.head, member.head)
            ):
                return True
    return False


def _is_inside(pronoun: Candidate, member: Candidate) -> bool:
    """Whether the pronoun stands inside the other's phrase ("his brother" is not he), or beside it in a list or apposition."""
    if member.span.start <= pronoun.span.start < member.span.end:
        return True
    sentence, token = pronoun.sentence, pronoun.head
    if token.deprel == "nmod:poss" and token.head == member.head.index:
        return True
    return (
        nouns.first_conjunct(sentence, token) is nouns.first_conjunct(sentence, member.head)
        and token is not member.head
    )


def things(page: Page, clusters: Clusters, pronoun: Candidate) -> Iterator[Candidate]:
    """Noun phrases near by that are no actors: "it" may speak of them, and then of no actor."""
    last = pronoun.sentence.index
    taken = {(c.sentence.index, c.head.index) for c in clusters.between(last - 1, last)}
    for sentence in page.parse.sentences[max(0, last - 1) : last + 1]:
        for token in sentence.tokens:
            if (
                token.upos not in nouns.NOMINAL
                or token.relation not in THING_PARTS
                or token.start >= pronoun.span.start
            ):
                continue
            plural = token.feats.get("Number") == "Plur"
            if plural == (pronoun.number == "p") and (sentence.index, token.index) not in taken:
                yield Candidate(
                    span=token.span, kind="nominal", sentence=sentence, head=token, words=(token.text,), sort="thing", number=pronoun.number
                )  # fmt: skip
