"""CoNLL F1 of coreference: the mean of MUC, B³ and CEAF-e, over the people and organizations of a set of documents.

    python -m benchmarks.coreference [../shared/data/coref/dev.jsonl] [--json]

The gold is GUM's, without its predicates and discourse links, and without "I", "we" and "you", of whom a page of news says nothing. A
mention is known by its head word. Entities mentioned once are no part of CoNLL F1. What the coder takes for an actor and GUM for a place, a
thing or an event is left out on both sides. `names` scores only the mentions headed by a proper noun; `pronouns` tells how many of he, she,
it and they are joined to a mention, other than a pronoun, of their own entity.

Three coders are measured: `rules`, which joins no pronoun; `nearest`, which takes the nearest antecedent that agrees, subjects first; and
`fitted`, the shipped one with the weights of `data/actors/pronouns.toml`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.assignment import best_assignment
from tacitus.actors import Knowledge
from tacitus.actors.candidates import Page
from tacitus.actors.compiled import read_index
from tacitus.actors.coreference import join
from tacitus.actors.mentions import PRONOUNS, find_mentions
from tacitus.actors.pairs import FEATURES
from tacitus.language.document import Parse
from tacitus.resources import data_path

DEV = Path(__file__).resolve().parents[2] / "shared" / "data" / "coref" / "dev.jsonl"
ACTING = ("person", "organization")
NO_MENTION = ("pred", "disc")
SPEAKERS = {
    "i",
    "me",
    "my",
    "mine",
    "myself",
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
}
NEVER = {"threshold": 1e9, "threshold_person": 1e9}
NEAREST = {
    "distance_0": 4.0,
    "distance_1": 3.0,
    "distance_2": 2.0,
    "distance_far": 1.0,
    "nearest_subject": 0.5,
    "words_between": -0.1,
    "thing": -9.0,
}

Partition = Sequence[frozenset[int]]
"""Entities as sets of mentions; a mention is the offset of its head word."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text, the heads of its acting entities, and those of all others."""

    text: str
    entities: Partition
    others: frozenset[int]


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a file in the shape of `shared/data/coref`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield _document(json.loads(line))


def _document(plain: Mapping[str, Any]) -> Document:
    text = ""
    starts: list[list[int]] = []
    for words, spaces in zip(plain["sentences"], plain["space_after"], strict=True):
        starts.append([])
        text += " " if text and not text.endswith(" ") else ""
        for word, space in zip(words, spaces, strict=True):
            starts[-1].append(len(text))
            text += word + " " * space
    widths: dict[int, int] = {}
    entities: list[set[int]] = []
    others: set[int] = set()
    rows = zip(plain["clusters"], plain["cluster_types"], plain["mention_links"], plain["mention_heads"], strict=True)
    for mentions, type_, links, heads in rows:
        found = set()
        for (sentence, first, past), link, head in zip(mentions, links, heads, strict=True):
            place = starts[sentence][head]
            if link in NO_MENTION or plain["sentences"][sentence][head].lower() in SPEAKERS:
                others.add(place)
            elif past - first < widths.get(place, past - first + 1):  # "Ann" before "Ann and Bob", who share a head
                widths[place] = past - first
                for entity in entities:
                    entity.discard(place)
                found.add(place)
        (entities.append(found) if type_ in ACTING else others.update(found))
    others |= {
        place
        for sentence, first, past, type_, _ in plain["singletons"]
        if type_ not in ACTING
        for place in starts[sentence][first:past]
    }
    kept = tuple(frozenset(entity) for entity in entities if len(entity) > 1)
    return Document(text=text, entities=kept, others=frozenset(others) - frozenset().union(*kept))


def respond(parse: Parse, knowledge: Knowledge) -> Partition:
    """The coder's entities with two mentions or more."""
    page = Page.of(parse, on=None, knowledge=knowledge)
    shown = [
        {member.head.start for member in cluster.members if not member.silent}
        for cluster in join(page, find_mentions(page))
    ]
    return [frozenset(heads) for heads in shown if len(heads) > 1]


def only(partition: Partition, keep: Callable[[int], bool]) -> Partition:
    """The partition over some mentions; what is left single is dropped."""
    kept = (frozenset(filter(keep, entity)) for entity in partition)
    return [entity for entity in kept if len(entity) > 1]


@dataclass
class Counts:
    """Numerators and denominators of precision and recall, summed over documents."""

    hit_p: float = 0.0
    all_p: float = 0.0
    hit_r: float = 0.0
    all_r: float = 0.0

    def add(self, hit_p: float, all_p: float, hit_r: float, all_r: float) -> None:
        self.hit_p, self.all_p = self.hit_p + hit_p, self.all_p + all_p
        self.hit_r, self.all_r = self.hit_r + hit_r, self.all_r + all_r

    @property
    def precision(self) -> float:
        return self.hit_p / self.all_p if self.all_p else 0.0

    @property
    def recall(self) -> float:
        return self.hit_r / self.all_r if self.all_r else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def muc(key: Partition, response: Partition) -> tuple[float, float, float, float]:
    """Links (Vilain and others 1995)."""
    return *_links(response, key), *_links(key, response)


def _links(one: Partition, other: Partition) -> tuple[float, float]:
    place = {mention: n for n, entity in enumerate(other) for mention in entity}
    hit = sum(len(entity) - len({place.get(mention, -1 - mention) for mention in entity}) for entity in one)
    return hit, sum(len(entity) - 1 for entity in one)


def b_cubed(key: Partition, response: Partition) -> tuple[float, float, float, float]:
    """Mentions (Bagga and Baldwin 1998)."""
    return *_overlaps(response, key), *_overlaps(key, response)


def _overlaps(one: Partition, other: Partition) -> tuple[float, float]:
    hit = sum(len(entity & partner) ** 2 / len(entity) for entity in one for partner in other)
    return hit, sum(map(len, one))


def ceaf_e(key: Partition, response: Partition) -> tuple[float, float, float, float]:
    """Entities, each aligned to one at most (Luo 2005, phi 4)."""
    likeness = [[2 * len(one & other) / (len(one) + len(other)) for other in response] for one in key]
    pairs = best_assignment(likeness)
    hit = sum(likeness[row][column] for row, column in pairs)
    return hit, len(response), hit, len(key)


METRICS = {"MUC": muc, "B3": b_cubed, "CEAF-e": ceaf_e}


def conll(pairs: Iterable[tuple[Partition, Partition]]) -> dict[str, float]:
    """F1 of each metric over the documents' (key, response), and their mean."""
    counts = {name: Counts() for name in METRICS}
    for key, response in pairs:
        for name, metric in METRICS.items():
            counts[name].add(*metric(key, response))
    scores = {name: count.f1 for name, count in counts.items()}
    return {**scores, "CoNLL": sum(scores.values()) / len(scores)}


def pronoun_counts(key: Partition, response: Partition, pronouns: frozenset[int]) -> Counts:
    """Each pronoun that is joined to a mention proper, and whether one of its own entity is among them."""
    own = {mention: entity - pronouns for entity in key for mention in entity & pronouns}
    given = {mention: entity - pronouns for entity in response for mention in entity & pronouns}
    wanted = {mention: proper for mention, proper in own.items() if proper}
    joined = {mention: proper for mention, proper in given.items() if proper}
    hit = sum(bool(proper & joined.get(mention, frozenset())) for mention, proper in wanted.items())
    return Counts(hit, len(joined), hit, len(wanted))


def score(documents: Sequence[Document], parses: Sequence[Parse], knowledge: Knowledge) -> dict[str, dict[str, float]]:
    """All figures of one coder."""
    everything, names, pronouns = [], [], Counts()
    for document, parse in zip(documents, parses, strict=True):
        tokens = {token.start: token for sentence in parse.sentences for token in sentence.tokens}
        proper = {start for start, token in tokens.items() if token.upos == "PROPN"}
        third = frozenset(start for start, token in tokens.items() if token.text.lower() in PRONOUNS)
        response = only(respond(parse, knowledge), lambda place, others=document.others: place not in others)  # type: ignore[misc]
        everything.append((document.entities, response))
        names.append((only(document.entities, proper.__contains__), only(response, proper.__contains__)))
        found = pronoun_counts(document.entities, response, third)
        pronouns.add(found.hit_p, found.all_p, found.hit_r, found.all_r)
    told = {"precision": pronouns.precision, "recall": pronouns.recall, "F1": pronouns.f1}
    return {"all": conll(everything), "names": conll(names), "pronouns": told}


def coders() -> dict[str, Knowledge]:
    """The shipped coder, and what it is compared with: the same with other weights of pronouns."""
    facts = read_index(data_path("actors"))
    zero = dict.fromkeys(FEATURES, 0.0)
    weights = {"rules": zero | NEVER, "nearest": zero | NEAREST, "fitted": facts.pronoun_weights}
    return {name: Knowledge(replace(facts, pronoun_weights=chosen)) for name, chosen in weights.items()}


def main() -> None:
    """Parse the documents once, score the three coders."""
    from tacitus.language import LanguageModel

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="?", default=DEV)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    documents = list(read_documents(arguments.documents))
    parses = LanguageModel.load().parse([document.text for document in documents])
    scores = {name: score(documents, parses, knowledge) for name, knowledge in coders().items()}
    if arguments.json:
        print(json.dumps(scores, indent=1))
        return
    for name, parts in scores.items():
        for part, figures in parts.items():
            print(f"{name:8} {part:9}" + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
