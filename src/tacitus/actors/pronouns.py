"""Pronouns: he, she, it, they and their forms, to the entity they speak of.

Agreement (number, gender, person or not) and binding (not the other argument of the same verb; a reflexive is the subject) leave some
antecedents out. The rest are scored by named features - where they stand, what part they play, how much the page speaks of them - with the
weights of `data/actors/pronouns.toml`. Best above the threshold wins; "it" and "they" may also win as nobody, when a thing scores best.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from tacitus.actors import nouns
from tacitus.actors.candidates import Candidate, Page
from tacitus.actors.clusters import Cluster, Clusters
from tacitus.language.document import ROOT, Sentence, Token

WINDOW = 4  # sentences back; more than 97 % of GUM's pronouns have a mention of their entity within three
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves", "themself"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj", "obl:agent"})
CLAUSES = frozenset(
    {"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "root", "csubj", "advcl:relcl"}
)
QUOTES = {"“": 1, "”": -1}


def link_pronouns(page: Page, clusters: Clusters) -> None:
    """Join each pronoun to its antecedent's cluster, from the left: an earlier pronoun counts for the next."""
    weights = page.knowledge.pronoun_weights
    for pronoun in [candidate for candidate in clusters.candidates if candidate.is_pronoun]:
        best, best_score = None, weights["threshold_person"] if pronoun.sort == "person" else weights["threshold"]
        for antecedent in antecedents(page, clusters, pronoun):
            score = sum(weights[name] * value for name, value in features(clusters, pronoun, antecedent).items())
            if score > best_score:
                best, best_score = antecedent, score
        if best is not None and best.sort != "thing":
            clusters.join(best, pronoun)


def antecedents(page: Page, clusters: Clusters, pronoun: Candidate) -> Iterator[Candidate]:
    """The mention of each fitting cluster that stands nearest before the pronoun, or after it where the pronoun may run ahead."""
    nearest: dict[int, Candidate] = {}
    index = pronoun.sentence.index
    for candidate in clusters.candidates:
        if (
            candidate is pronoun
            or candidate.sentence.index < index - WINDOW
            or (candidate.silent and candidate.title is False)
        ):
            continue
        if candidate.sentence.index > index:
            break
        cluster = clusters.of(candidate)
        stands_before = candidate.order < pronoun.order or (
            id(cluster) not in nearest and may_run_ahead(pronoun, candidate)
        )
        if stands_before and agrees(pronoun, cluster):
            nearest[id(cluster)] = candidate
    for candidate in nearest.values():
        if not is_bound_apart(clusters, pronoun, candidate):
            yield candidate
    if pronoun.sort != "person":
        yield from things(page, clusters, pronoun)


def agrees(pronoun: Candidate, cluster: Cluster) -> bool:
    """Number, gender, and person or not."""
    if cluster.sort == "" or all(member.is_pronoun for member in cluster.members):
        same = cluster.members[0].sort == pronoun.sort and cluster.number == pronoun.number
        return (
            same
            and (not cluster.gender or not pronoun.gender or cluster.gender == pronoun.gender)
            and pronoun.sort == "person"
        )
    if pronoun.sort == "person":
        return (
            cluster.sort == "person"
            and cluster.number != "p"
            and (not cluster.gender or cluster.gender == pronoun.gender)
        )
    if pronoun.number == "s":
        return cluster.sort in ("organization", "place") and cluster.number != "p"
    return cluster.sort in ("group", "organization") or (cluster.sort == "place" and cluster.number == "p")


def may_run_ahead(pronoun: Candidate, candidate: Candidate) -> bool:
    """Whether the pronoun may come before its name: in a phrase or clause before the main subject ("Despite his losses, Ali …")."""
    if candidate.sentence is not pronoun.sentence or candidate.is_pronoun or candidate.head.relation != "nsubj":
        return False
    governor = candidate.sentence.head(candidate.head)
    above = [token.index for token in pronoun.sentence.ancestors(pronoun.head)]
    return (
        governor is not None
        and governor.index in above
        and pronoun.head.deprel not in SUBJECTS.union(("obj",)) | {"conj"}
    )


def is_bound_apart(clusters: Clusters, pronoun: Candidate, candidate: Candidate) -> bool:
    """Whether grammar keeps the two apart: two arguments of one verb, a possessor and its own noun, members of one list."""
    cluster = clusters.of(candidate)
    reflexive = pronoun.words[0] in REFLEXIVES
    for member in cluster.members:
        if member.sentence is pronoun.sentence:
            if _is_inside(pronoun, member):
                return True
            if (
                not reflexive
                and pronoun.head.deprel != "nmod:poss"
                and _are_coarguments(pronoun.sentence, pronoun.head, member.head)
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


def _are_coarguments(sentence: Sentence, one: Token, two: Token) -> bool:
    """Whether two nouns hang from one verb, or from verbs that share their subject."""
    first, second = nouns.first_conjunct(sentence, one), nouns.first_conjunct(sentence, two)
    if first.head == ROOT or second.head == ROOT:
        return False
    arguments = SUBJECTS | OBJECTS | {"obl"}
    if first.head == second.head:
        return first.deprel in arguments and second.deprel in arguments
    for lower, upper in ((first, second), (second, first)):
        verb = sentence.tokens[lower.head]
        if (
            upper.deprel in SUBJECTS
            and lower.deprel not in SUBJECTS
            and lower.deprel in arguments
            and verb.head == upper.head
        ):
            shares = verb.deprel in ("conj", "xcomp") and sentence.child(verb, "nsubj") is None
            if shares:
                return True
    return False


def features(clusters: Clusters, pronoun: Candidate, antecedent: Candidate) -> dict[str, float]:
    """The named features of a pair; each is worth its weight times its value."""
    cluster_size = (
        1 if antecedent.sort == "thing" else sum(1 for m in clusters.of(antecedent).members if m.order < pronoun.order)
    )
    distance = pronoun.sentence.index - antecedent.sentence.index
    part, own_part = part_of(antecedent), part_of(pronoun)
    found = {
        "distance": float(distance),
        f"{part}_antecedent": 1.0,
        f"kind_{antecedent.kind}": 1.0,
        "frequency": log(1 + cluster_size),
    }
    if part == own_part:
        found["parallel"] = 1.0
    if part == own_part == "subject" and distance == 1:
        found["parallel_subject_next"] = 1.0
    if distance == 0:
        found["same_sentence"] = 1.0
        if antecedent.order > pronoun.order:
            found["runs_ahead"] = 1.0
        elif _commands(pronoun.sentence, antecedent.head, pronoun.head):
            found["commands"] = 1.0
            if own_part == "possessor":
                found["commands_possessor"] = 1.0
        elif part == "possessor":
            found["possessor_same_sentence"] = 1.0
        found["words_between"] = min(abs(pronoun.head.index - antecedent.head.index), 30) / 10
        if pronoun.words[0] in REFLEXIVES and _are_coarguments(pronoun.sentence, pronoun.head, antecedent.head):
            found["reflexive"] = 1.0
        if is_speaker_of(pronoun, antecedent):
            found["speaker_of_quote"] = 1.0
    if _is_first(clusters, antecedent):
        found["first_in_sentence"] = 1.0
    if antecedent.sort != "thing":
        cluster = clusters.of(antecedent)
        if pronoun.gender and cluster.gender == pronoun.gender:
            found["gender_known"] = 1.0
        if any(m.sentence.index == pronoun.sentence.index - 1 and part_of(m) == "subject" for m in cluster.members):
            found["topic"] = 1.0
        if cluster.members[0].order[0] < 120:
            found["opens_page"] = 1.0
        if pronoun.number == "p" and cluster.number == "p":
            found["plural"] = 1.0
        if cluster.sort == "organization" and pronoun.number == "p":
            found["body_they"] = 1.0
        if cluster.sort == "place":
            found["place"] = 1.0
    else:
        found["thing"] = 1.0
    return found


def part_of(candidate: Candidate) -> str:
    """subject · object · possessor · modifier · other."""
    relation = nouns.first_conjunct(candidate.sentence, candidate.head).deprel
    if relation in SUBJECTS:
        return "subject"
    if relation in OBJECTS:
        return "object"
    if relation == "nmod:poss":
        return "possessor"
    return "modifier" if relation in ("compound", "amod", "nmod", "appos", "nmod:desc") else "other"


def _commands(sentence: Sentence, upper: Token, lower: Token) -> bool:
    """Whether `upper` is the subject of the clause, or of one above it, that `lower` stands in."""
    if nouns.first_conjunct(sentence, upper).deprel not in SUBJECTS:
        return False
    governor = nouns.first_conjunct(sentence, upper).head
    return any(token.index == governor for token in sentence.ancestors(lower))


def is_speaker_of(pronoun: Candidate, antecedent: Candidate) -> bool:
    """Whether the pronoun stands in a quotation and the other outside it, as subject of the verb the quotation hangs from."""
    sentence = pronoun.sentence
    return antecedent.head.deprel in SUBJECTS and _quote_depth(sentence, pronoun.head) != _quote_depth(
        sentence, antecedent.head
    )


def _quote_depth(sentence: Sentence, token: Token) -> int:
    depth = straight = 0
    for other in sentence.tokens[: token.index]:
        depth += QUOTES.get(other.text, 0)
        straight ^= other.text in ('"', "''", "``")
    return max(depth, 0) or straight


def _is_first(clusters: Clusters, candidate: Candidate) -> bool:
    """Whether no noun subject or object stands before it in its sentence."""
    return not any(
        token.upos in ("NOUN", "PROPN", "PRON")
        for token in candidate.sentence.tokens[: max(0, candidate.head.index - 3)]
    )


def things(page: Page, clusters: Clusters, pronoun: Candidate) -> Iterator[Candidate]:
    """Noun phrases near by that are no actors: "it" may speak of them, and then of no actor."""
    taken = {
        (c.sentence.index, c.head.index) for c in clusters.candidates if pronoun.sentence.index - c.sentence.index <= 1
    }
    for index in (pronoun.sentence.index - 1, pronoun.sentence.index):
        if index < 0:
            continue
        sentence = page.parse.sentences[index]
        for token in sentence.tokens:
            if token.upos not in ("NOUN", "PROPN") or token.relation not in ("nsubj", "obj", "obl", "nmod", "conj"):
                continue
            if (index, token.index) in taken or token.start >= pronoun.span.start:
                continue
            plural = token.feats.get("Number") == "Plur"
            if plural == (pronoun.number == "p"):
                yield Candidate(
                    span=token.span,
                    kind="nominal",
                    sentence=sentence,
                    head=token,
                    words=(token.text.lower(),),
                    sort="thing",
                    number=pronoun.number,
                )
