"""Rules for seasons, years, decades, centuries, quarters and holidays."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tacitus.times import calendar
from tacitus.times.context import Context, Reading
from tacitus.times.dates import full_year, in_phrase, month_year, relative_year, year_number, year_of
from tacitus.times.words import load_words, ordinal_of

# Words before a four-figure number that make it an amount or a label; after some of them a plausible year is a year all the same.
_NUMBERED = re.compile(
    r"(?:[$€£#№]\s?|[.,/]|\b(?:no|nos|about|some|nearly|almost|over|than|least|roughly|approximately|by|flight|resolution|room|route"
    r"|u\.n\.|article|section|top|to|of)\.?\s?)\Z",
    re.IGNORECASE,
)
_AMOUNT_OR_TIME = re.compile(r"\b(?:by|of|over|to|about|than)\s$", re.IGNORECASE)
_MEASURE = re.compile(r"\s?(?:%|°|[-–]?(?:pound|mile|meter|metre|foot|strong|member|ton|point|year))")


def read_season(match: re.Match[str], context: Context) -> Reading | None:
    """the summer of 2005, last summer, this spring, early autumn."""
    season, modifier = load_words().seasons[match["s"].lower()], (match["mod"] or "").lower()
    if modifier in ("each", "every"):
        return Reading("SET", f"XXXX-{season}")
    if not (match["y"] or match["ry"] or modifier or match["pos"] or in_phrase(match)):
        return None
    if match["s"].lower() == "fall" and not (match["y"] or match["ry"]) and _is_verb_or_collapse(match, context):
        return None
    month = calendar.SEASON_MONTHS[season]
    year = month_year(match, context, month, modifier)
    return Reading("DATE", f"{'XXXX' if year is None else f'{year:04}'}-{season}")


def _is_verb_or_collapse(match: re.Match[str], context: Context) -> bool:
    """Whether "fall" is what cities and governments do: "to fall", "the fall of the regime"."""
    text = match.string
    if context.upos_at(match.start("s")) == "VERB" or text[: match.start()].endswith("to "):
        return True
    return text[match.end() :].lstrip().startswith("of ")


def read_year(match: re.Match[str], context: Context) -> Reading | None:
    """2024, the year 2024, early 2020, the end of 1916, fiscal 1990; not the 2,000 of "2000 people"."""
    year = year_number(match["y"], context)
    if year is None or (not (match["pos"] or match["the"] or match["fiscal"]) and not _is_year(match, context, year)):
        return None
    return Reading("DATE", f"{year:04}")


def _is_year(match: re.Match[str], context: Context, year: int) -> bool:
    """Whether a bare four-figure number is a year, by what stands around it."""
    text = match.string
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 20]
    if not match["y"][0].isdigit():  # in words: "two thousand" counts, "nineteen ninety-six" does not
        return re.match(r"(?:nineteen|eighteen)[\s-](?!and)", match["y"], re.IGNORECASE) is not None
    numbered = _NUMBERED.search(before) and not (1700 <= year <= 2050 and _AMOUNT_OR_TIME.search(before))
    if numbered or _MEASURE.match(after):
        return False
    following = re.match(r"\s{1,3}([A-Za-z]+)", after)
    if following and following[1].lower() in load_words().count_nouns:
        return False
    if re.match(r"\s{1,2}[A-Z][a-z]+ (?:St|Street|Ave|Avenue|Road|Rd|Blvd)", after):
        return False
    return 1500 <= year <= 2059 or in_phrase(match)


def read_two_digit_year(match: re.Match[str], context: Context) -> Reading | None:
    """'99."""
    year = year_number(match["y"], context)
    return Reading("DATE", f"{year:04}") if year else None


def read_year_tail(match: re.Match[str], context: Context) -> Reading | None:
    """The "17" of "1915-17"."""
    last = context.last("year")
    if last is None or not context.mentioned or match.start() - context.mentioned[-1][0] > 5:
        return None
    year = int(last[:2] + match["y"])
    return Reading("DATE", f"{year:04}") if year > int(last) else None


def read_decade(match: re.Match[str], context: Context) -> Reading | None:
    """the 1990s, the early '90s, the mid-nineties."""
    if match["y"]:
        return Reading("DATE", match["y"][:3])
    tens = load_words().decades[match["w"].lower()] if match["w"] else int(match["yy"])
    return Reading("DATE", f"{full_year(tens, context):04}"[:3])


def read_century(match: re.Match[str], context: Context) -> Reading | None:
    """the 20th century, nineteenth-century, this century."""
    if match["o"]:
        number = ordinal_of(match["o"])
        return Reading("DATE", f"{number - 1:02}") if number and 1 <= number <= 21 else None
    if context.anchor is None:
        return None
    century = context.anchor.year // 100 + {"last": -1, "next": 1}.get(match["mod"].lower(), 0)
    return Reading("DATE", f"{century:02}")


def read_quarter(match: re.Match[str], context: Context) -> Reading | None:
    """the third quarter (of 1997), the 1989 third quarter, this year's third quarter, Q3 2024, the second half of 1990."""
    groups = match.groupdict()
    number = _quarter_number(groups["o"] or groups["q"] or "")
    letter = "H" if (groups["half"] or "").lower().startswith("half") else "Q"
    if number is None or number > {"H": 2, "Q": 4}[letter]:
        return None
    year = _quarter_year(groups, context, number, letter)
    if letter == "H" and not any(groups[name] for name in ("y1", "y2", "ry1", "ry2")):
        return None  # "the second half" is football
    return Reading("DATE", f"{'XXXX' if year is None else f'{year:04}'}-{letter}{number}")


def _quarter_number(text: str) -> int | None:
    text = text.lower()
    if text in ("last", "latter"):
        return 2
    return int(text) if text.isdigit() else ordinal_of(text)


def _quarter_year(groups: Mapping[str, str | None], context: Context, number: int, letter: str) -> int | None:
    for name in ("y1", "y2"):
        if year := groups[name]:
            return year_number(year, context)
    for name in ("ry1", "ry2"):
        if words := groups[name]:
            return relative_year(words, context)
    if context.now is None:
        return context.last_year()
    first_month = (12 // {"Q": 4, "H": 2}[letter]) * (number - 1) + 1
    return context.now.year if first_month <= context.now.month else context.now.year - 1


def read_holiday(match: re.Match[str], context: Context) -> Reading | None:
    """Christmas, last Thanksgiving, Easter 1916."""
    name = re.sub(r"\s+", " ", match["h"].lower())
    rule, modifier = load_words().holidays[name], (match["mod"] or "").lower()
    if modifier in ("each", "every"):
        return Reading("SET", f"XXXX-{rule['month']:02}-{rule['day']:02}" if "day" in rule else None)
    year = year_number(match["y"], context) if match["y"] else _holiday_year(rule, context, modifier, match)
    if year is None or not 1583 <= year <= 9998:
        return Reading("DATE", f"XXXX-{rule['month']:02}-{rule['day']:02}" if "day" in rule else None)
    return Reading("DATE", calendar.holiday(rule, year).isoformat())


def _holiday_year(rule: Mapping[str, int], context: Context, modifier: str, match: re.Match[str]) -> int | None:
    now = context.now
    if now is None:
        return context.last_year()
    this = calendar.holiday(rule, now.year)
    if modifier == "last":
        return now.year if this < now else now.year - 1
    if modifier in ("next", "this coming"):
        return now.year if this > now else now.year + 1
    if modifier == "this":
        return now.year
    return year_of(this.month, this.day, context, context.tense_of(*match.span()))
