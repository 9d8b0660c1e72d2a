"""What the API offers, in one table: routes, the OpenAPI description and the page that explains it are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import tacitus
from tacitus.records import STANCES
from tacitus.review.entries import SUBJECTS, VERDICTS
from tacitus.store.lists import ORDERS, VOICES
from tacitus.store.reading_search import KINDS
from tacitus.store.review_queue import STATES
from tacitus.web import api, lists
from tacitus.web.room import room_of

DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
PERIOD = {"since": ("first day", DAY), "until": ("last day", DAY)}
PARTIES = {"actor": ("code, its beginning, or a part of a name", TEXT), "with": ("the same for another party", TEXT)}
PAGING = {
    "page": ("which page of the list", {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}),
    "limit": ("items of a page", {"type": "integer", "minimum": 1, "maximum": api.MOST, "default": api.LIMIT}),
}
PLACE = {"place": ("name of the place", TEXT)}
VOICE = {"type": "string", "enum": list(VOICES)}
WHICH = {"type": "string", "enum": list(KINDS), "default": "texts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address, what it gives (the first line of its handler's docstring), and its fields; those in `needed` must be there."""

    path: str
    handler: Callable[[Request], Response]
    fields: dict[str, tuple[str, dict[str, Any]]]
    needed: frozenset[str] = frozenset()
    paged: bool = True

    @property
    def summary(self) -> str:
        return (self.handler.__doc__ or "").split("\n")[0]


ID = {"id": ("the id", {"type": "string", "minLength": 1})}


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """All there are."""
    type_ = {"type": ("PLOVER type", {"type": "string", "enum": list(lists.type_names())})}
    return (
        Endpoint(
            path="/api/documents",
            handler=api.documents,
            fields={"title": ("words of the title", TEXT), "publisher": ("the publisher", TEXT), **PERIOD, **PAGING},
        ),
        Endpoint(path="/api/document", handler=api.document, fields=ID, needed=frozenset({"id"}), paged=False),
        Endpoint(
            path="/api/events",
            handler=api.events,
            fields={
                **PERIOD,
                **PARTIES,
                **type_,
                "status": ("whether it happened", {"type": "string", "enum": list(lists.STATUSES)}),
                "voice": ("stated by the page, or claimed by somebody it quotes", VOICE),
                **PLACE,
                **PAGING,
            },
        ),
        Endpoint(
            path="/api/claims",
            handler=api.claims,
            fields={
                **PERIOD,
                "actor": PARTIES["actor"],
                "kind": ("direct or indirect speech", {"type": "string", "enum": list(lists.CLAIM_KINDS)}),
                "stance": ("what the speaker does with the content", {"type": "string", "enum": list(STANCES)}),
                **PAGING,
            },
        ),
        Endpoint(
            path="/api/actors",
            handler=api.actors,
            fields={"q": ("a part of the name, or the beginning of the code", TEXT), **PAGING},
        ),
        Endpoint(
            path="/api/incidents",
            handler=api.incidents,
            fields={
                **PERIOD,
                **PARTIES,
                **type_,
                **PLACE,
                "least": (
                    "independent reports at least",
                    {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1},
                ),
                "order": ("order of the list", {"type": "string", "enum": list(ORDERS), "default": "reports"}),
                **PAGING,
            },
        ),
        Endpoint(path="/api/incident", handler=api.incident, fields=ID, needed=frozenset({"id"}), paged=False),
        Endpoint(
            path="/api/search",
            handler=api.search,
            fields={"q": ("words", TEXT), "in": ("what is searched", WHICH), **PERIOD, **PAGING},
            needed=frozenset({"q"}),
        ),
        _reviews(),
    )


def _reviews() -> Endpoint:
    """The log of what people said."""
    return Endpoint(
        path="/api/reviews",
        handler=api.reviews,
        fields={
            "document": ("id of the document", {"type": "string", "minLength": 1, "maxLength": api.MAX_ID}),
            "subject": ("what was judged", {"type": "string", "enum": list(SUBJECTS)}),
            "verdict": ("what was said of it", {"type": "string", "enum": list(VERDICTS)}),
            "who": ("name of the person", TEXT),
            "state": ("what became of it", {"type": "string", "enum": list(STATES)}),
            **PAGING,
        },
    )


ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "kind", "message"],
            "properties": {"status": {"type": "integer"}, "kind": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}
LIST = {
    "type": "object",
    "required": ["page", "limit", "total", "items"],
    "properties": {
        "page": {"type": "integer"},
        "limit": {"type": "integer"},
        "total": {"type": "integer"},
        "unindexed": {"type": "integer", "description": "of a search: pages that cannot be searched yet"},
        "items": {"type": "array", "items": {"type": "object"}},
    },
}


def description() -> dict[str, Any]:
    """The OpenAPI 3.1 description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tacitus",
            "version": tacitus.__version__,
            "description": "The reading room's facts as JSON.",
        },
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in endpoints()},
        "components": {"schemas": {"Error": ERROR, "List": LIST, "Object": {"type": "object"}}},
    }


def openapi(request: Request) -> Response:
    """The description as JSON."""
    return JSONResponse(description())


def explained(request: Request) -> Response:
    """The page that explains the API."""
    return room_of(request).page(request, "api.html", here="api", endpoints=endpoints())


def routes() -> list[Route]:
    """The routes of the API."""
    found = [Route(endpoint.path, endpoint.handler) for endpoint in endpoints()]
    return [*found, Route("/api/openapi.json", openapi), Route("/api", explained)]


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    shape = "List" if endpoint.paged else "Object"
    answers = {"200": _answer("what was asked for", shape), "400": _answer("a field that cannot be used", "Error")}
    if "id" in endpoint.needed:
        answers["404"] = _answer("nothing of this id", "Error")
    return {
        "summary": endpoint.summary,
        "operationId": endpoint.path.rsplit("/", 1)[1],
        "parameters": [
            {"name": name, "in": "query", "required": name in endpoint.needed, "description": text, "schema": schema}
            for name, (text, schema) in endpoint.fields.items()
        ],
        "responses": answers,
    }


def _answer(text: str, shape: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}}
