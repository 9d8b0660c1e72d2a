"""Measure where and when events are put, against events placed and dated by hand from the words alone.

    python -m benchmarks.whereabouts [--errors]

The gold, `whereabouts.tsv`, was written before any program had coded the pages: 217 triggers on 31 development pages beside the
checkout (ids and offsets only), each with the names that are a right place for it (none: the page does not say) and the days it
can have happened on. An event the coder does not find is counted apart: this measures whereabouts, not triggers.

right   the coded place is one of those named, or stands for the same point; nothing where the page does not say.
        The coded days lie within those of the gold; nothing where the page does not say.
null    nothing, although the page says it.
wrong   another place or another day, or one where the page does not say. Counts twice in the cost, per event found.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import GOLD
from tacitus.ingest import article_from_dict
from tacitus.pipeline import Coder
from tacitus.records import Event, Place, Record, Span
from tacitus.resources import load_tsv

TABLE = Path(__file__).with_name("whereabouts.tsv")
COLUMNS = ("set", "document", "trigger", "places", "from", "to")
SAME_DEGREES = 0.3  # two names of one place: "Hokkaido" here, "the northern island of Hokkaido" there


@dataclass(frozen=True)
class Placed:
    """An event of the gold."""

    trigger: Span
    places: Sequence[Span]
    first: str
    last: str


def main() -> None:
    """Code the pages, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list what is null or wrong, by offsets and words")
    arguments = parser.parse_args()
    gold = read_gold()
    counts: dict[str, Counter[str]] = {"place": Counter(), "date": Counter()}
    for record in _records(gold):
        for placed in gold[record.id]:
            event = _event_at(record, placed.trigger)
            for what, verdict in judge(record, event, placed):
                counts[what][verdict] += 1
                if arguments.errors and verdict in ("null", "wrong") and event is not None:
                    print(what, verdict, _described(record, event, placed))
    for what, tally in counts.items():
        print(f"{what}: {_figures(tally)}")


def read_gold() -> Mapping[str, Sequence[Placed]]:
    """The events of the gold by document."""
    found: dict[str, list[Placed]] = defaultdict(list)
    for row in load_tsv(TABLE, COLUMNS):
        spans = [_span(cell) for cell in row["places"].split()]
        found[row["document"]].append(Placed(_span(row["trigger"]), spans, row["from"], row["to"]))
    return found


def _span(cell: str) -> Span:
    start, end = map(int, cell.split("-"))
    return Span(start, end)


def _records(gold: Mapping[str, Sequence[Placed]]) -> Iterator[Record]:
    """The coded pages of the gold. Only text and page facts reach the coder."""
    sets = dict.fromkeys(row["set"] for row in load_tsv(TABLE, COLUMNS))
    pages = [json.loads(line) for name in sets for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]
    yield from Coder().stream([article_from_dict(page) for page in pages if page["id"] in gold])


def _event_at(record: Record, trigger: Span) -> Event | None:
    """The event whose trigger covers the gold's; of several the surest."""
    found = [event for event in record.events if event.trigger.overlaps(trigger)]
    return max(found, key=lambda event: event.confidence or 0.0, default=None)


def judge(record: Record, event: Event | None, placed: Placed) -> Iterator[tuple[str, str]]:
    """ "place" and "date", each with its verdict."""
    if event is None:
        yield from (("place", "not found"), ("date", "not found"))
        return
    place = record.places[event.place] if event.place is not None else None
    yield (
        "place",
        _verdict(is_told=bool(placed.places), is_coded=place is not None, is_right=_is_there(record, place, placed)),
    )
    days = event.date if event.date is not None and event.date.from_ is not None else None
    inside = days is not None and placed.first <= (days.from_ or "") and (days.to or days.from_ or "") <= placed.last
    yield "date", _verdict(is_told=bool(placed.first), is_coded=days is not None, is_right=inside)


def _verdict(*, is_told: bool, is_coded: bool, is_right: bool) -> str:
    if not is_coded:
        return "null" if is_told else "right"
    return "right" if is_told and is_right else "wrong"


def _is_there(record: Record, place: Place | None, placed: Placed) -> bool:
    if place is None:
        return False
    words = {span.of(record.text).casefold() for span in placed.places}
    if place.span.of(record.text).casefold() in words:
        return True
    others = [other for other in record.places if any(other.span.overlaps(span) for span in placed.places)]
    return any(_is_same(place, other) for other in others)


def _is_same(place: Place, other: Place) -> bool:
    if place.lat is None or place.lon is None or other.lat is None or other.lon is None:
        return False
    return abs(place.lat - other.lat) <= SAME_DEGREES and abs(place.lon - other.lon) <= SAME_DEGREES


def _figures(tally: Counter[str]) -> str:
    found = tally["right"] + tally["null"] + tally["wrong"]
    cost = (tally["null"] + 2 * tally["wrong"]) / found if found else 0.0
    parts = [f"{name} {tally[name]} ({tally[name] / max(found, 1):.3f})" for name in ("right", "null", "wrong")]
    return f"{found} events found, {tally['not found']} not; {', '.join(parts)}; cost {cost:.3f}"


def _described(record: Record, event: Event, placed: Placed) -> str:
    words = record.text[max(0, event.trigger.start - 60) : event.trigger.end + 50].replace("\n", " ")
    place = record.places[event.place].span.of(record.text) if event.place is not None else None
    days = (event.date.from_, event.date.to, event.date.basis) if event.date else None
    told = [span.of(record.text) for span in placed.places]
    return f"{record.id} {event.type} {event.status} | {words} | coded {place} {days} | gold {told} {placed.first} {placed.last}"


if __name__ == "__main__":
    main()
