"""Scores the coder on our own annotated corpus: the entries kept from training, and the plain sentences in which nothing happens.

    python -m benchmarks.corpus [--errors FILE]

An event is found when type and trigger words meet an annotated one; it is right when every annotated party is met and no side has
a party where the annotation has none. Articles are coded whole.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.events.corpus import Event as Gold
from training.events.corpus import Reference, Sentence, read_articles, read_sentences
from training.events.examples import is_kept

from tacitus import Coder
from tacitus.records import Event, Participant, Record

GAP = " "


class Text:
    """Sentences joined to one text, with the place where each begins."""

    def __init__(self, identifier: str, sentences: Sequence[Sentence], published: str | None) -> None:
        self.id, self.sentences, self.published = identifier, sentences, published
        self.starts: list[int] = []
        self.text = ""
        for sentence in sentences:
            gap = "\n\n" if sentence.opens_paragraph else GAP
            self.text += gap if self.text else ""
            self.starts.append(len(self.text))
            self.text += sentence.text

    def spans(self, reference: Reference) -> list[tuple[int, int]]:
        offset = self.starts[reference.sentence]
        return [(start + offset, end + offset) for start, end in reference.spans]


def texts() -> Iterator[Text]:
    """What is kept from training."""
    for sentence in read_sentences():
        if is_kept(sentence.id):
            yield Text(sentence.id, [sentence], None)
    for article in read_articles():
        if is_kept(article.id):
            yield Text(article.id, article.sentences, article.published)


def _meets(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < b and a < end for a, b in spans)


def _side_is_right(text: Text, gold: Sequence[Reference], found: Sequence[Participant]) -> bool:
    wanted = [text.spans(reference) for reference in gold]
    if not wanted:
        return not found
    return all(any(_meets(spans, p.start, p.end) for p in found) for spans in wanted)


def compare(text: Text, record: Record, counts: Counter[str], errors: list[dict[str, Any]]) -> None:
    """Adds the text's events to the counts; what was missed, wrong or too much goes to `errors`."""
    found = list(record.events)
    for sentence in text.sentences:
        for gold in sentence.events:
            counts["gold"] += 1
            spans = text.spans(gold.trigger)
            met = [event for event in found if _meets(spans, event.trigger.start, event.trigger.end)]
            same = next((event for event in met if event.type == gold.type), None)
            counts["trigger"] += bool(met)
            if same is None:
                errors.append(_error(text, gold, met[0] if met else None, "missed"))
                continue
            found.remove(same)
            counts["found"] += 1
            right = _side_is_right(text, gold.actors, same.actors) and _side_is_right(
                text, gold.recipients, same.recipients
            )
            counts["right"] += right
            counts["status"] += gold.status == same.status
            counts["not_actual"] += gold.status != "actual"
            counts["told_as_actual"] += gold.status in ("negated", "future", "hypothetical") and same.status == "actual"
            counts["voice"] += gold.is_claimed == (same.claim is not None)
            if not right or gold.status != same.status:
                errors.append(_error(text, gold, same, "parties" if not right else "status"))
    counts["extra"] += len(found)
    errors.extend(_error(text, None, event, "extra") for event in found)


def _error(text: Text, gold: Gold | None, found: Event | None, kind: str) -> dict[str, Any]:
    def words(reference: Reference) -> str:
        return " … ".join(text.text[start:end] for start, end in text.spans(reference))

    row: dict[str, Any] = {"kind": kind, "id": text.id, "text": text.text[:400]}
    if gold is not None:
        sides = [[words(reference) for reference in side] for side in (gold.actors, gold.recipients)]
        row["gold"] = [words(gold.trigger), gold.type, gold.status, *sides]
    if found is not None:
        sides = [[text.text[p.start : p.end] for p in side] for side in (found.actors, found.recipients)]
        row["found"] = [
            text.text[found.trigger.start : found.trigger.end],
            found.type,
            found.status,
            *sides,
            found.confidence,
        ]
    return row


def scores(counts: Counter[str]) -> dict[str, float | int]:
    """Shares of 1."""
    found = counts["found"] + counts["extra"]

    def f1(right: int) -> float:
        return round(2 * right / max(1, counts["gold"] + found), 3)

    return {
        "events": counts["gold"],
        "trigger_recall": round(counts["trigger"] / max(1, counts["gold"]), 3),
        "type_precision": round(counts["found"] / max(1, found), 3),
        "type_recall": round(counts["found"] / max(1, counts["gold"]), 3),
        "type_f1": f1(counts["found"]),
        "whole_f1": f1(counts["right"]),
        "status": round(counts["status"] / max(1, counts["found"]), 3),
        "told_as_actual": round(counts["told_as_actual"] / max(1, counts["not_actual"]), 3),
        "voice": round(counts["voice"] / max(1, counts["found"]), 3),
    }


def alarms(coder: Coder, sentences: Sequence[Sentence]) -> float:
    """Share of sentences without an event in which an actual one is coded."""
    documents = [{"id": sentence.id, "text": sentence.text} for sentence in sentences]
    hits = [record.id for record in coder.stream(documents) if any(event.status == "actual" for event in record.events)]
    return round(len(hits) / max(1, len(documents)), 4)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=Path, help="write what is not right here, as JSON Lines")
    options = parser.parse_args(arguments)
    coder, kept = Coder(), list(texts())
    documents = [{"id": text.id, "text": text.text, "published": text.published} for text in kept]
    counts: Counter[str] = Counter()
    errors: list[dict[str, Any]] = []
    for text, record in zip(kept, coder.stream(documents), strict=True):
        compare(text, record, counts, errors)
    negatives = [sentence for sentence in read_sentences() if is_kept(sentence.id) and not sentence.events]
    plain = list(read_sentences(kind="plain"))
    result = scores(counts) | {
        "hard_negatives": len(negatives),
        "alarms_hard": alarms(coder, negatives),
        "plain": len(plain),
        "alarms_plain": alarms(coder, plain),
    }
    json.dump(result, sys.stdout, indent=1)
    print()
    if options.errors:
        options.errors.write_text(
            "".join(json.dumps(error, ensure_ascii=False) + "\n" for error in errors), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
