"""Search over texts, statements, events and actors."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from tacitus.store.reading_pages import ActorRow
from tacitus.store.reading_search import KINDS, Found
from tacitus.web.faults import Fault
from tacitus.web.reading import day_of, number_of, text_of
from tacitus.web.room import room_of
from tacitus.web.templates import shown

PAGE = 20
ACTORS = 8


def search(request: Request) -> Response:
    """Hits of one kind, the best first, with the actors of that name beside them."""
    room = room_of(request)
    words, kind = text_of(request, "q"), request.query_params.get("in") or "texts"
    if kind not in KINDS:
        raise Fault(400, "request", f"in: one of {', '.join(KINDS)} is expected.")
    since, until, number = day_of(request, "since"), day_of(request, "until"), number_of(request, "page", default=1)
    total, hits, actors = 0, list[Found](), list[ActorRow]()
    if words:
        with room.reader() as reader:
            room.index.update(reader, version=room.copy.version)
            actors = reader.actors(words=words, limit=ACTORS)
        total, hits = room.index.search(
            words, kind=kind, limit=PAGE, offset=(number - 1) * PAGE, since=since, until=until
        )
    return room.page(
        request,
        "search.html",
        here="search",
        words=words,
        kind=kind,
        kinds=KINDS,
        since=since,
        until=until,
        total=total,
        hits=[(hit, marked(hit.snippet)) for hit in hits],
        actors=actors,
        number=number,
        last=max(1, -(-total // PAGE)),
    )


def marked(snippet: str) -> Markup:
    """The snippet escaped, the hits in it as marks."""
    escaped = Markup("%s") % shown(snippet)
    return Markup(str(escaped).replace("\ue000", "<mark>").replace("\ue001", "</mark>"))
