"""Search over texts, statements, events, incidents and actors."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from tacitus.store.reading_pages import ActorRow
from tacitus.web import lists
from tacitus.web.listings import files
from tacitus.web.reading import day_of
from tacitus.web.room import room_of
from tacitus.web.templates import shown

ACTORS = 8


def search(request: Request) -> Response:
    """Hits of one kind, the best first, with the actors of that name beside them."""
    room, hits = room_of(request), lists.hits(request)
    named = list[ActorRow]()
    if hits.words:
        with room.reader() as reader:
            named = reader.actors(words=hits.words, limit=ACTORS)
    return room.page(
        request,
        "search.html",
        here="search",
        words=hits.words,
        kind=hits.kind,
        kinds=lists.SEARCHED,
        since=day_of(request, "since"),
        until=day_of(request, "until"),
        found=hits.found,
        hits=[(hit, marked(hit.snippet)) for hit in hits.found.rows],
        unindexed=hits.unindexed,
        actors=named,
        taken_along=files(request, "search", hits.found.total),
    )


def marked(snippet: str) -> Markup:
    """The snippet escaped, the hits in it as marks."""
    escaped = Markup("%s") % shown(snippet)
    return Markup(str(escaped).replace("\ue000", "<mark>").replace("\ue001", "</mark>"))
