"""Rules for stretches that are counted from another time: last week, three days ago, two weeks later, the next year, the quarter."""

from __future__ import annotations

import re
from datetime import date

from tacitus.times import calendar
from tacitus.times.context import Context, Reading
from tacitus.times.words import Unit, is_vague, length_value, load_words, number_of

OPEN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "weekend": "XXXX-WXX-WE",
}
BACK = frozenset({"last", "previous", "preceding"})
AHEAD = frozenset({"next", "coming", "following"})


def unit_of(name: str) -> Unit:
    """The unit of a word; "weekend" counts as one here."""
    name = name.lower()
    return Unit("weekend", "WE") if name.startswith("weekend") else load_words().units[name]


def read_period(match: re.Match[str], context: Context) -> Reading | None:
    """this week, last month, the next day, that year, the same quarter, early next week."""
    modifier, unit = _clean(match["mod"]), unit_of(match["u"])
    if unit.time:
        return None
    of_scene = match["the"] is not None and modifier not in ("last", "current", "present", "latest")
    of_scene = of_scene or modifier in ("that", "same", "that same", "following", "previous", "preceding")
    base = _scene(context, unit.name) if of_scene else context.now
    if modifier in ("past", "this past", "latest"):
        return _past_period(modifier, unit, context)
    step = -1 if modifier in BACK else 1 if modifier in AHEAD else 0
    return _shifted(base, step, unit)


def _clean(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").lower()).strip()


def _scene(context: Context, unit: str) -> date | None:
    """The day to count from: the last mention at least as fine as the unit, else the time named last, else the anchor."""
    fine = {"day": ("day",), "week": ("day", "week", "weekend")}.get(unit)
    value = context.last(*fine) if fine else context.last()
    stretch = calendar.stretch_of(value)
    return stretch[0] if stretch else context.now


def _past_period(modifier: str, unit: Unit, context: Context) -> Reading:
    """the past week, this past weekend, the latest quarter."""
    if unit.name == "weekend":
        return _shifted(context.now, -1, unit)
    if unit.name == "quarter":
        return _shifted(context.now, -1, unit)
    return _length_to(1, unit, context, -1)


def _length_to(count: float, unit: Unit, context: Context, direction: int) -> Reading:
    """A length that ends (-1) or begins (1) at the anchor."""
    value = length_value(count, unit)
    if context.now is None or unit.time or count != int(count):
        return Reading("DURATION", value, open_end=True)
    try:
        other = calendar.shift(context.now, direction * int(count), unit.name)
    except (ValueError, OverflowError):
        return Reading("DURATION", value, open_end=True)
    return Reading("DURATION", value, (min(other, context.now), max(other, context.now)))


def _shifted(base: date | None, step: int, unit: Unit) -> Reading:
    if base is None:
        return Reading("DATE", OPEN.get(unit.name))
    try:
        day = calendar.shift(base, step, unit.name)
        if unit.name == "weekend" and step == 0 and base.isoweekday() < 3:
            day = calendar.shift(base, -1, "week")
        return Reading("DATE", calendar.period(day, unit.name))
    except (ValueError, OverflowError):
        return Reading("DATE", None)


def read_weekend(match: re.Match[str], context: Context) -> Reading | None:
    """the weekend: the one that has last begun, ahead in a clause about the future."""
    if context.now is None:
        return Reading("DATE", OPEN["weekend"])
    past = context.tense_of(*match.span()).value != "future"
    step = -1 if past and context.now.isoweekday() < 6 else 0
    return Reading("DATE", calendar.period(calendar.shift(context.now, step, "week"), "weekend"))


def read_definite(match: re.Match[str], context: Context) -> Reading | None:
    """the year, the quarter, the end of the month: the one named last, else the anchor's; "the year ended March 31" is a length."""
    unit, position = unit_of(match["u"]), match["pos"]
    after = match.string[match.end() : match.end() + 12]
    if unit.name != "quarter" and re.match(r"\s+(?:ended|ending|to)\b", after):
        return Reading("DURATION", length_value(1, unit), open_end=True)
    value = context.last(unit.name)
    if unit.name == "quarter":
        if value is None and context.now is not None:
            value = calendar.period(calendar.shift(context.now, -1, "quarter"), "quarter")
        return Reading("DATE", value or OPEN["quarter"])
    if unit.name == "day" or (not position and unit.name in ("week", "month", "decade", "century")):
        return None
    if value is None or (position and not context.narrative):
        base = context.now or context.scene
        value = calendar.period(base, unit.name) if base else OPEN.get(unit.name)
    return Reading("DATE", value)


def read_year_earlier(match: re.Match[str], context: Context) -> Reading | None:
    """the year-earlier quarter, the year-ago period, the same period last year."""
    quarter = context.last("quarter")
    if match["y"]:
        return Reading("DATE", match["y"] + (quarter[4:] if quarter else ""), aside=True)
    if quarter is not None:
        return Reading("DATE", f"{int(quarter[:4]) - 1:04}{quarter[4:]}", aside=True)
    year = context.now.year if context.now else context.last_year()
    return Reading("DATE", None if year is None else f"{year - 1:04}", aside=True)


def read_latest(match: re.Match[str], context: Context) -> Reading | None:
    """the latest quarter, the latest period: the quarter under discussion, else the one before the anchor's."""
    value = context.last("quarter")
    if value is None and context.now is not None:
        value = calendar.period(calendar.shift(context.now, -1, "quarter"), "quarter")
    return Reading("DATE", value or OPEN["quarter"])


def read_year_end(match: re.Match[str], context: Context) -> Reading | None:
    """year-end, year's end: the last day of the year under discussion."""
    year = context.now.year if context.now else context.last_year()
    return Reading("DATE", f"{year:04}-12-31" if year else "XXXX-12-31")


def read_distance(match: re.Match[str], context: Context) -> Reading | None:
    """three days ago, two weeks later, a year earlier, 10 days from now."""
    unit, words = unit_of(match["u"]), _clean(match["how"])
    back = words in ("ago", "earlier", "before", "previously", "back")
    to_anchor = words in ("ago", "back", "from now", "hence", "from today")
    count = None if match["v"] else number_of(match["n"]) if match["n"] else None
    if count is None:
        if to_anchor or back:
            return Reading("DATE", "PAST_REF" if back else "FUTURE_REF")
        return Reading("DATE", OPEN.get(unit.name))
    if back and count == 1 and unit.name == "year" and (quarter := _latest_quarter(context)):
        return Reading("DATE", f"{int(quarter[:4]) - 1:04}{quarter[4:]}", aside=True)
    base = context.now if to_anchor else _scene(context, unit.name)
    return _counted(base, -count if back else count, unit)


def _latest_quarter(context: Context) -> str | None:
    """The quarter under discussion: business reports compare it with "a year ago"."""
    value = context.last("quarter", "year", "month")
    return value if value is not None and calendar.granularity(value) == "quarter" else None


def _counted(base: date | None, count: float, unit: Unit) -> Reading:
    if base is None:
        return Reading("DATE", OPEN.get(unit.name))
    if unit.time:
        return Reading("TIME", f"{base.isoformat()}TXX")
    if count != int(count):
        if unit.name == "year":
            return _counted(base, int(count * 12), load_words().units["month"])
        return Reading("DATE", None)
    name = "week" if unit.name == "fortnight" else unit.name
    try:
        return Reading(
            "DATE", calendar.period(calendar.shift(base, int(count) * (2 if name != unit.name else 1), name), name)
        )
    except (ValueError, OverflowError):
        return Reading("DATE", None)


def read_span(match: re.Match[str], context: Context) -> Reading | None:
    """the past three months, the next two weeks, recent years, the first nine months: a length, placed where it touches the anchor."""
    unit, modifier = unit_of(match["u"]), _clean(match["mod"])
    vague = match["n"] is None or is_vague(match["n"])
    direction = (
        -1 if modifier in ("past", "last", "preceding", "previous") else 1 if modifier in ("next", "coming") else 0
    )
    if vague:
        return Reading("DURATION", length_value(None, unit), open_end=True)
    count = number_of(match["n"] or "")
    if count is None:
        return None
    if direction:
        return _length_to(count, unit, context, direction)
    return Reading("DURATION", length_value(count, unit), open_end=True)
