"""Publication dates as pages print them: "Published 8 May 2024", "May 8, 2024 10:32 AM EDT", "2024-05-08T14:32:00Z"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

FIRST_YEAR = 1600
"""There were no newspapers before; "0001-01-01" is what some systems write for "no date"."""
_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_ZONES = {
    "EDT": -4,
    "EST": -5,
    "CDT": -5,
    "CST": -6,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
    "GMT": 0,
    "UTC": 0,
    "Z": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}\b",
        rf"\b{_DAY}\s*(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_DAY}\.(?P<month>\d{{1,2}})\.{_YEAR}\b",
        rf"\b(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?\d|1[0-2])/{_YEAR}\b",
        rf"\b(?P<month>0?\d|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}\b",
    )
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>EDT|EST|CDT|CST|MDT|MST|PDT|PST|GMT|UTC|BST|CEST|CET|Z)\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?")
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:first|last|originally|published|posted|updated|modified|created|issued|released|added|date|on|at|by|in|as|of|the|et|local|time"
    r"|a\.?m|p\.?m|hrs?|min(?:utes?)?|read|ago|edt|est|cdt|cst|mdt|mst|pdt|pst|gmt|utc|ist|bst|cet|cest|aest|pt|ct|mt)\b\.?",
    re.IGNORECASE,
)


def parse_iso(text: str) -> str | None:
    """The text, trimmed and with a "T" between date and time, when it is an ISO 8601 date or date-time of a plausible year; else None."""
    text = re.sub(r"^(\d{4}-\d\d-\d\d) (?=\d)", r"\1T", text.strip())
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return None
    return text if day.year >= FIRST_YEAR and re.match(r"\d{4}-\d\d-\d\d", text) else None


def find_date(text: str) -> str | None:
    """The first full date in the text as an ISO date; with time and offset where the text gives both. None when there is none, or when
    day and month could be either way round.
    """
    if iso := _ISO.search(text):
        found = iso.group().strip()
        if "T" in found or ":" in found:
            return parse_iso(found.replace(" ", "T", 1).replace(" ", "")) or parse_iso(found[:10])
    for form in _FORMS:
        match = form.search(text)
        day = _day(match) if match else None
        if match and day:
            return _with_clock(day, text)
    return None


def date_start(text: str) -> int | None:
    """Where the first full date in the text begins, its weekday and the words that lead to it not counted; None without one."""
    starts = [match.start() for form in _FORMS if (match := form.search(text))]
    return min(starts) if starts else None


def date_end(text: str) -> int | None:
    """Where the first full date in the text ends; None without one."""
    matches = [match for form in _FORMS if (match := form.search(text))]
    return min(matches, key=lambda match: match.start()).end() if matches else None


def is_date_line(text: str) -> bool:
    """Whether the text is nothing but a date: weekday, lead word, date, time, zone."""
    if find_date(text) is None:
        return False
    rest = text
    for form in _FORMS:
        rest = form.sub(" ", rest)
    rest = _WEEKDAY.sub(" ", re.sub(r"T?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\.\d+)?Z?|[+-]\d\d:?\d\d", " ", rest))
    rest = _LEADS.sub(" ", re.sub(r"(?<=\d)(?=[ap]\.?m)", " ", rest, flags=re.IGNORECASE))
    return not re.search(r"[^\W\d_]{2,}|\d{3,}", rest)


def _day(match: re.Match[str]) -> date | None:
    month = match["month"].lower().rstrip(".")
    try:
        return date(int(match["year"]), int(month) if month.isdigit() else _MONTHS[month], int(match["day"]))
    except ValueError:
        return None


def _with_clock(day: date, text: str) -> str:
    """The day, with the time when the text gives one and its zone; a time without a zone could be another day elsewhere."""
    clock = _CLOCK.search(text)
    if clock is None:
        return day.isoformat()
    hour, minute = int(clock["hour"]), int(clock["minute"])
    half = (clock["half"] or "").lower()[:1]
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if hour > 23 or minute > 59:
        return day.isoformat()
    offset = _ZONES[clock["zone"].upper()]
    zone = UTC if offset == 0 else timezone(timedelta(hours=offset))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).isoformat()
