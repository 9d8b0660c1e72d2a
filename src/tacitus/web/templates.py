"""The templates, and what they may call. Every value is escaped; control characters and those that turn a line round are taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tacitus.export.days import day, period
from tacitus.export.plain_text import clean
from tacitus.records import Actor
from tacitus.resources import data_path
from tacitus.store import PartyRow
from tacitus.store.reading_pages import ActorRow

MENU = (
    ("/", "Situation", "situation"),
    ("/incidents", "Incidents", "incidents"),
    ("/events", "Events", "events"),
    ("/statements", "Statements", "statements"),
    ("/actors", "Actors", "actors"),
    ("/documents", "Documents", "documents"),
    ("/search", "Search", "search"),
    ("/review", "Review", "review"),
    ("/api", "API", "api"),
)
"""The menu: address, words, and the key by which a page says that it belongs there."""

# U+200E, U+200F and U+061C turn neighbours round as the others do; U+2028 and U+2029 end a paragraph.
INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2028\u2029\ufeff"))


@cache
def environment() -> Environment:
    """The one environment of the process."""
    made = Environment(
        loader=FileSystemLoader(data_path("web", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": day, "count": count, "signed": signed, "capital": capital, "repeat": repeat}
    made.globals |= {
        "period": period,
        "address": address,
        "bounds": bounds,
        "changed": with_changes,
        "without": without,
        "actor_address": actor_address,
        "menu": MENU,
    }
    return made


def shown(value: Any) -> Any:
    """A value as a page shows it; None shows as nothing."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean(value).translate(INVISIBLE).encode("utf-8", "replace").decode()
    return value


def address(path: str, /, **query: Any) -> str:
    """A path with its query; what is None or empty is left out."""
    given = {name: value for name, value in query.items() if value not in (None, "", ())}
    return f"{path}?{urlencode(given, doseq=True, errors='replace')}" if given else path


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 page", "1,200 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def signed(number: float | None, digits: int = 1) -> str:
    """ "+3.5", "−9.0"; nothing for None."""
    return "" if number is None else f"{number:+.{digits}f}".replace("-", "−")


def repeat(word: str) -> tuple[str, str]:
    """A choice whose value is its own word."""
    return word, word


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def bounds(low: int | None, high: int | None) -> str:
    """ "12", "at least 12", "12 to 15"; nothing when both are None."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def with_changes(query: Mapping[str, str], **changes: Any) -> dict[str, Any]:
    """A query with some of its fields changed; None takes one away, and the page number with any change."""
    kept = {name: value for name, value in query.items() if name != "page"}
    return {name: value for name, value in {**kept, **changes}.items() if value is not None}


def without(items: Sequence[str], item: str) -> list[str]:
    """The items but one."""
    return [other for other in items if other != item]


def actor_address(actor: Actor | PartyRow | ActorRow) -> str:
    """The page of an actor across documents."""
    if actor.reference:
        return address("/actor", ref=actor.reference)
    return address("/actor", name=actor.name, code=actor.code)
