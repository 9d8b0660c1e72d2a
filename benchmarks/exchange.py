"""Exchanges the parties of every sentence of our corpus that has two of a kind: is the coding exchanged with them, and nothing else?

    python -m benchmarks.exchange [--every 10] [--errors FILE]

Into the slots of a sentence go twelve pairs of names, each in both orders. Two codings are the same when every event has its words, type,
mode, CAMEO code, status, contexts, dead, voice and parties at the same places of the sentence, a slot counting as one place.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from training.events.corpus import Event as Gold
from training.events.corpus import Name, Sentence, read_sentences

from benchmarks.rooms import Rooms, code
from tacitus.records import Article, Participant, Record

NAMES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Slots(NamedTuple):
    """A sentence with the two names that are exchanged, in text order."""

    sentence: Sentence
    first: Name
    second: Name


class Filled(NamedTuple):
    """A text with names in the slots; `edges` are (start in the text, end, start in the sentence, end) of every slot."""

    text: str
    edges: tuple[tuple[int, int, int, int], ...]

    def place(self, offset: int) -> str:
        """The place in the sentence of an offset in the text; within a slot, that slot."""
        moved = 0
        for number, (start, end, _, old_end) in enumerate(self.edges):
            if start <= offset < end:
                return f"slot {number}"
            if offset >= end:
                moved = old_end - end
        return str(offset + moved)


def slots_of(sentence: Sentence) -> Slots | None:
    """The names of the actor and the recipient of its first event that has both, where they are of one kind and each stands once."""
    for event in sentence.events:
        for one, other in _across(event):
            pair = _names_in(sentence, one), _names_in(sentence, other)
            if pair[0] is not None and pair[1] is not None and _is_pair(sentence, pair[0], pair[1]):
                first, second = sorted(pair, key=lambda name: name.start if name else 0)
                return Slots(sentence, first, second) if first and second else None
    return None


def _across(event: Gold) -> Iterator[tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
    others = event.recipients or event.actors[1:]
    for one in event.actors[:1]:
        yield from ((one.spans, other.spans) for other in others)


def _names_in(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> Name | None:
    inside = (name for name in sentence.names for start, end in spans if start <= name.start and name.end <= end)
    return next(inside, None)


def _is_pair(sentence: Sentence, one: Name, other: Name) -> bool:
    if one == other or _class(one) != _class(other) or _class(one) is None:
        return False
    words = [word for name in (one, other) for word in sentence.text[name.start : name.end].split()]
    return all(sentence.text.count(word) == 1 for word in words)


def _class(name: Name) -> str | None:
    """Which names may stand there; None for kinds that seldom act."""
    return "country" if name.kind in ("place", "demonym") else name.kind if name.kind != "facility" else None


def pairs_for(slots: Slots) -> list[tuple[str, str]]:
    """Twelve pairs of names that fit the slots."""
    kind = _class(slots.first)
    if kind == "country":
        columns = [int(name.kind == "demonym") for name in (slots.first, slots.second)]
        return [(NAMES["country"][i][columns[0]], NAMES["country"][i + 1][columns[1]]) for i in range(0, 24, 2)]
    names: list[str] = NAMES[kind or ""]
    if kind == "person":
        short = [" " not in slots.sentence.text[name.start : name.end] for name in (slots.first, slots.second)]
        names = [name.split()[1] for name in names] if any(short) else names
    return [(names[i], names[i + 1]) for i in range(0, 24, 2)]


def exchanged(slots: Slots, pair: tuple[str, str]) -> tuple[str, str]:
    """The pair in the other order: a country's name and a people's adjective change columns with the slot."""
    if slots.first.kind == slots.second.kind or _class(slots.first) != "country":
        return pair[1], pair[0]
    columns = [int(name.kind == "demonym") for name in (slots.first, slots.second)]
    rows = [
        next(row for row in NAMES["country"] if row[column] == name) for name, column in zip(pair, columns, strict=True)
    ]
    return rows[1][columns[0]], rows[0][columns[1]]


def fill(slots: Slots, pair: tuple[str, str]) -> Filled:
    """The sentence with the names of `pair` in its slots; "a" and "an" follow them."""
    text, last, edges = "", 0, []
    for name, new in zip((slots.first, slots.second), pair, strict=True):
        text += _with_article(slots.sentence.text[last : name.start], new)
        edges.append((len(text), len(text) + len(new), name.start, name.end))
        text, last = text + new, name.end
    return Filled(text + slots.sentence.text[last:], tuple(edges))


def _with_article(before: str, name: str) -> str:
    """The words before a name, their article, if it is one, as the name asks for ("U" is spoken as in "Ukrainian")."""
    for article in ("a ", "an ", "A ", "An "):
        if before.endswith((" " + article, "\n" + article)) or before == article:
            return before[: -len(article)] + article[0] + ("n " if name[0] in "AEIO" else " ")
    return before


def shape(record: Record, filled: Filled) -> list[tuple[object, ...]]:
    """The events of the record in terms of the sentence."""

    def places(parts: Sequence[Participant]) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((filled.place(part.start), filled.place(part.end - 1)) for part in parts))

    return [
        (
            filled.place(event.trigger.start),
            event.type,
            event.mode,
            event.cameo,
            event.status,
            event.contexts,
            event.claim is None,
            repr(event.dead and event.dead.low),
            places(event.actors),
            places(event.recipients),
        )
        for event in record.events
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="only every so many of the sentences")
    parser.add_argument("--errors", type=Path, help="write the pairs of codings that differ here, as JSON Lines")
    options = parser.parse_args(arguments)
    found = [slots for sentence in read_sentences() if (slots := slots_of(sentence)) is not None][:: options.every]
    same, all_same, errors = measure(found)
    kinds = {kind: round(same[kind, True] / total, 4) for kind in sorted(_kinds(same)) if (total := _total(same, kind))}
    pairs = sum(same.values())
    result = {
        "sentences": len(found),
        "pairs of names": pairs,
        "same": round(sum(count for (_, is_same), count in same.items() if is_same) / max(1, pairs), 4),
        "sentences that are always the same": round(all_same / max(1, len(found)), 4),
        "by kind of name": kinds,
    }
    json.dump(result, sys.stdout, indent=1)
    print()
    if options.errors:
        lines = [json.dumps(error, ensure_ascii=False) + "\n" for error in errors]
        options.errors.write_text("".join(lines), encoding="utf-8")


def _kinds(same: Counter[tuple[str, bool]]) -> set[str]:
    return {kind for kind, _ in same}


def _total(same: Counter[tuple[str, bool]], kind: str) -> int:
    return same[kind, True] + same[kind, False]


def measure(found: Sequence[Slots]) -> tuple[Counter[tuple[str, bool]], int, list[dict[str, Any]]]:
    """Pairs by (kind of name, same in both orders); sentences of which every pair is the same; what differs."""
    rooms = Rooms()
    same: Counter[tuple[str, bool]] = Counter()
    errors: list[dict[str, Any]] = []
    all_same = 0
    for slots in found:
        pairs = pairs_for(slots)
        filled = [fill(slots, order) for pair in pairs for order in (pair, exchanged(slots, pair))]
        articles = (Article(id=f"{slots.sentence.id}-{n}", text=each.text) for n, each in enumerate(filled))
        shapes = [
            shape(code(scene, rooms.lexicon), each) for scene, each in zip(rooms.read(articles), filled, strict=True)
        ]
        verdicts = [shapes[n] == shapes[n + 1] for n in range(0, len(shapes), 2)]
        for number, is_same in enumerate(verdicts):
            same[str(_class(slots.first)), is_same] += 1
            if not is_same:
                n = 2 * number
                errors.append(
                    {
                        "id": slots.sentence.id,
                        "texts": [filled[n].text, filled[n + 1].text],
                        "codings": [str(shapes[n]), str(shapes[n + 1])],
                    }
                )
        all_same += all(verdicts)
    return same, all_same, errors


if __name__ == "__main__":
    main()
