"""Adding an event that the machine missed: a sentence, the words that tell it, then what it is. Nothing is added without its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tacitus.records import Record, Span
from tacitus.review import EventFacts, added_entry
from tacitus.review.additions import find_same
from tacitus.web.faults import Fault
from tacitus.web.marking import Piece, sentence_pieces, surroundings
from tacitus.web.reading import MAX_WORDS, needed
from tacitus.web.review_forms import back_of, event_facts, note_of, own_page, reviewer
from tacitus.web.reviewing import form_values, judged_record, name_of, with_name
from tacitus.web.room import room_of
from tacitus.web.templates import address

AROUND = 40  # characters shown on either side of words that stand in a sentence more than once


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence to choose: its number, its text in pieces with what the machine found marked, and the types of its events."""

    number: int
    pieces: list[Piece]
    types: list[str]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of several places where the sentence has the words."""

    start: int
    before: str
    words: str
    after: str


def add(request: Request) -> Response:
    """Choose a sentence of a page; then the form for an event that the machine missed in it."""
    room, id_ = room_of(request), needed(request, "document")
    with room.reader() as reader:
        record = reader.reviews.reviewable(id_)
    if record is None:
        raise Fault(404, "not-found", f"There is no document with the id {id_}.")
    back = own_page(request.query_params.get("back") or address("/document", id=record.id))
    chosen = request.query_params.get("sentence")
    if chosen is None:
        told = [_told(record, number) for number in range(len(record.sentences))]
        return room.page(request, "review_sentences.html", here="review", record=record, told=told, back=back)
    number = _number(record, chosen)
    return _form(request, record, number, _blank(record), {"who": name_of(request), "back": back})


async def decide(request: Request) -> Response:
    """Write an event that the machine missed."""
    room = room_of(request)
    form = await request.form(max_files=0, max_fields=1000)
    room.forms.check(request, str(form.get("form_token", "")))
    who, back = reviewer(form), back_of(form)
    return with_name(await run_in_threadpool(_add, request, form, who, back), who)


def _add(request: Request, form: FormData, who: str, back: str) -> Response:
    """Write it and go to it. Where its words stand several times in the sentence and none was chosen, the form asks which."""
    room = room_of(request)
    with room.reader() as reader:
        record = judged_record(reader, form, subject="event")
    number = _number(record, str(form.get("sentence") or ""))
    words = " ".join(str(form.get("words") or "").split())
    found = occurrences(record.text, record.sentences[number], words)
    if not found:
        raise Fault(400, "request", f"The sentence does not have the words “{words}”. Copy them as they stand there.")
    note, whole = note_of(form), form.get("whole") == "1"
    trigger = _chosen(found, str(form.get("at") or ""))
    facts = event_facts(form, record, (trigger or found[0]).start, _blank(record))
    if trigger is None:
        places = [_occurrence(record, number, span) for span in found]
        given = {"who": who, "back": back, "note": note, "whole": whole, "words": words, "places": places}
        return _form(request, record, number, facts, given)
    there = find_same(record, trigger, facts)
    if there is not None:
        return RedirectResponse(address("/review/event", document=record.id, event=there, there=1), status_code=303)
    entry = added_entry(record, trigger=trigger, becomes=facts, who=who, note=note, whole=whole)
    room.journal.add([entry])
    assert entry.anchor is not None
    here = f"{address('/document', id=record.id, event=entry.anchor.item)}#chosen"
    return RedirectResponse(here if back.startswith("/document") else back, status_code=303)


def occurrences(text: str, sentence: Span, words: str) -> list[Span]:
    """Where a sentence has these words, as whole words, whatever blanks stand between them."""
    if not words or len(words) > MAX_WORDS:
        return []
    pattern = r"\s+".join(map(re.escape, words.split()))
    before, after = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
    return [Span(*match.span()) for match in re.compile(before + pattern + after).finditer(text, *sentence)]


def _chosen(found: list[Span], at: str) -> Span | None:
    """The one place, or the one that was chosen of several."""
    return found[0] if len(found) == 1 else next((span for span in found if str(span.start) == at), None)


def _occurrence(record: Record, number: int, span: Span) -> Occurrence:
    sentence = record.sentences[number]
    before = record.text[max(sentence.start, span.start - AROUND) : span.start]
    return Occurrence(
        span.start, before, span.of(record.text), record.text[span.end : min(sentence.end, span.end + AROUND)]
    )


def _form(request: Request, record: Record, number: int, facts: EventFacts, given: Mapping[str, object]) -> Response:
    empty: dict[str, object] = {"note": None, "whole": False, "words": "", "places": []}
    return room_of(request).page(
        request,
        "review_add.html",
        here="review",
        record=record,
        number=number,
        item="",
        around=surroundings(record, record.sentences[number]),
        told=_told(record, number),
        **form_values(record, number, facts),
        **{**empty, **given},
    )


def _told(record: Record, number: int) -> Told:
    events = [event for event in record.events if event.sentence == number]
    return Told(number, sentence_pieces(record, record.sentences[number], events), [event.type for event in events])


def _blank(record: Record) -> EventFacts:
    """What stands in the form at first: an event that happened, on the day of the page."""
    day = _day(record.published)
    return EventFacts(type="", day_from=day, day_to=day, day_basis="published" if day else None, counted=True)


def _day(published: str | None) -> str | None:
    try:
        return date.fromisoformat((published or "")[:10]).isoformat()
    except ValueError:
        return None  # a page whose date is a year or a month only has no day


def _number(record: Record, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) < len(record.sentences)):
        raise Fault(404, "not-found", "The page has no such sentence.")
    return int(text[:9])
