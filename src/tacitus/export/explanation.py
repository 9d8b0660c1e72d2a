"""`tacitus explain`: how a text was coded, step by step, and what was not coded and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tacitus.export.branches import branches
from tacitus.export.document import LEGEND, section
from tacitus.export.marked import (
    Paint,
    actor_lines,
    claim_line,
    event_line,
    marked_sentence,
    place_lines,
    time_lines,
    words,
)
from tacitus.export.plain_text import clean
from tacitus.language.document import ROOT, Parse, Sentence
from tacitus.records import Record, Span

HEADER = ("", "word", "lemma", "part", "relation", "governor", "features")


class Stretch(Protocol):
    """Anything that lies in the text: a span, a token."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def render_explanation(
    record: Record, parse: Parse, rejected: Sequence[tuple[Stretch, str]], *, color: bool = False
) -> str:
    """Every sentence with its dependency tree, a word a line, then actors, claims, events with evidence, times, places, rejections.

    `rejected` holds the words that were considered as an event, with the reason why none was coded.
    """
    paint = Paint(color)
    lines = [paint(LEGEND, "dim")]
    for sentence in parse.sentences:
        lines += ["", marked_sentence(record, sentence.span, paint=paint), *_tree(sentence)]
    names = [f"{clean(entity.span.of(parse.text))}: {entity.label}" for entity in parse.entities]
    lines += section("Names", names, paint)
    lines += section("Actors", actor_lines(record, paint=paint), paint)
    lines += section("Claims", [claim_line(record, claim, paint=paint) for claim in record.claims], paint)
    events: list[str] = []
    for event in record.events:
        events += [
            event_line(record, event, paint=paint),
            *(f"    because {clean(reason)}" for reason in event.because),
        ]
    lines += section("Events", events or ["none"], paint)
    lines += section("Times", time_lines(record), paint)
    lines += section("Places", place_lines(record), paint)
    refused = [f"“{words(record, Span(where.start, where.end))}”: {clean(reason)}" for where, reason in rejected]
    lines += section("Not coded", refused, paint)
    return "\n".join(lines)


def _tree(sentence: Sentence) -> list[str]:
    rows = [HEADER]
    for strokes, token in branches(sentence):
        governor = "ROOT" if token.head == ROOT else f"{token.head + 1} {sentence.tokens[token.head].text}"
        features = "|".join(f"{name}={value}" for name, value in sorted(token.feats.items()))
        rows.append(
            (str(token.index + 1), strokes + token.text, token.lemma, token.upos, token.deprel, governor, features)
        )
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in cells) for n in range(len(HEADER))]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    ]
