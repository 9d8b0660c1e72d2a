"""What a pronoun and a possible antecedent are to each other: the named features that `pronouns.py` weighs."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from tacitus.actors import nouns
from tacitus.actors.candidates import Candidate
from tacitus.actors.clusters import Cluster, Clusters
from tacitus.language.document import ROOT, Sentence, Token

REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves", "themself"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj"})
ARGUMENTS = SUBJECTS | OBJECTS | {"obl", "obl:agent"}
PARTS = ("subject", "object", "oblique", "possessor", "noun")
DISTANCES = ("distance_0", "distance_1", "distance_2", "distance_far")
VIA = ("via_ccomp", "via_xcomp", "via_advcl", "via_conj", "via_argument", "via_other")
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "conj"})
QUOTES = {"“": 1, "”": -1}
OPENING = 120  # letters of a page that count as its opening

FEATURES = (
    "threshold", "threshold_person", *DISTANCES, *(f"{own}_to_{part}" for own in PARTS for part in PARTS), "nearest_subject",
    "kind_name", "kind_nominal", "kind_pronoun", "indefinite", "nameless", "frequency", "names", "rivals_between",
    "words_between", "runs_ahead", *VIA, "cut_off", "in_relative", "tree_distance", "main_to_main", "reflexive",
    "speaker_of_quote", "bracketed", "in_list", "first_in_sentence", "main_subject", "gender_known", "topic", "opens_page",
    "body_they", "place", "thing",
)  # fmt: skip
"""All features; each has a weight in `data/actors/pronouns.toml`. The thresholds are what nobody scores."""


def features(clusters: Clusters, pronoun: Candidate, antecedent: Candidate) -> Iterator[tuple[str, float]]:
    """The features of a pair that are not zero, with their values."""
    distance = pronoun.sentence.index - antecedent.sentence.index
    part = part_of(antecedent)
    yield DISTANCES[min(distance, 3)], 1.0
    if part == "subject" and _is_nearest_subject(clusters, pronoun, antecedent):
        yield "nearest_subject", 1.0
    yield f"{part_of(pronoun)}_to_{part}", 1.0
    yield f"kind_{antecedent.kind}", 1.0
    if antecedent.definite == "indefinite":
        yield "indefinite", 1.0
    yield from _places(pronoun, antecedent)
    if distance and _is_main_subject(pronoun) and _is_main_subject(antecedent):
        yield "main_to_main", 1.0
    if distance == 0:
        yield from _within_sentence(pronoun, antecedent)
    if antecedent.sort == "thing":
        yield "thing", 1.0
    else:
        yield from _of_cluster(clusters, pronoun, antecedent)


def _places(pronoun: Candidate, antecedent: Candidate) -> Iterator[tuple[str, float]]:
    """Where the antecedent stands in its own sentence."""
    sentence, head = antecedent.sentence, antecedent.head
    if not any(token.upos in ("NOUN", "PROPN", "PRON") for token in sentence.tokens[: max(0, head.index - 3)]):
        yield "first_in_sentence", 1.0
    if _is_main_subject(antecedent):
        yield "main_subject", 1.0
    if head.relation == "conj":
        yield "in_list", 1.0
    before = sentence.tokens[: head.index]
    if sum((token.text == "(") - (token.text == ")") for token in before) > 0:
        yield "bracketed", 1.0


def _within_sentence(pronoun: Candidate, antecedent: Candidate) -> Iterator[tuple[str, float]]:
    sentence = pronoun.sentence
    yield "words_between", min(abs(pronoun.head.index - antecedent.head.index), 30) / 10
    if antecedent.span > pronoun.span:
        yield "runs_ahead", 1.0
    else:
        yield from _command(sentence, antecedent.head, pronoun.head)
    yield "tree_distance", min(_tree_distance(sentence, antecedent.head, pronoun.head), 10) / 5
    if any(
        token.deprel == "acl:relcl" and token.head == antecedent.head.index
        for token in sentence.ancestors(pronoun.head)
    ):
        yield "in_relative", 1.0
    if pronoun.words[0] in REFLEXIVES and are_coarguments(sentence, pronoun.head, antecedent.head):
        yield "reflexive", 1.0
    if antecedent.head.deprel in SUBJECTS and _quote_depth(sentence, pronoun.head) != _quote_depth(
        sentence, antecedent.head
    ):
        yield "speaker_of_quote", 1.0


def _of_cluster(clusters: Clusters, pronoun: Candidate, antecedent: Candidate) -> Iterator[tuple[str, float]]:
    """What the page says of the antecedent's entity so far."""
    cluster = clusters.of(antecedent)
    yield "frequency", log(1 + sum(member.span < pronoun.span for member in cluster.members))
    yield "names", log(1 + len(cluster.names))
    if all(member.is_pronoun for member in cluster.members):
        yield "nameless", 1.0
    yield "rivals_between", float(min(_rivals(clusters, pronoun, antecedent), 4))
    if pronoun.gender and cluster.gender == pronoun.gender:
        yield "gender_known", 1.0
    last = pronoun.sentence.index - 1
    if any(member.sentence.index == last and part_of(member) == "subject" for member in cluster.members):
        yield "topic", 1.0
    if cluster.members[0].span.start < OPENING:
        yield "opens_page", 1.0
    if cluster.sort == "organization" and pronoun.number == "p":
        yield "body_they", 1.0
    if cluster.sort == "place":
        yield "place", 1.0


def _rivals(clusters: Clusters, pronoun: Candidate, antecedent: Candidate) -> int:
    """How many other entities of the same sort, and of a gender that fits, stand between the two."""
    found: set[int] = set()
    own = clusters.of(antecedent)
    for candidate in clusters.between(antecedent.sentence.index, pronoun.sentence.index):
        if antecedent.span < candidate.span < pronoun.span and not candidate.silent:
            cluster = clusters.of(candidate)
            if cluster is not own and _fits(pronoun, cluster):
                found.add(id(cluster))
    return len(found)


def _is_nearest_subject(clusters: Clusters, pronoun: Candidate, antecedent: Candidate) -> bool:
    """Whether no other subject that fits stands between."""
    own = None if antecedent.sort == "thing" else clusters.of(antecedent)
    for candidate in clusters.between(antecedent.sentence.index, pronoun.sentence.index):
        if antecedent.span < candidate.span < pronoun.span and candidate.head.deprel in SUBJECTS:
            cluster = clusters.of(candidate)
            if cluster is not own and _fits(pronoun, cluster):
                return False
    return True


def _fits(pronoun: Candidate, cluster: Cluster) -> bool:
    if pronoun.sort == "person":
        return cluster.sort == "person" and cluster.gender in ("", pronoun.gender)
    return cluster.sort != "person" and cluster.number == pronoun.number


def part_of(candidate: Candidate) -> str:
    """subject · object · oblique · possessor · noun (part of another noun phrase, or anything else)."""
    relation = nouns.first_conjunct(candidate.sentence, candidate.head).deprel
    if relation in SUBJECTS:
        return "subject"
    if relation in OBJECTS:
        return "object"
    if relation == "nmod:poss":
        return "possessor"
    return "oblique" if relation.startswith("obl") else "noun"


def are_coarguments(sentence: Sentence, one: Token, two: Token) -> bool:
    """Whether two nouns hang from one verb, or from verbs that share their subject."""
    first, second = nouns.first_conjunct(sentence, one), nouns.first_conjunct(sentence, two)
    if first.head == ROOT or second.head == ROOT:
        return False
    if first.head == second.head:
        return first.deprel in ARGUMENTS and second.deprel in ARGUMENTS
    return _shares_subject(sentence, first, second) or _shares_subject(sentence, second, first)


def _shares_subject(sentence: Sentence, lower: Token, upper: Token) -> bool:
    """Whether `upper` is the unspoken subject of the verb `lower` hangs from."""
    verb = sentence.tokens[lower.head]
    if (
        upper.deprel not in SUBJECTS
        or lower.deprel in SUBJECTS
        or lower.deprel not in ARGUMENTS
        or verb.head != upper.head
    ):
        return False
    return verb.deprel in ("conj", "xcomp") and sentence.child(verb, "nsubj") is None


def _command(sentence: Sentence, upper: Token, lower: Token) -> Iterator[tuple[str, float]]:
    """Where `upper` is the subject of the clause, or of one above it, that `lower` stands in: by what kind of clause, and whether another
    subject stands between."""
    subject = nouns.first_conjunct(sentence, upper)
    if subject.deprel not in SUBJECTS:
        return
    path = [lower]
    for token in sentence.ancestors(lower):
        if token.index == subject.head:
            relation = path[-1].relation
            yield (
                f"via_{relation}"
                if relation in CLAUSES
                else "via_other"
                if relation in ("acl", "parataxis")
                else "via_argument",
                1.0,
            )
            if any(
                child.deprel in SUBJECTS and child is not lower
                for node in path[1:]
                for child in sentence.children(node)
            ):
                yield "cut_off", 1.0
            return
        path.append(token)


def _is_main_subject(candidate: Candidate) -> bool:
    head = candidate.head
    return head.deprel in SUBJECTS and head.head != ROOT and candidate.sentence.tokens[head.head].head == ROOT


def _tree_distance(sentence: Sentence, one: Token, two: Token) -> int:
    """Steps between two words in the tree."""
    above = {token.index: steps for steps, token in enumerate((one, *sentence.ancestors(one)))}
    for steps, token in enumerate((two, *sentence.ancestors(two))):
        if token.index in above:
            return steps + above[token.index]
    return len(sentence.tokens)


def _quote_depth(sentence: Sentence, token: Token) -> int:
    depth = straight = 0
    for other in sentence.tokens[: token.index]:
        depth += QUOTES.get(other.text, 0)
        straight ^= other.text in ('"', "''", "``")
    return max(depth, 0) or straight
