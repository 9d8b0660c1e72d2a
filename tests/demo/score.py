"""Measures the coding of the demo corpus against `expected.toml`.

    python -m tests.demo.score RECORDS.jsonl      prints the figures and what was missed

An expected event counts as found when an event whose trigger lies in the sentence of its words has an expected type; the parties, status,
voice and day are then judged on the best of those; a reciprocal event has all its parties on both sides. A `never` item is a false alarm
when an actual event of its type stands in its sentence.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tacitus.records import Event, Participant, Record
from tacitus.text import one_line

EXPECTED = tomllib.loads(Path(__file__).with_name("expected.toml").read_text(encoding="utf-8"))
ASPECTS = ("type", "actor", "recipient", "status", "voice", "date")
SAME_STATE = {"SUN": "RUS", "DDR": "DEU"}  # what a coder without states of the past may write instead


@dataclass(frozen=True)
class Judged:
    """An expected event and what was found of it: the aspects that are right, none when no event of the type was found."""

    item: Mapping[str, Any]
    right: frozenset[str]

    @property
    def is_whole(self) -> bool:
        """Type, actor, recipient, status and voice are right."""
        return self.right >= {"type", "actor", "recipient", "status", "voice"}


def judge(records: Iterable[Record]) -> list[Judged]:
    """Every expected event with its aspects. A document is recognised by the expected words in its text."""
    records = list(records)
    return [Judged(item, _judge(item, records)) for item in EXPECTED["event"]]


def false_alarms(records: Iterable[Record]) -> list[Mapping[str, Any]]:
    """The `never` items that were coded as having happened."""
    records = list(records)
    return [
        item
        for item in EXPECTED["never"]
        if any(event.type == item["type"] and event.status == "actual" for _, event in _candidates(item, records))
    ]


def summary(judged: Sequence[Judged]) -> dict[str, str]:
    """Counts by aspect; an item that leaves the day open is not asked for it."""
    counts = {}
    for aspect in ASPECTS:
        asked = [found for found in judged if aspect in found.item]
        counts[aspect] = f"{sum(aspect in found.right for found in asked)} of {len(asked)}"
    counts["whole"] = f"{sum(found.is_whole for found in judged)} of {len(judged)}"
    return counts


def _judge(item: Mapping[str, Any], records: Sequence[Record]) -> frozenset[str]:
    found = [
        _right(item, record, event)
        for record, event in _candidates(item, records)
        if event.type in _options(item["type"])
    ]
    return max(found, key=len, default=frozenset())


def _candidates(item: Mapping[str, Any], records: Sequence[Record]) -> list[tuple[Record, Event]]:
    """Events of the sentences that hold the item's words."""
    return [
        (record, event)
        for record in records
        for event in record.events
        if item["words"] in one_line(record.sentences[event.sentence].of(record.text))
    ]


def _right(item: Mapping[str, Any], record: Record, event: Event) -> frozenset[str]:
    speakers = {claim.id: claim.speaker for claim in record.claims}
    voice = "article" if event.claim is None else _code(record, speakers.get(event.claim))
    actors, recipients = _codes(record, event.actors), _codes(record, event.recipients)
    if len(actors) > 1 and not recipients:
        recipients = actors
    checks = {
        "type": True,
        "actor": _meets(actors, item["actor"]),
        "recipient": _meets(recipients, item["recipient"]),
        "status": event.status == item["status"],
        "voice": any(
            voice == wanted or (wanted and wanted != "article" and voice.startswith(wanted[:3]))
            for wanted in _options(item["voice"])
        ),
        "date": "date" in item and event.date is not None and event.date.from_ == item["date"].isoformat(),
    }
    return frozenset(aspect for aspect, right in checks.items() if right)


def _meets(codes: Sequence[str], wanted: str | list[str]) -> bool:
    """One of the codes is of an expected country, or begins as expected; nobody meets ""."""
    options = _options(wanted)
    if not codes:
        return "" in options
    return any(code == option or (option and code and code[:3] == option[:3]) for code in codes for option in options)


def _codes(record: Record, parties: Iterable[Participant]) -> list[str]:
    return [_code(record, party.actor) for party in parties]


def _code(record: Record, actor: str | None) -> str:
    code = next((found.code or "" for found in record.actors if found.id == actor), "")
    return SAME_STATE.get(code[:3], code[:3]) + code[3:]


def _options(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def main() -> None:
    """Print the figures for a file of records."""
    records = [Record.from_dict(json.loads(row)) for row in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    judged = judge(records)
    for aspect, count in summary(judged).items():
        sys.stdout.write(f"{aspect:10} {count}\n")
    for found in judged:
        if not found.is_whole:
            missing = ", ".join(aspect for aspect in ASPECTS if aspect in found.item and aspect not in found.right)
            sys.stdout.write(f"  {found.item['document']}: “{found.item['words']}”: wrong or missing: {missing}\n")
    for item in false_alarms(records):
        sys.stdout.write(f"  false alarm: {item['document']}: “{item['words']}” as {item['type']}\n")


if __name__ == "__main__":
    main()
