"""The application: which address leads where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tacitus.errors import StoreError
from tacitus.resources import data_path
from tacitus.web import (
    actors,
    documents,
    incidents,
    listings,
    openapi,
    review_adding,
    review_log,
    reviewing,
    search,
    situation,
)
from tacitus.web.faults import Fault, on_fault
from tacitus.web.room import Room
from tacitus.web.security import Guard
from tacitus.web.settings import RoomSettings

ROUTES = (
    Route("/", situation.situation),
    Route("/events", listings.events),
    Route("/statements", listings.statements),
    Route("/documents", listings.documents),
    Route("/document", documents.document),
    Route("/actors", listings.actors),
    Route("/actor", actors.actor),
    Route("/pair", actors.pair),
    Route("/search", search.search),
    Route("/incidents", listings.incidents),
    Route("/incident", incidents.incident),
    Route("/{list:str}.{form:str}", listings.download),
    Route("/review", reviewing.queue),
    Route("/review/event", reviewing.event, methods=["GET"]),
    Route("/review/event", reviewing.decide_event, methods=["POST"]),
    Route("/review/actor", reviewing.actor, methods=["GET"]),
    Route("/review/actor", reviewing.decide_actor, methods=["POST"]),
    Route("/review/place", reviewing.place, methods=["GET"]),
    Route("/review/place", reviewing.decide_place, methods=["POST"]),
    Route("/review/add", review_adding.add, methods=["GET"]),
    Route("/review/add", review_adding.decide, methods=["POST"]),
    Route("/review/log", review_log.log),
    Route("/review/agreement", review_log.agreement),
    Route("/review/undo", review_log.undo, methods=["POST"]),
    Route("/incident/merge", incidents.merge, methods=["POST"]),
    Route("/incident/split", incidents.split, methods=["POST"]),
)


def build(settings: RoomSettings) -> Starlette:
    """The application over one database."""
    room = Room(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        room.unindexed(patience=0.0)  # so that the first search does not wait for it
        yield
        room.close()

    app = Starlette(
        routes=[*ROUTES, *openapi.routes(), Mount("/static", StaticFiles(directory=data_path("web", "static")))],
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={Fault: on_fault, HTTPException: on_fault, StoreError: on_fault, Exception: on_fault},
        lifespan=lifespan,
    )
    app.state.room = room
    return app
