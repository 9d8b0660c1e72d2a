"""Scores the status of events on sentences no rule was written from: what did not happen must not be told as having happened.

    python -m benchmarks.status [--half odd|even] [--errors FILE]

Since 22 November 2026 the sentences with even numbers have been read and rules were mended by them; those with odd numbers stay
unread: only their totals are looked at, and only they say how well the rules do on what they were not written from.

An annotated event is found when an event of the record meets its trigger words. Its type may be another one, since one single type
beats a type with a status; then the status of the event found counts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from training.events.corpus import Event as Gold
from training.events.corpus import read_sentences

from benchmarks.corpus import Text, meets, with_scenes
from benchmarks.rooms import Rooms, code
from tacitus.ontology import STATUSES
from tacitus.records import Event, Record

UNREAL = ("negated", "future", "hypothetical")
HALVES = ("even", "odd")  # a sentence's number, the last part of its id, says which half it is in
MISSED = "missed"


class Pair(NamedTuple):
    """An annotated event and the coded one at its trigger, None where there is none."""

    text: Text
    gold: Gold
    found: Event | None


def pairs(text: Text, record: Record) -> Iterable[Pair]:
    """One per annotated event of the text; at one trigger an event of the annotated type goes first."""
    for sentence in text.sentences:
        for gold in sentence.events:
            spans = text.spans(gold.trigger)
            met = [event for event in record.events if meets(spans, event.trigger.start, event.trigger.end)]
            yield Pair(text, gold, min(met, key=lambda event: event.type != gold.type, default=None))


def scores(found: Sequence[Pair]) -> dict[str, Any]:
    """Shares of 1; `told_as_actual`: of the negated, future and hypothetical events found, and of those found with their own type."""
    told = [(pair.gold, pair.found) for pair in found if pair.found is not None]
    unreal = [(gold, event) for gold, event in told if gold.status in UNREAL]
    of_type = [(gold, event) for gold, event in unreal if gold.type == event.type]
    confusion = {status: Counter[str]() for status in STATUSES}
    for pair in found:
        confusion[pair.gold.status][pair.found.status if pair.found else MISSED] += 1
    return {
        "events": len(found),
        "found": len(told),
        "status": _share(gold.status == event.status for gold, event in told),
        "told_as_actual": _share(event.status == "actual" for _, event in unreal),
        "told_as_actual_of_its_type": _share(event.status == "actual" for _, event in of_type),
        "confusion": {status: dict(row.most_common()) for status, row in confusion.items()},
    }


def _share(verdicts: Iterable[bool]) -> float:
    found = list(verdicts)
    return round(sum(found) / max(1, len(found)), 3)


def error(pair: Pair) -> dict[str, Any]:
    text, gold, found = pair
    words = " … ".join(text.text[start:end] for start, end in text.spans(gold.trigger))
    row: dict[str, Any] = {"id": text.id, "text": text.text, "gold": [words, gold.type, gold.status]}
    if found is not None:
        row["found"] = [text.text[found.trigger.start : found.trigger.end], found.type, found.status, found.confidence]
    return row


def texts(half: str | None) -> list[Text]:
    """The sentences of one half, or all of them."""
    sentences = read_sentences(kind="unseen-status")
    wanted = [sentence for sentence in sentences if half in (None, half_of(sentence.id))]
    return [Text(sentence.id, [sentence], None) for sentence in wanted]


def half_of(identifier: str) -> str:
    return HALVES[int(identifier.rsplit("-", 1)[1]) % 2]


def measure(texts: Sequence[Text]) -> list[Pair]:
    """What the coder makes of each annotated event of these texts."""
    rooms = Rooms()
    return [pair for text, scene in with_scenes(rooms, texts) for pair in pairs(text, code(scene, rooms.lexicon))]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, help="only the sentences with such numbers; the odd ones stay unread")
    parser.add_argument("--errors", type=Path, help="write what is missed or has another status here, as JSON Lines")
    options = parser.parse_args(arguments)
    if options.errors and options.half != "even":
        parser.error("--errors needs --half even: the odd half stays unread")
    found = measure(texts(options.half))
    json.dump(scores(found), sys.stdout, indent=1)
    print()
    if options.errors:
        wrong = [pair for pair in found if pair.found is None or pair.found.status != pair.gold.status]
        lines = [json.dumps(error(pair), ensure_ascii=False) + "\n" for pair in wrong]
        options.errors.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
