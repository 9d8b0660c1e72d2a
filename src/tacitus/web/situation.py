"""The situation: what happened in a period, how it moved, between whom, where, what is open, and what all this rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from tacitus.analysis import KINDS, STANDINGS, Incident, unit
from tacitus.export.worldmap import worldmap
from tacitus.store import Query
from tacitus.store.reading_pages import Reader
from tacitus.web.listings import files
from tacitus.web.reading import query_of, text_of
from tacitus.web.room import Room, room_of
from tacitus.web.situations import View, opening_query, view_of, with_words
from tacitus.web.strip import strip
from tacitus.web.templates import address, with_changes
from tacitus.web.timeline import timeline

SHOWN = {"incidents": 12, "allegations": 6, "questions": 5, "changes": 8, "pairs": 10, "spots": 12}
MORE = 60  # incidents shown when all are asked for
CONFLICT, COOPERATION = (3, 4), (1, 2)  # quads


def situation(request: Request) -> Response:
    """The page. `since`, `until`, `actor`, `with` and `place` choose for timeline, map and lists alike; `all` shows more of the list."""
    room = room_of(request)
    asked, place = query_of(request), text_of(request, "place")
    with room.reader() as reader:
        query = opening_query(room, reader, asked)
        shown = MORE if "all" in request.query_params else SHOWN["incidents"]
        view = room.kept(
            ("page", query, place, shown),
            lambda: _worded(reader, view_of(room, reader, query, place=place), shown),
        )
        first, last = room.kept("days", reader.days)
        told = room.kept("days told", reader.lists.days_told)
    found = view.situation
    given = {name: value for name, value in request.query_params.items() if name in FIELDS}
    return room.page(
        request,
        "situation.html",
        here="situation",
        view=view,
        found=found,
        chosen=query,
        narrowed=query != asked,
        place=place,
        conflict=_of_quads(found.incidents, *CONFLICT),
        cooperation=_of_quads(found.incidents, *COOPERATION),
        shown=shown,
        limits=SHOWN,
        given=given,
        strip=strip(
            told, chosen=query, href=lambda first, last: address("/", **with_changes(given, since=first, until=last))
        ),
        taken_along=files(request, "situation", len(found.incidents)),
        periods=_periods(query, first, last),
        kinds=KINDS,
        standings=STANDINGS,
        ids={source.id: source.label for source in found.sources},
        **_pictures(room, view, query, given),
    )


def _pictures(room: Room, view: View, query: Query, given: Mapping[str, str]) -> dict[str, Any]:
    """The course over time, its `unit`, and the map; what is chosen in one chooses for all."""
    intervals = view.situation.intervals
    name = unit(intervals) if intervals else "day"
    return {
        "unit": name,
        "chart": timeline(
            intervals, unit=name, href=lambda i: address("/", **with_changes(given, since=i.first, until=i.last))
        ),
        "map": room.kept(
            ("map", query, tuple(sorted(given.items()))),
            lambda: Markup(
                worldmap(
                    view.spots,
                    href=lambda spot: address("/", **with_changes(given, place=spot.name)),
                    chosen=given.get("place"),
                )
            ),
        ),
    }


FIELDS = ("since", "until", "actor", "with", "place")


def _worded(reader: Reader, view: View, shown: int) -> View:
    """The view with words for what the page shows of it."""
    found = view.situation
    incidents = [i for quads in (CONFLICT, COOPERATION) for i in _of_quads(found.incidents, *quads)[:shown]]
    for standing in STANDINGS:
        group = [a.incident for a in found.allegations if a.standing == standing and not a.is_reported]
        incidents += group[: SHOWN["allegations"]]
    for kind in KINDS:
        incidents += [q.incident for q in found.questions if q.kind == kind][: SHOWN["questions"] * 2]
    incidents += [interval.foremost for interval in found.intervals if interval.foremost]
    return with_words(reader, view, incidents)


def _of_quads(incidents: Sequence[Incident], *quads: int) -> list[Incident]:
    return [incident for incident in incidents if incident.quad in quads]


def _periods(query: Query, first: date | None, last: date | None) -> list[tuple[str, date | None, date | None]]:
    """Periods to go to with one click: the last week and month of the pages, everything, and the neighbours of the one shown."""
    if first is None or last is None:
        return []
    found: list[tuple[str, date | None, date | None]] = []
    if query.since and query.until:
        length = query.until - query.since + timedelta(days=1)
        found.append(("← before", query.since - length, query.since - timedelta(days=1)))
        found.append(("after →", query.until + timedelta(days=1), query.until + length))
    found += [(f"last {days} days", last - timedelta(days=days - 1), last) for days in (7, 31)]
    return [*found, ("everything", first - timedelta(days=31), last)]
