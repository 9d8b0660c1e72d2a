"""Dates as a reader wants them: "22 Oct 1962". Independent of the machine's locale."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """A day."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def period(first: date | None, last: date | None) -> str:
    """A stretch of days; open at an end that is None. Year and month are said once where both ends share them."""
    if first is None or last is None:
        return f"from {day(first)}" if first else f"until {day(last)}" if last else "all dates"
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    start = day(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} to {day(last)}"
