"""How far two annotators agree: ``python -m training.events.agreement`` (the second annotation lies in `second/`)."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from training.events.corpus import Event, Reference, read_sentences

SECOND = Path(__file__).parent / "second"


def _meet(one: Reference, other: Reference) -> bool:
    return one.sentence == other.sentence and any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _same_side(one: Sequence[Reference], other: Sequence[Reference]) -> bool:
    return len(one) == len(other) and all(any(_meet(a, b) for b in other) for a in one)


def compare(first: Sequence[Event], second: Sequence[Event]) -> Counter[str]:
    """Events whose triggers meet are pairs; of the pairs, what is coded alike."""
    counts = Counter(first=len(first), second=len(second))
    left = list(second)
    for event in first:
        met = [other for other in left if _meet(event.trigger, other.trigger)]
        if not met:
            continue
        other = next((candidate for candidate in met if candidate.type == event.type), met[0])
        left.remove(other)
        counts["pairs"] += 1
        counts["type"] += event.type == other.type
        counts["mode"] += (event.type, event.mode) == (other.type, other.mode)
        counts["status"] += event.status == other.status
        counts["voice"] += event.is_claimed == other.is_claimed
        counts["actors"] += _same_side(event.actors, other.actors)
        counts["recipients"] += _same_side(event.recipients, other.recipients)
    return counts


def agreement() -> dict[str, float]:
    """Shares of 1; `triggers` and `typed` are F1, the others shares of the pairs, `eventful` the share of sentences judged alike."""
    first = {sentence.id: sentence for sentence in read_sentences()}
    second = list(read_sentences(SECOND))
    counts: Counter[str] = Counter()
    alike = 0
    for sentence in second:
        counts += compare(first[sentence.id].events, sentence.events)
        alike += bool(first[sentence.id].events) == bool(sentence.events)
    both = counts["first"] + counts["second"]
    shares = {key: counts[key] / counts["pairs"] for key in ("type", "mode", "status", "voice", "actors", "recipients")}
    found = {"sentences": len(second), "eventful": alike / len(second), "triggers": 2 * counts["pairs"] / both}
    found |= {"typed": 2 * counts["type"] / both}
    return {name: round(value, 3) for name, value in (found | shares).items()}


if __name__ == "__main__":
    json.dump(agreement(), sys.stdout, indent=1)
    print()
