"""Rules for dates that name their month: 8 May 2024, last May, 05/08/2024, and the years of those that name none.

A date without its year takes it from the anchor and the tense ("was killed on May 8", "will meet on May 8"), in narratives from the
year named last.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tacitus.times import calendar
from tacitus.times.context import Context, Reading, Tense
from tacitus.times.words import load_words, number_of, ordinal_of

SOON = (
    50  # days: a date without a year this near ahead is the coming one, whatever the tense (last year's would say so)
)
SOON_MONTH = 62  # the same for a month, from the first of this one
FAR = 270  # days: a date without a year that lies farther ahead than this is the past one, whatever the tense
RECENT_CENTURY = 30  # years ahead of the anchor up to which a two-digit year belongs to this century


def month_number(name: str) -> int:
    """The number of a month's name or abbreviation."""
    words = load_words()
    key = name.lower().rstrip(".")
    return words.months.get(key) or words.month_abbreviations[key]


def weekday_number(name: str) -> int:
    """The ISO number of a weekday's name or abbreviation, singular or plural."""
    words = load_words()
    key = name.lower().rstrip(".")
    key = key if key in words.weekdays or key in words.weekday_abbreviations else key.removesuffix("s")
    return words.weekdays.get(key) or words.weekday_abbreviations[key]


def year_number(text: str, context: Context) -> int | None:
    """A year from digits, words ("nineteen ninety-six") or an apostrophe and two digits."""
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    if match := re.fullmatch(r"[’'‘`]?(\d\d)", text):
        return full_year(int(match[1]), context)
    head, _, tail = re.sub(r"[\s-]+", " ", text.lower()).partition(" ")
    if head == "two":
        return int(number_of(text) or 0) or None
    century, rest = number_of(head), number_of(re.sub(r"^oh[\s-]+", "", tail))
    return None if century is None or rest is None else int(century) * 100 + int(rest)


def full_year(two_digits: int, context: Context) -> int:
    """A two-digit year: in a narrative that of the year named last, else not more than a generation ahead of the anchor."""
    last = context.last_year()
    if context.narrative and last is not None:
        year = last // 100 * 100 + two_digits
        return year - 100 if year > last + RECENT_CENTURY else year
    pivot = (context.anchor.year if context.anchor else last or 2000) + RECENT_CENTURY
    century = pivot // 100 * 100
    return century + two_digits if century + two_digits <= pivot else century - 100 + two_digits


def year_of(month: int, day: int | None, context: Context, tense: Tense) -> int | None:
    """The year of a date that names none; None when neither an anchor nor an earlier year is known."""
    if context.now is None:
        return _year_in_narrative(month, context)
    now = context.now
    try:
        this = date(now.year, month, day or 1)
    except ValueError:  # 29 February
        this = date(now.year, month, 28)
    if day is None:
        now = now.replace(day=1)
    past, coming = (now.year, now.year + 1) if this <= now else (now.year - 1, now.year)
    if this == now:
        return now.year
    ahead = (this.replace(year=coming, day=min(this.day, 28)) - now).days
    soon = ahead <= (SOON if day is not None else SOON_MONTH)
    return coming if soon or (tense is Tense.FUTURE and ahead <= FAR) else past


def _year_in_narrative(month: int, context: Context) -> int | None:
    """The year named last, or the next one where the months have plainly gone round (November, then February)."""
    year = context.last_year()
    value = context.last("day", "month")
    if year is None:
        return None
    if value is not None and int(value[:4]) == year and int(value[5:7]) >= 10 and month <= 3:
        return year + 1
    return year


def dated(month: int, day: int, context: Context, tense: Tense, year: int | None = None) -> str | None:
    """The value of a day; XXXX for a year that cannot be known, None for a day that does not exist."""
    year = year if year is not None else year_of(month, day, context, tense)
    if year is None:
        return f"XXXX-{month:02}-{day:02}" if day <= 31 else None
    return calendar.day_value(year, month, day)


def read_iso(match: re.Match[str], context: Context) -> Reading | None:
    """2024-05-08, 2024-05-08T14:30, 2024/05/08."""
    value = calendar.day_value(int(match["y"]), int(match["m"]), int(match["d"]))
    if value is None:
        return None
    return Reading("TIME", f"{value}T{match['t']}") if match["t"] else Reading("DATE", value)


def read_numeric(match: re.Match[str], context: Context) -> Reading | None:
    """05/08/2024: resolved only where one of the two numbers cannot be a month, or both are the same."""
    a, b = int(match["a"]), int(match["b"])
    year = year_number(match["y"], context)
    if year is None or not 1 <= min(a, b) <= 12 or max(a, b) > 31:
        return None
    if a != b and a <= 12 and b <= 12:
        return Reading("DATE", None)
    month, day = (b, a) if a > 12 else (a, b)
    value = calendar.day_value(year, month, day)
    return Reading("DATE", value) if value else None


def read_range_head(match: re.Match[str], context: Context) -> Reading | None:
    """The "8" of "8-10 May 2024" and of "8 and 10 May"; the month and the year stand behind."""
    return _part_of_range(match, context, match["d"])


def _part_of_range(match: re.Match[str], context: Context, day: str) -> Reading | None:
    number = ordinal_of(day)
    year = year_number(match["y"], context) if match["y"] else None
    if number is None:
        return None
    value = dated(month_number(match["m"]), number, context, context.tense_of(*match.span()), year)
    return Reading("DATE", value) if value else None


def read_month_head(match: re.Match[str], context: Context) -> Reading | None:
    """The "May 8" of "May 8-10, 2024"."""
    return _part_of_range(match, context, match["d"])


def read_range_tail(match: re.Match[str], context: Context) -> Reading | None:
    """The "10" of "May 8-10": a bare day behind a day of a month."""
    offset, before = context.mentioned[-1] if context.mentioned else (0, "")
    if (
        calendar.granularity(before) != "day"
        or match.start() - offset > RANGE_REACH
        or not _is_tail(match.string[offset : match.start()])
    ):
        return None
    year = int(match["y"]) if match["y"] else int(before[:4])
    value = calendar.day_value(year, int(before[5:7]), int(match["d"]))
    return Reading("DATE", value) if value and value > before else None


def _is_tail(between: str) -> bool:
    """Whether a dash, "and", "to" or a comma stands between the first day and the next."""
    return re.fullmatch(r"\W*\w+\W+\w+?(?:\s?[-–—]\s?|,? and |,? to |,? or |, )", between) is not None


RANGE_REACH = 20  # code points from the beginning of "September 21" to the "23" behind it


def read_month(match: re.Match[str], context: Context) -> Reading | None:
    """May 2024, last May, May last year, early May, in May."""
    month, modifier = month_number(match["m"]), (match["mod"] or "").lower()
    if modifier in ("each", "every"):
        return Reading("SET", f"XXXX-{month:02}")
    if not (modifier or match["y"] or match["ry"] or match["pos"]) and not _is_month(match, context):
        return None
    year = month_year(match, context, month, modifier)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02}")
    return Reading("DATE", calendar.month_value(year, month))


def _is_month(match: re.Match[str], context: Context) -> bool:
    """Whether a month's name standing alone is one: not the verbs "may" and "march", not the name of a person or a ship."""
    upos = context.upos_at(match.start("m"))
    if match["m"].lower() in ("may", "march"):
        return in_phrase(match) and upos not in ("AUX", "VERB")
    return upos not in ("AUX", "VERB") or in_phrase(match)


def month_year(match: re.Match[str], context: Context, month: int, modifier: str) -> int | None:
    if match["y"]:
        return year_number(match["y"], context)
    if not match["ry"] and not modifier and (ahead := year_ahead(match)):
        return ahead
    if match["ry"]:
        return relative_year(match["ry"], context)
    if modifier in ("same", "that") and context.last_year() is not None:
        return context.last_year()
    now = context.now
    if now is not None and modifier in ("last", "past", "previous", "this past"):
        return now.year if month < now.month else now.year - 1
    if now is not None and modifier in ("next", "coming", "following", "this coming"):
        return now.year if month > now.month else now.year + 1
    if now is not None and modifier == "this":
        return now.year
    return year_of(month, None, context, context.tense_of(*match.span()))


_AHEAD = re.compile(
    r"\s?(?:[-–—]|,?\s(?:and|to|or|until|through|till))\s?(?:(?:early|mid|late)[- ])?(?:\d{1,2}\s)?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s\d{1,2})?,?\s((?:1\d|20)\d\d)\b"
)


def year_ahead(match: re.Match[str]) -> int | None:
    """The year that stands only at the end of a range: "26 June - 4 August 1952", "March and April 1918"."""
    found = _AHEAD.match(match.string, match.end())
    return int(found[1]) if found else None


def read_week_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """the last week of August: the calendar week that lies with most of its days in it."""
    month = month_number(match["m"])
    year = month_year(match, context, month, "")
    number = -1 if match["o"].lower() in ("last", "final") else ordinal_of(match["o"])
    if year is None or number is None or number > 4:
        return Reading("DATE", f"XXXX-{month:02}") if year is None else None
    last = calendar.add_months(date(year, month, 1), 1) - timedelta(days=1)
    day = last - timedelta(days=3) if number < 0 else date(year, month, 7 * number - 3)
    return Reading("DATE", calendar.period(day, "week"))


def relative_year(words: str, context: Context) -> int | None:
    """The year of "last year", "this year", "next year", "that year", "the same year"."""
    words = words.lower()
    if words.startswith(("that", "the same", "the following", "the previous", "the next")):
        year = context.last_year()
        if year is None:
            year = context.now.year if context.now else None
        offset = 1 if "following" in words or "next" in words else -1 if "previous" in words else 0
        return None if year is None else year + offset
    if context.now is None:
        return None
    return context.now.year + {"last": -1, "next": 1}.get(words.split()[0], 0)


def in_phrase(match: re.Match[str]) -> bool:
    """Whether a preposition of time stands before the expression."""
    before = match.string[max(0, match.start() - 12) : match.start()].lower()
    return bool(
        re.search(
            r"\b(?:in|by|since|until|till|during|through|throughout|from|before|after|between|of|to|over|into)\s+$",
            before,
        )
    )
