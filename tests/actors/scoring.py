"""Score mentions in context: what each marked mention is coded as, against what it is by the rules.

A line of `gold/*.jsonl`: `text`, `published`, the mention's `start` and `end`, and what is expected of its actor. A key that is
not there is not checked: `country`, `sector` (the primary one), `entry` (a name of the knowledge base's entry; null: none),
`same_as` (words that speak of the same actor). `place`: the words speak of a place, no actor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tacitus.actors import Knowledge, find_actors
from tacitus.language import LanguageModel
from tacitus.records import Actor, Article

GOLD = Path(__file__).with_name("gold")


def read_gold(name: str) -> list[dict[str, Any]]:
    """The items of one file."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def faults(
    items: list[dict[str, Any]], *, model: LanguageModel, knowledge: Knowledge
) -> Iterator[tuple[dict[str, Any], str]]:
    """The items that are coded otherwise, each with what is wrong."""
    parses = model.parse([item["text"] for item in items])
    for item, parse in zip(items, parses, strict=True):
        article = Article(id=item["id"], text=item["text"], published=item["published"])
        fault = _fault(item, find_actors(article, parse, knowledge=knowledge), knowledge)
        if fault:
            yield item, fault


def _fault(item: dict[str, Any], actors: tuple[Actor, ...], knowledge: Knowledge) -> str:
    actor = _actor_on(actors, item["start"], item["end"])
    if item.get("place"):
        return f"is no actor, coded {actor.code}" if actor else ""
    if actor is None:
        return "not found"
    sector = actor.sectors[0] if actor.sectors else None
    for name, value in (("country", actor.country), ("sector", sector)):
        if name in item and value != item[name]:
            return f"{name} {value}, not {item[name]}"
    if "entry" in item:
        entry = knowledge.resolve(item["entry"], on=item["published"]) if item["entry"] else None
        if actor.reference != (entry.id if entry else None) or (item["entry"] and entry is None):
            return f"stands for {actor.reference}, not {item['entry']}"
    if "same_as" in item:
        start = item["text"].index(item["same_as"])
        other = _actor_on(actors, start, start + len(item["same_as"]))
        if other is None or other.id != actor.id:
            return f"not joined to {item['same_as']!r}"
    return ""


def _actor_on(actors: tuple[Actor, ...], start: int, end: int) -> Actor | None:
    """The actor whose mention ends with the marked words, the one nearest to them in length."""
    found = [
        (abs(mention.start - start), actor.id) for actor in actors for mention in actor.mentions if mention.end == end
    ]
    chosen = min(found)[1] if found else None
    return next((actor for actor in actors if actor.id == chosen), None)
