"""Scores the coder on what we annotated with events: the entries kept from training, and the plain sentences in which nothing happens.

    python -m benchmarks.corpus [--gold ../shared/gold] [--ablation] [--errors FILE]

An event is found when type and trigger words meet an annotated one; it is right when every annotated party is met and no side has
a party where the annotation has none. Articles are coded whole.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.events.corpus import Event as Gold
from training.events.corpus import Reference, Sentence, read_articles, read_sentences
from training.events.examples import is_kept
from training.events.standoff import read_standoff

from benchmarks.rooms import Rooms, Scene, code
from tacitus.events import EventLexicon
from tacitus.records import Article, Event, Participant, Record

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


def corpus_texts() -> Iterator[Text]:
    """What of our own corpus is kept from training."""
    for sentence in read_sentences():
        if is_kept(sentence.id):
            yield Text(sentence.id, [sentence], None)
    for article in read_articles():
        if is_kept(article.id):
            yield Text(article.id, article.sentences, article.published)


def news_texts(gold: Path) -> Iterator[Text]:
    """What of the annotated news sentences is kept from training."""
    for sentence in read_standoff(gold):
        if is_kept(sentence.id):
            yield Text(sentence.id, [sentence], None)


def plain_texts() -> Iterator[Text]:
    """Everyday sport, business and culture, in which nothing is to be coded: written by another hand than what is learnt from."""
    for sentence in read_sentences(kind="unseen-plain"):
        yield Text(sentence.id, [sentence], None)


def with_scenes(rooms: Rooms, texts: Sequence[Text]) -> Iterator[tuple[Text, Scene]]:
    articles = (Article(id=text.id, text=text.text, published=text.published) for text in texts)
    yield from zip(texts, rooms.read(articles), strict=True)


def judged(text: Text, record: Record) -> list[bool]:
    """Per event of the record, whether it is an annotated one with all its parties; an annotated one counts once."""
    left = [gold for sentence in text.sentences for gold in sentence.events]
    verdicts = []
    for event in record.events:
        gold = next((gold for gold in left if _is_found(text, gold, event)), None)
        if gold is not None:
            left.remove(gold)
        verdicts.append(gold is not None and _is_right(text, gold, event))
    return verdicts


def _is_found(text: Text, gold: Gold, event: Event) -> bool:
    return gold.type == event.type and meets(text.spans(gold.trigger), event.trigger.start, event.trigger.end)


def _is_right(text: Text, gold: Gold, event: Event) -> bool:
    actors = _side_is_right(text, gold.actors, event.actors)
    return actors and _side_is_right(text, gold.recipients, event.recipients)


def meets(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < b and a < end for a, b in spans)


def _side_is_right(text: Text, gold: Sequence[Reference], found: Sequence[Participant]) -> bool:
    wanted = [text.spans(reference) for reference in gold]
    if not wanted:
        return not found
    return all(any(meets(spans, p.start, p.end) for p in found) for spans in wanted)


def compare(text: Text, record: Record, counts: Counter[str], errors: list[dict[str, Any]]) -> None:
    """Adds the text's events to the counts; what was missed, wrong or too much goes to `errors`."""
    found = list(record.events)
    for sentence in text.sentences:
        for gold in sentence.events:
            counts["gold"] += 1
            spans = text.spans(gold.trigger)
            met = [event for event in found if meets(spans, event.trigger.start, event.trigger.end)]
            same = next((event for event in met if event.type == gold.type), None)
            counts["trigger"] += bool(met)
            if same is None:
                errors.append(_error(text, gold, met[0] if met else None, "missed"))
                continue
            found.remove(same)
            counts["found"] += 1
            right = _is_right(text, gold, same)
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


def measure(texts: Sequence[tuple[Text, Scene]], lexicon: EventLexicon, errors: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of these texts; `alarms`: the share of texts without an event in which an actual one is coded."""
    counts: Counter[str] = Counter()
    calm = hits = 0
    for text, scene in texts:
        record = code(scene, lexicon)
        compare(text, record, counts, errors)
        if not any(sentence.events for sentence in text.sentences):
            calm += 1
            hits += any(event.status == "actual" for event in record.events)
    return scores(counts) | {"texts": len(texts), "calm": calm, "alarms": round(hits / max(1, calm), 4)}


def variants(lexicon: EventLexicon) -> dict[str, EventLexicon]:
    """The coder, and what is left of it without the model's reading, and without the lexicon's entries."""
    return {
        "lexicon and model": lexicon,
        "lexicon only": replace(lexicon, model=None),
        "model only": replace(lexicon, verbs={}, nouns={}),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, help="the folder of the development sets: measure on the kept news sentences too"
    )
    parser.add_argument("--ablation", action="store_true", help="also the lexicon alone, and the model alone")
    parser.add_argument("--errors", type=Path, help="write what is not right here, as JSON Lines")
    options = parser.parse_args(arguments)
    rooms = Rooms()
    sets = {"corpus": corpus_texts(), "plain": plain_texts()} | (
        {"news": news_texts(options.gold)} if options.gold else {}
    )
    read = {name: list(with_scenes(rooms, list(texts))) for name, texts in sets.items()}
    errors: list[dict[str, Any]] = []
    result = {
        variant: {name: measure(texts, lexicon, errors if number == 0 else []) for name, texts in read.items()}
        for number, (variant, lexicon) in enumerate(variants(rooms.lexicon).items())
        if number == 0 or options.ablation
    }
    json.dump(result, sys.stdout, indent=1)
    print()
    if options.errors:
        lines = [json.dumps(error, ensure_ascii=False) + "\n" for error in errors]
        options.errors.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
