"""Rules for days and times of day: today, Friday, last Tuesday, May 8, each with a part of the day or a clock time."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tacitus.times import calendar
from tacitus.times.context import Context, Reading, Tense
from tacitus.times.dates import dated, month_number, relative_year, weekday_number, year_ahead, year_number
from tacitus.times.words import load_words, number_of, ordinal_of

_RELATIVE_YEAR = re.compile(r"\b(?:last|this|next)\s+year$", re.IGNORECASE)
NEAR = 80  # code points: a clock time belongs to a day named this shortly before it


def read_day(match: re.Match[str], context: Context) -> Reading | None:
    """A day, with what stands around it: "10 p.m. Wednesday", "the night of April 18", "late yesterday", "Friday morning"."""
    value = _day_value(match, context)
    if value is None:
        return None
    suffix = _time_suffix(match)
    if (match["rel"] or "").lower() == "tonight" and not suffix:
        suffix = "TNI"
    return Reading("TIME", value + suffix) if suffix else Reading("DATE", value)


def _day_value(match: re.Match[str], context: Context) -> str | None:
    if match["rel"]:
        return _deictic(match["rel"].lower(), context)
    if match["md"] or match["dm"]:
        month = month_number(match["m1"] or match["m2"])
        day = ordinal_of(match["d1"] or match["d2"]) or int(number_of(match["d1"] or match["d2"]) or 0)
        year_text = match["y1"] or match["y2"]
        year = year_number(year_text, context) if year_text else year_ahead(match)
        if year is None and (relative := _RELATIVE_YEAR.search(match["md"] or "")):
            year = relative_year(relative[0], context)
        return dated(month, day, context, context.tense_of(*match.span()), year)
    return _weekday(match, context)


def _deictic(word: str, context: Context) -> str | None:
    """today, yesterday, the day before yesterday …"""
    word = re.sub(r"\s+", " ", word)
    offset = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
    return "XXXX-XX-XX" if context.now is None else (context.now + timedelta(days=offset)).isoformat()


def _weekday(match: re.Match[str], context: Context) -> str | None:
    """A weekday by its modifier, else by the tense of its clause."""
    number, modifier = weekday_number(match["wd"]), re.sub(r"\s+", " ", (match["mod"] or "").lower())
    now = context.now or context.last_day()
    if now is None:
        return f"XXXX-WXX-{number}"
    if modifier in ("the following", "that", "the same", "the next") and (scene := context.last_day()):
        return calendar.weekday_near(scene, number, direction=1).isoformat()
    if modifier in ("the previous", "the preceding") and (scene := context.last_day()):
        return calendar.weekday_near(scene - timedelta(days=1), number, direction=-1).isoformat()
    return weekday_by(modifier, number, now, context.tense_of(*match.span())).isoformat()


def weekday_by(modifier: str, number: int, now: date, tense: Tense) -> date:
    """last and past go back, next and coming ahead, both leaving out the day itself; otherwise the tense decides."""
    if modifier in ("last", "past", "this past", "the past", "the previous", "the preceding"):
        return calendar.weekday_near(now - timedelta(days=1), number, direction=-1)
    if modifier in ("next", "coming", "this coming", "the next", "the coming", "the following"):
        return calendar.weekday_near(now + timedelta(days=1), number, direction=1)
    if modifier == "this":
        return calendar.weekday_near(now, number, direction=-1 if tense is Tense.PAST else 1)
    return calendar.weekday_near(now, number, direction=1 if tense is Tense.FUTURE else -1)


def _time_suffix(match: re.Match[str]) -> str:
    """The T part of the value: a clock time before or behind the day, or a part of the day."""
    clock = match["clock"] or match["clock2"]
    if clock:
        return clock_suffix(clock)
    part = match["partof"] or match["part"] or match["midpart"]
    return part_suffix(part) if part else ""


def part_suffix(part: str) -> str:
    """TMO, TNI … of a part of the day; noon and midnight are clock times."""
    key = part.lower()
    code = load_words().day_parts.get(key) or load_words().day_parts[key.removesuffix("s")]
    return code if code.startswith("T") else f"T{code}"


def clock_suffix(text: str) -> str:
    """T14:30 of "2:30 p.m.", "14:30", "1430 GMT", "half past" is not known; T12:00 of noon, T24:00 of midnight."""
    text = text.lower()
    if match := re.match(r"(noon|midday|midnight)", text):
        return load_words().day_parts[match[1]]
    if match := re.match(r"(\d\d)(\d\d)\s?(?:gmt|utc|hrs|hours)", text):
        return f"T{match[1]}:{match[2]}"
    match = re.match(r"(\w+?)(?:[:.](\d\d))?(?::\d\d|\.\d\d)?\s{0,2}(a|p)\.?m|(\d{1,2}):(\d\d)|(\w+)\s+o", text)
    if match is None:
        return ""
    hour = int(number_of(match[1] or match[4] or match[6]) or 0)
    minute = match[2] or match[5] or "00"
    if match[3] == "p" and hour < 12:
        hour += 12
    if match[3] == "a" and hour == 12:
        hour = 0
    return f"T{hour:02}:{minute}"


def read_clock(match: re.Match[str], context: Context) -> Reading | None:
    """10:35 a.m., 19:00, noon: of the day named shortly before in the same paragraph, else of the anchor."""
    part = match["part"]
    suffix = clock_suffix(match["clock"])
    if not suffix:
        return None
    if part and suffix[1:3].isdigit() and int(suffix[1:3]) < 12 and part_suffix(part) in ("TAF", "TEV", "TNI"):
        suffix = f"T{int(suffix[1:3]) + 12}{suffix[3:]}"
    return Reading("TIME", _near_day(match, context) + suffix)


def _near_day(match: re.Match[str], context: Context) -> str:
    """The day that a time of day without one belongs to."""
    value = context.last("day")
    if value and context.mentioned:
        offset = context.mentioned[-1][0]
        same_paragraph = "\n\n" not in context.text[offset : match.start()]
        if context.narrative or (same_paragraph and match.start() - offset <= NEAR):
            return value
    return context.now.isoformat() if context.now else "XXXX-XX-XX"


def read_part(match: re.Match[str], context: Context) -> Reading | None:
    """this morning, last night, that afternoon, the next morning, overnight, in the evening."""
    part, modifier = match["part"], re.sub(r"\s+", " ", (match["mod"] or "").lower())
    if modifier in ("every", "each"):
        return Reading("SET", f"XXXX-XX-XX{part_suffix(part)}")
    suffix = part_suffix(part)
    if modifier in ("this", "last"):
        day = context.now and context.now - timedelta(days=modifier == "last")
        return Reading("TIME", (day.isoformat() if day else "XXXX-XX-XX") + suffix)
    if modifier in ("that", "the same", "that same"):
        return Reading("TIME", (context.last("day") or "XXXX-XX-XX") + suffix)
    if modifier in ("the next", "the following", "the previous"):
        scene = context.last_day() or context.now
        step = -1 if modifier == "the previous" else 1
        return Reading("TIME", ((scene + timedelta(days=step)).isoformat() if scene else "XXXX-XX-XX") + suffix)
    return Reading("TIME", _near_day(match, context) + suffix)


def read_overnight(match: re.Match[str], context: Context) -> Reading | None:
    """overnight: the night up to the anchor."""
    return Reading("TIME", (context.now.isoformat() if context.now else "XXXX-XX-XX") + "TNI")


def read_weekday_set(match: re.Match[str], context: Context) -> Reading | None:
    """every Monday, Fridays, Monday nights."""
    suffix = part_suffix(match["part"]) if match["part"] else ""
    return Reading("SET", f"XXXX-WXX-{weekday_number(match['wd'])}{suffix}")
