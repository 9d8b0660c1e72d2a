"""What an address asks for: days, numbers and names from its query, each checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starlette.requests import Request

from tacitus.store import Query
from tacitus.store.reading_pages import Who
from tacitus.web.faults import Fault

MAX_WORDS = 200  # characters of a name or of words looked for
MAX_PAGE = 1_000_000


def text_of(request: Request, name: str, *, longest: int = MAX_WORDS) -> str | None:
    """A field of the query; None when it is absent or blank. Raises Fault when it is too long."""
    given = request.query_params.get(name)
    if given == "" and request.url.path.startswith("/api/"):  # forms send fields that are left empty; programs need not
        raise Fault(400, "request", f"{name}: is empty; leave it out instead.")
    value = (given or "").strip()
    if len(value) > longest:
        raise Fault(400, "request", f"{name}: longer than {longest} characters.")
    return value or None


def needed(request: Request, name: str) -> str:
    """A field that must be there, as it was given: an id may be of any form."""
    value = request.query_params.get(name)
    if not value:
        raise Fault(400, "request", f"The address lacks {name}.")
    return value


def day_of(request: Request, name: str) -> date | None:
    """A day of the query."""
    value = text_of(request, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as err:
        raise Fault(400, "request", f"{name}: a day is written like 1962-10-22.") from err


def number_of(request: Request, name: str, *, default: int, most: int = MAX_PAGE, least: int = 1) -> int:
    """A whole number of the query."""
    value = text_of(request, name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()) or not least <= int(value[:9]) <= most:
        raise Fault(400, "request", f"{name}: a number from {least:,} to {most:,} is expected.")
    return int(value)


def choice_of(request: Request, name: str, choices: Sequence[str]) -> str | None:
    """One of several words, or None."""
    value = text_of(request, name)
    if value is not None and value not in choices:
        raise Fault(400, "request", f"{name}: one of {', '.join(choices)} is expected.")
    return value


def query_of(request: Request) -> Query:
    """Period and parties."""
    since, until = day_of(request, "since"), day_of(request, "until")
    if since and until and since > until:
        raise Fault(400, "request", "The first day is later than the last.")
    return Query(actor=text_of(request, "actor"), with_=text_of(request, "with"), since=since, until=until)


def who_of(request: Request) -> Who:
    """The actor an address names: `ref`, or `side`, or `name` with `code`."""
    reference, side = request.query_params.get("ref"), request.query_params.get("side")
    if reference or side:
        return Who(reference=reference or None, side=side or None)
    return Who(name=needed(request, "name"), code=request.query_params.get("code") or None)


def who_query(who: Who) -> dict[str, str]:
    """The fields of the address of an actor's page."""
    fields = {"ref": who.reference, "side": who.side, "name": who.name, "code": who.code}
    return {name: value for name, value in fields.items() if value}
