"""Who wrote the article and for whom: bylines ("By Jane Doe, Associated Press") and the agency of a dateline ("GOMA (Reuters) -")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tacitus.ingest.dates import date_end, date_start, is_date_line
from tacitus.resources import data_path, load_tsv

_NAME = r"(?:[^\W\d_a-z][\w’'.-]*|de|da|di|del|della|der|den|van|von|al|el|bin|bint|ibn|la|le|du|dos|y)"
_PERSON = rf"[^\W\d_a-z][\w’'.-]*(?:\s+{_NAME}){{1,4}}"
_OUTLET_NAME = rf"(?:the\s+|The\s+)?{_NAME}(?:\s+(?:{_NAME}|of|and|&)){{0,5}}"
_OUTLET = rf"(?:\s*(?:,|\||\bof\b|\bfor\b|\bat\b|/|[-–—•])\s*{_OUTLET_NAME}|\s*\([\w .]{{2,30}}\))"
_PEOPLE = rf"{_PERSON}(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+|\s+&\s+){_PERSON}){{0,4}}"
_LEAD = r"(?:(?:written|posted|reported|published|story|text|words|report|article|analysis|reporting)\s+by|by|author|authors|from)\b\s*:?"
_BYLINE = re.compile(rf"^\s*(?i:{_LEAD})\s+(?P<who>(?:(?:the|The)\s+)?{_PEOPLE}{_OUTLET}{{0,2}})\s*$")
_LEAD_ALONE = re.compile(rf"^\s*{_LEAD}\s*$", re.IGNORECASE)
_NAMES_ALONE = re.compile(rf"^\s*(?P<who>{_PEOPLE}{_OUTLET}{{0,2}})\s*$")
_TRAILER = re.compile(
    r"\s*(?:[|•·/–—]|\s-\s|@\w+|\S+@\S+|\b(?:last )?(?:updated|published|posted|on)\b:?|\b\d{1,2}[:.]\d\d"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*$",
    re.IGNORECASE,
)
_LEAD_TO_DATE = re.compile(
    r"[\s,|•·–—-]*\b(?:on|published|updated|posted|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[\s,:]*$", re.IGNORECASE
)
_DATELINE = re.compile(r"^\s*[^\W\d_a-z][\w’'.,/ -]{1,60}?\((?P<agency>[\w ]{2,25})\)\s*[-–—:]")
MAX_WORDS = 25
"""A byline with outlet, date and handles hardly has more; prose that begins with "By" has."""


def byline_of(text: str) -> str | None:
    """The writers when the whole text is a byline (date, handle and role after the names are allowed), without the "By"."""
    text = text.strip()
    if len(text.split()) > MAX_WORDS:
        return None
    for candidate in (text, _before_date(text), _after_date(text), _TRAILER.sub("", text)):
        match = _BYLINE.match(candidate)
        if match:
            return match["who"].strip(" ,|-–—")
        agency = re.sub(rf"^\s*{_LEAD}\s+", "", candidate, flags=re.IGNORECASE).strip()
        if agency != candidate and agency in agencies():
            return agency
    return text if text in agencies() else None


def is_byline_lead(text: str) -> bool:
    """Whether the text is the lone "By" of a byline whose names stand on the next line."""
    return bool(_LEAD_ALONE.match(text))


def names_of(text: str) -> str | None:
    """The text when it is nothing but capitalised names, as the line after a lone "By" is."""
    match = _NAMES_ALONE.match(text)
    return match["who"].strip() if match and len(text.split()) <= 12 else None


def dateline_agency(text: str) -> str | None:
    """The agency that the dateline at the start of an article names, in full: "GOMA, Congo (AP) — ..." gives Associated Press."""
    match = _DATELINE.match(text)
    return agencies().get(match["agency"].strip()) if match else None


@cache
def agencies() -> Mapping[str, str]:
    """Agency labels and full names, read once."""
    return {row["label"]: row["name"] for row in load_tsv(data_path("ingest", "agencies.tsv"), ("label", "name"))}


def is_credit(text: str) -> bool:
    """Whether the whole text is a byline or a date line."""
    return byline_of(text) is not None or (len(text.split()) <= MAX_WORDS and is_date_line(text))


def _after_date(text: str) -> str:
    """What follows a date at the start: "8 May 2024 by Jane Doe"."""
    end = date_end(text) if date_start(text) == 0 else None
    return text if end is None else text[end:].lstrip(" ,|-–—•·")


def _before_date(text: str) -> str:
    """The text up to its first date."""
    start = date_start(text)
    return text if start is None else _LEAD_TO_DATE.sub("", text[:start]).rstrip(" ,|-–—•·")
