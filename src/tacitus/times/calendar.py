"""Calendar arithmetic on TIMEX3 values: what days a value covers, and the values of periods around a day.

Values are those of TIMEX3: ``2024-05-08``, ``2024-W19``, ``2024-W19-WE``, ``2024-05``, ``2024-Q2``, ``2024-H1``, ``2024-SU``, ``2024``,
``202`` (the 2020s), ``19`` (the 20th century, its hundred years counted from 1900). Days are `datetime.date`, stretches inclusive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

Stretch = tuple[date, date]

YEAR_UNITS = {"year": 1, "decade": 10, "century": 100}
MONTH_UNITS = {"month": 1, "quarter": 3}
DAY_UNITS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; winter runs into the next year
_VALUE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)|(?P<weekend>\d{4}-W\d\d-WE)|(?P<week>\d{4}-W\d\d)|(?P<month>\d{4}-\d\d)"
    r"|(?P<quarter>\d{4}-Q[1-4])|(?P<half>\d{4}-H[12])|(?P<season>\d{4}-(?:SP|SU|FA|WI))"
    r"|(?P<year>\d{4})|(?P<decade>\d{3})|(?P<century>\d{2})"
)


def granularity(value: str) -> str | None:
    """The unit a calendar value names (day, week, weekend, month, quarter, half, season, year, decade, century), or None."""
    match = _VALUE.fullmatch(value.partition("T")[0])
    return match.lastgroup if match else None


def stretch_of(value: str | None) -> Stretch | None:
    """First and last day that a calendar value covers; a time of day covers its day. None for all other values."""
    day = (value or "").partition("T")[0]
    match = _VALUE.fullmatch(day)
    if match is None or match.lastgroup is None:
        return None
    try:
        return _stretch(day, match.lastgroup)
    except (ValueError, OverflowError):  # 30 February, week 54, the year 0
        return None


def _stretch(value: str, unit: str) -> Stretch:
    if unit == "day":
        day = date.fromisoformat(value)
        return day, day
    if unit in ("week", "weekend"):
        monday = date.fromisocalendar(int(value[:4]), int(value[6:8]), 1)
        return (monday + timedelta(days=5) if unit == "weekend" else monday), monday + timedelta(days=6)
    year = int(value[:4].ljust(4, "0"))
    if unit in ("decade", "century", "year"):
        return date(year, 1, 1), date(year + {"year": 0, "decade": 9, "century": 99}[unit], 12, 31)
    if unit == "month":
        return _months(year, int(value[5:7]), 1)
    if unit == "quarter":
        return _months(year, 3 * int(value[6]) - 2, 3)
    if unit == "half":
        return _months(year, 6 * int(value[6]) - 5, 6)
    return _months(year, SEASON_MONTHS[value[5:]], 3)


def _months(year: int, month: int, count: int) -> Stretch:
    first = date(year, month, 1)
    return first, add_months(first, count) - timedelta(days=1)


def add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last day.

    Raises ValueError outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    for number in (day.day, 30, 29, 28):
        if number <= day.day:
            try:
                return date(year, month + 1, number)
            except ValueError:
                continue
    raise ValueError(f"no such month: {year}-{month + 1}")


def shift(day: date, count: int, unit: str) -> date:
    """The day `count` units (day, week, weekend, fortnight, month, quarter, year, decade, century) later.

    Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    if unit in DAY_UNITS:
        return day + timedelta(days=DAY_UNITS[unit] * count)
    if unit in MONTH_UNITS:
        return add_months(day, MONTH_UNITS[unit] * count)
    return add_months(day, 12 * YEAR_UNITS[unit] * count)


def period(day: date, unit: str) -> str:
    """The value of the day, week, weekend, month, quarter, year, decade or century that `day` lies in."""
    if unit == "day":
        return day.isoformat()
    if unit in ("week", "weekend", "fortnight"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{day.year:04}-{day.month:02}"
    if unit == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}"[: {"year": 4, "decade": 3, "century": 2}[unit]]


def month_value(year: int, month: int) -> str:
    """The value of a month."""
    return f"{year:04}-{month:02}"


def day_value(year: int, month: int, day: int) -> str | None:
    """The value of a day, or None when there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: Mapping[str, int], year: int) -> date:
    """The day of a holiday in a year: a fixed day, days from Easter, or the nth weekday of a month (-1: the last)."""
    if "easter" in rule:
        return easter(year) + timedelta(days=rule["easter"])
    if "day" in rule:
        return date(year, rule["month"], rule["day"])
    if rule["nth"] > 0:
        first = date(year, rule["month"], 1)
        return first + timedelta(days=(rule["weekday"] - first.isoweekday()) % 7 + 7 * (rule["nth"] - 1))
    last = add_months(date(year, rule["month"], 1), 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - rule["weekday"]) % 7)


def weekday_near(day: date, weekday: int, *, direction: int) -> date:
    """The nearest such weekday (Monday 1) on or before (`direction` -1) or on or after (1) a day."""
    if direction < 0:
        return day - timedelta(days=(day.isoweekday() - weekday) % 7)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)
