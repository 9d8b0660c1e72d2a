"""`tacitus show`: one document, sentence by sentence, with everything that was found in it."""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.export.marked import Paint, actor_lines, claim_line, event_line, marked_sentence, place_lines, time_lines
from tacitus.export.plain_text import clean
from tacitus.records import Record
from tacitus.text import one_line

LEGEND = "[words]a1 = an actor's mention, *words*e1 = the words of an event, c1 = a claim"


def render_document(record: Record, *, color: bool = False) -> str:
    """The document as text: head, marked sentences each with its events and claims, then actors, places and times.

    With `color`, ANSI colours; the text never holds other control characters. A failed document shows its error.
    """
    paint = Paint(color)
    lines = [paint(clean(one_line(record.title or "(no title)")), "strong"), _head(record)]
    if record.flags:
        lines.append("flags: " + ", ".join(record.flags))
    if record.error is not None:
        return "\n".join([*lines, f"error: {record.error.kind}: {clean(record.error.message)}"])
    lines += [paint(LEGEND, "dim"), ""]
    for number, sentence in enumerate(record.sentences):
        lines.append(f"{number + 1:>4}  {marked_sentence(record, sentence, paint=paint)}")
        lines += [
            f"        {claim_line(record, claim, paint=paint)}" for claim in record.claims if claim.sentence == number
        ]
        lines += [
            f"        {event_line(record, event, paint=paint)}" for event in record.events if event.sentence == number
        ]
    lines += section("Actors", actor_lines(record, paint=paint), paint)
    lines += section("Places", place_lines(record), paint)
    lines += section("Times", time_lines(record), paint)
    removed = [f"{item.reason}: {clean(one_line(item.text))}" for item in record.removed]
    lines += section("Taken out of the page", removed, paint)
    return "\n".join(lines)


def section(title: str, lines: Sequence[str], paint: Paint) -> list[str]:
    """A titled, indented list; nothing when it is empty."""
    return ["", paint(title, "strong"), *(f"  {line}" for line in lines)] if lines else []


def _head(record: Record) -> str:
    facts = (record.publisher, record.byline, record.published or "undated", record.url, record.id)
    return " · ".join(clean(one_line(fact)) for fact in facts if fact)
