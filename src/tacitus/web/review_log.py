"""Who said what of the machine's coding, to be read and taken back; and how far people and the machine agree."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tacitus.review.agreement import by_pair, by_type
from tacitus.review.entries import undo_entry
from tacitus.store.review_queue import LogFilter
from tacitus.web.faults import Fault
from tacitus.web.reading import number_of, text_of
from tacitus.web.review_forms import back_of, note_of, reviewer
from tacitus.web.reviewing import name_of, with_name
from tacitus.web.room import room_of

PAGE = 50
STATES = {
    "applied": "counts",
    "superseded": "a later verdict counts",
    "lost": "lost its event, actor or place",
    "undone": "taken back",
    "undo": "takes another one back",
}


def log(request: Request) -> Response:
    """The log, the latest first, by person and by what became of it."""
    room = room_of(request)
    who, state = text_of(request, "who"), text_of(request, "state")
    if state is not None and state not in STATES:
        raise Fault(400, "request", f"state: one of {', '.join(STATES)} is expected.")
    number = number_of(request, "page", default=1)
    with room.reader() as reader:
        counts = reader.review_queue.counts(LogFilter(who=who))
        people = reader.review_queue.people()
        rows = reader.review_queue.log(LogFilter(who=who, state=state), limit=PAGE, offset=(number - 1) * PAGE)
    total = counts.get(state, 0) if state else sum(counts.values())
    return room.page(
        request,
        "review_log.html",
        here="review",
        rows=rows,
        counts=counts,
        people=people,
        states=STATES,
        chosen_who=who,
        chosen_state=state,
        me=name_of(request),
        total=total,
        number=number,
        last=max(1, -(-total // PAGE)),
    )


def agreement(request: Request) -> Response:
    """How often the machine was right, type by type; how far two people agree."""
    room = room_of(request)
    with room.reader() as reader:
        marks = room.kept("review marks", lambda: reader.review_queue.marks(subject="event"))
    return room.page(request, "review_agreement.html", here="review", types=by_type(marks), pairs=by_pair(marks))


async def undo(request: Request) -> Response:
    """Take a verdict back."""
    room = room_of(request)
    form = await request.form(max_files=0, max_fields=20)
    room.forms.check(request, str(form.get("form_token", "")))
    who = reviewer(form)

    def write() -> None:
        with room.reader() as reader:
            entry = reader.review_queue.entry(str(form.get("entry") or ""))
        if entry is None:
            raise Fault(404, "not-found", "There is no such entry in the log.")
        room.journal.add([undo_entry(entry, who=who, note=note_of(form))])

    await run_in_threadpool(write)
    return with_name(RedirectResponse(back_of(form), status_code=303), who)
