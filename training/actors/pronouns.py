"""Fit the weights that choose a pronoun's antecedent, on GUM's gold trees and coreference.

    python -m training.actors.pronouns DATA --gap gap-development.jsonl --out src/tacitus/data/actors/pronouns.toml

Each pronoun of a document is one choice among the antecedents that `tacitus.actors.pronouns` would weigh, and nobody; the
weights are those of the multinomial logit that makes the right choices most probable, held near zero by a small ridge. A
choice is right when the antecedent's head is the head of a mention in the pronoun's gold cluster. Earlier pronouns are
joined as the gold has it. GAP adds choices between people.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tacitus.actors import Knowledge
from tacitus.actors.candidates import Candidate, Page
from tacitus.actors.clusters import Clusters
from tacitus.actors.coreference import join_names
from tacitus.actors.mentions import find_mentions
from tacitus.actors.pairs import FEATURES, features
from tacitus.actors.pronouns import antecedents, link_pronoun
from tacitus.language import LanguageModel
from tacitus.language.conllu import read_conllu
from tacitus.language.document import NamedEntity, Parse

LABELS = {"PER": "person", "LOC": "place", "ORG": "organization"}
STEPS = 1500
RATE = 0.05
RIDGE = 0.001
HEADER = """# Weights of the features that choose a pronoun's antecedent (actors/pronouns.py).
# Fitted by training/actors/pronouns.py on the gold trees and coreference of GUM V11's train part; see SOURCES.md.
"""

Heads = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Choice:
    """One pronoun: the features of its antecedents (rows), which are right, which are known to be wrong, whether it speaks of a person.

    With none right and none known to be wrong, nobody is right; with none right and some known to be wrong, any other may be.
    """

    rows: np.ndarray
    right: np.ndarray
    wrong: np.ndarray
    person: bool


def read_documents(folder: Path, part: str) -> Iterator[tuple[Parse, list[Heads]]]:
    """Parses of the documents that have coreference, each with its entities' mention heads as (sentence, token)."""
    gold = {}
    for line in (folder / "coref" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        gold[_key(document["sentences"])] = document
    names = _read_names(folder / "ner" / f"gum_{part}.iob2")
    for parse in read_conllu(folder / "ud" / f"en_{part}.conllu"):
        words = [[token.text for token in sentence.tokens] for sentence in parse.sentences]
        document = gold.get(_key(words))
        if document is not None:
            entities = [
                entity
                for n, sentence in enumerate(words)
                for entity in _entities(parse, n, names.get(tuple(sentence), []))
            ]
            yield (
                Parse(parse.text, parse.sentences, entities),
                [_heads(document, n) for n in range(len(document["clusters"]))],
            )


def _key(sentences: list[list[str]]) -> tuple[str, ...]:
    return tuple(" ".join(sentence) for sentence in sentences[:4])


def _heads(document: dict[str, list[list[list[int]]]], cluster: int) -> Heads:
    mentions, heads = document["clusters"][cluster], document["mention_heads"][cluster]
    return frozenset((mention[0], head) for mention, head in zip(mentions, heads, strict=True))


def _read_names(path: Path) -> dict[tuple[str, ...], list[str]]:
    """Tags of each sentence, by its words."""
    names = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        names[tuple(row[1] for row in rows)] = [row[2] for row in rows]
    return names


def _entities(parse: Parse, index: int, tags: list[str]) -> Iterator[NamedEntity]:
    tokens, start = parse.sentences[index].tokens, 0
    while start < len(tags):
        end = start + 1
        if tags[start].startswith("B-"):
            while end < len(tags) and tags[end] == "I" + tags[start][1:]:
                end += 1
            label = LABELS.get(tags[start][2:])
            if label is not None:
                yield NamedEntity(tokens[start].start, tokens[end - 1].end, label, index)
        start = end


def choices(parse: Parse, entities: list[Heads], knowledge: Knowledge) -> Iterator[Choice]:
    """The choices of one document, from the left."""
    page = Page.of(parse, on=None, knowledge=knowledge)
    clusters = Clusters(find_mentions(page))
    join_names(clusters)
    gold = {head: number for number, heads in enumerate(entities) for head in heads}
    for pronoun in clusters.pronouns:
        entity = gold.get(_head(pronoun))
        rows, right, found = [], [], None
        for antecedent in antecedents(page, clusters, pronoun):
            rows.append(_row(clusters, pronoun, antecedent))
            members = [antecedent] if antecedent.sort == "thing" else clusters.of(antecedent).members
            right.append(entity is not None and any(gold.get(_head(member)) == entity for member in members))
            found = antecedent if right[-1] and antecedent.sort != "thing" else found
        if rows:
            yield Choice(np.array(rows), np.array(right), np.zeros(len(rows), bool), pronoun.sort == "person")
        if found is not None:
            clusters.join(found, pronoun)


def read_gap(path: Path, knowledge: Knowledge) -> Iterator[Choice]:
    """The choices of GAP's examples, parsed by the shipped model."""
    examples = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    parses = LanguageModel.load().parse([example["text"] for example in examples])
    for parse, example in zip(parses, examples, strict=True):
        yield from gap_choices(parse, example, knowledge)


def _row(clusters: Clusters, pronoun: Candidate, antecedent: Candidate) -> list[float]:
    values = dict(features(clusters, pronoun, antecedent))
    return [values.get(name, 0.0) for name in FEATURES]


def gap_choices(parse: Parse, example: dict[str, dict[str, int]], knowledge: Knowledge) -> Iterator[Choice]:
    """The one choice of a GAP example. Earlier pronouns are joined by the weights there are; of third parties GAP says nothing."""
    page = Page.of(parse, on=None, knowledge=knowledge)
    clusters = Clusters(find_mentions(page))
    join_names(clusters)
    for pronoun in clusters.pronouns:
        if pronoun.span.start == example["pronoun"]["start"]:
            rows, right, wrong = [], [], []
            for antecedent in antecedents(page, clusters, pronoun):
                members = clusters.of(antecedent).members
                verdicts = [
                    example[name]["coref"] for name in "ab" if any(_is_on(member, example[name]) for member in members)
                ]
                rows.append(_row(clusters, pronoun, antecedent))
                right.append(any(verdicts))
                wrong.append(bool(verdicts) and not any(verdicts))
            if rows and (any(right) or any(wrong)):
                yield Choice(np.array(rows), np.array(right), np.array(wrong), True)
            return
        link_pronoun(page, clusters, pronoun)


def _is_on(member: Candidate, name: dict[str, int]) -> bool:
    return member.span.end == name["end"] or (member.span.start == name["start"] and member.span.end > name["start"])


def _head(candidate: Candidate) -> tuple[int, int]:
    return candidate.sentence.index, candidate.head.index


def fit(found: list[Choice]) -> np.ndarray:
    """The weights, by gradient ascent (Adam) over all choices at once."""
    rows, right, starts = _stacked(found)
    sizes = np.diff(np.append(starts, len(rows)))
    weights = np.zeros(len(FEATURES))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        chance = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chance /= np.repeat(np.add.reduceat(chance, starts), sizes)
        wanted = chance * right
        wanted /= np.repeat(np.add.reduceat(wanted, starts), sizes) + 1e-12
        gradient = (wanted - chance) @ rows / len(found) - RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        weights += RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def _stacked(found: list[Choice]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows of all choices, each choice ended by nobody's; which rows may be right; where each choice begins."""
    rows, right, starts, start = [], [], [], 0
    for choice in found:
        nobody = np.zeros(len(FEATURES))
        nobody[FEATURES.index("threshold_person" if choice.person else "threshold")] = 1.0
        rows.append(np.vstack([choice.rows, nobody]))
        right.append(
            np.append(choice.right, False)
            if choice.right.any()
            else np.append(~choice.wrong & choice.wrong.any(), True)
        )
        starts.append(start)
        start += len(choice.rows) + 1
    return np.vstack(rows), np.concatenate(right), np.array(starts)


def accuracy(found: list[Choice], weights: np.ndarray, *, person: bool) -> float:
    """The share of choices made right, "nobody" among them; a choice nothing is known of is not counted right."""
    name = "threshold_person" if person else "threshold"
    bar = weights[FEATURES.index(name)]
    chosen = [choice for choice in found if choice.person == person]
    right = 0
    for choice in chosen:
        scores = choice.rows @ weights
        best = int(scores.argmax())
        right += bool(choice.right[best]) if scores[best] > bar else not choice.right.any()
    return right / max(len(chosen), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--gap", type=Path, help="GAP's development part as JSON Lines")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    knowledge = Knowledge.load()
    parts: dict[str, list[Choice]] = {
        part: [
            choice
            for parse, entities in read_documents(arguments.data, part)
            for choice in choices(parse, entities, knowledge)
        ]
        for part in ("train", "dev")
    }
    if arguments.gap:
        parts["gap"] = list(read_gap(arguments.gap, knowledge))
    weights = fit([*parts["train"], *parts.get("gap", [])])
    for part, found in parts.items():
        people, others = accuracy(found, weights, person=True), accuracy(found, weights, person=False)
        print(f"{part}: {len(found)} pronouns; he and she {people:.3f}, it and they {others:.3f}")
    lines = [f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, weights, strict=True)]
    if arguments.out:
        arguments.out.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
