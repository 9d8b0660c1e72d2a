"""The table of rules: what an expression looks like and which function reads it. At one place the longest match wins, then the first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from tacitus.times import dates, days, lengths, periods, relative
from tacitus.times.context import Context, Reading
from tacitus.times.patterns import pattern

Reader = Callable[[re.Match[str], Context], Reading | None]


@dataclass(frozen=True)
class Rule:
    """One form of temporal expression. `read` gives None when the words, in their context, are none after all."""

    name: str
    template: str
    read: Reader

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled form, made when first needed: all of them take half a second."""
        return pattern(self.template)


_RELATIVE_YEAR = r"(?:last|this|next|that|the_same|the_following|the_previous|the_next)_year"
_DAY_MODIFIER = r"(?:this_past|this_coming|last|next|this|past|coming|that|the_(?:previous|following|preceding|same|next|past|coming))"
_MONTH_MODIFIER = (
    r"(?:this_past|this_coming|last|next|this|past|coming|that|(?:the_)?(?:previous|following|same)|each|every)"
)
_MONTH_DAY = (
    r"(?P<md>(?P<m1><MONTH>)_(?:the_)?(?P<d1><DAY>)"
    rf"(?:(?:,_?|_of_|_)(?P<y1><DIGITYEAR>)|,?_(?:of_)?(?=(?:last|this|next)_year){_RELATIVE_YEAR})?)"
)
_DAY_MONTH = r"(?P<dm>(?:the_)?(?P<d2><DAY>)(?:_day)?_(?:of_)?(?P<m2><MONTH>)(?:(?:,_?|_)(?P<y2><DIGITYEAR>))?)"
_DEICTIC = r"(?P<rel>the_day_before_yesterday|the_day_after_tomorrow|today|yesterday|tomorrow|tonight)"
_DATED_WEEKDAY = r"(?:(?:this_coming_|this_past_|last_|next_|this_)?<WEEKDAYANY>,?_)?"
_ON_DAY = (
    rf"(?:{_DATED_WEEKDAY}(?:{_MONTH_DAY}|{_DAY_MONTH})|{_DEICTIC}|(?:(?P<mod>{_DAY_MODIFIER})_)?(?P<wd><WEEKDAY>))"
)
_RANGE = r"(?:\s?[-–—]\s?|_(?:and|to|or)_)"
_NEVER = r"(?!)"  # for a group that a reader asks for and this form does not have

# name; the kinds of trigger it needs (words.toml, [scan.triggers]); pattern (shorthand: `patterns.pattern`); reader
_TABLE: tuple[tuple[str, str, str, Reader], ...] = (
    (
        "iso",
        "number",
        r"(?P<y>[12]\d{3})[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?:T(?P<t>\d\d:\d\d)(?::\d\d)?Z?)?",
        dates.read_iso,
    ),
    (
        "numeric",
        "number",
        r"(?P<a>\d{1,2})([/.])(?P<b>\d{1,2})\2(?P<y>(?:19|20)\d\d|\d\d)(?![/.\d]\d)",
        dates.read_numeric,
    ),
    (
        "month-head",
        "month",
        rf"(?P<m><MONTH>)_(?P<d><DAY>)(?={_RANGE}<DAY>,?_(?P<y><DIGITYEAR>))",
        dates.read_month_head,
    ),
    (
        "day",
        "month weekday day-word",
        r"(?:(?P<clock><CLOCK>)<ZONE>?(?:,_|_(?:on_)?))?(?:(?:the_)?(?:early_|late_)?(?P<partof><PART>)(?:_hours)?_of_)?<POSITION>?"
        rf"(?:mid[- ](?P<midpart>morning|afternoon)_)?{_ON_DAY}"
        r"(?:_(?:at_)?(?P<clock2><CLOCK>)<ZONE>?|,?_(?:early_|late_)?(?P<part><PART>))?",
        days.read_day,
    ),
    (
        "range-head",
        "number",
        rf"(?P<d>(?:3[01]|[12]\d|[1-9]))(?={_RANGE}<DAY>_(?P<m><MONTH>)(?:,?_(?P<y><DIGITYEAR>))?)",
        dates.read_range_head,
    ),
    (
        "range-tail",
        "number",
        r"(?<=[-–—\s])(?P<d>(?:3[01]|[12]\d|[1-9]))(?![\w:/]|,\d|\.\d|\s?%)(?:,?_(?P<y><DIGITYEAR>))?",
        dates.read_range_tail,
    ),
    (
        "month",
        "month",
        rf"(?P<pos><POSITION>)?(?:(?P<mod>{_MONTH_MODIFIER})_)?(?P<m><FULLMONTH>)"
        rf"(?:,?_(?:of_)?(?P<y><YEAR>)|,?_(?:of_)?(?P<ry>{_RELATIVE_YEAR}))?",
        dates.read_month,
    ),
    (
        "abbreviated-month",
        "month",
        rf"(?P<pos><POSITION>)?(?P<mod>{_NEVER})?(?P<m><MONTH>)(?:,?_(?:of_)?(?P<y><YEAR>)|,?_(?:of_)?(?P<ry>{_RELATIVE_YEAR}))",
        dates.read_month,
    ),
    (
        "season",
        "season",
        rf"(?P<pos><POSITION>)?(?:the_(?:early_|late_)?)?(?:(?P<mod>{_MONTH_MODIFIER})_)?(?P<s><SEASON>)"
        rf"(?:,?_(?:of_)?(?P<y><YEAR>)|_(?:of_)?(?P<ry>{_RELATIVE_YEAR}))?",
        periods.read_season,
    ),
    (
        "year",
        "number",
        r"(?P<pos><POSITION>)?(?P<fiscal>fiscal_(?:year_)?)?(?P<the>the_years?_)?(?P<y><YEAR>)",
        periods.read_year,
    ),
    ("two-digit-year", "number", r"[’'‘`](?P<y>\d\d)(?!\w|[’'])", periods.read_two_digit_year),
    ("year-tail", "number", r"(?<=\d[-–—])(?P<y>\d\d)", periods.read_year_tail),
    (
        "decade",
        "number decade",
        r"<POSITION>?(?:the_)?(?:early[_-]|late[_-]|mid[_-])?(?:(?P<y>(?:1[5-9]|20)\d0)[’']?s"
        r"|(?:[’'‘`]|(?<=the\s))(?P<yy>[1-9]0)[’']?s|(?:(?<=the\s)|(?<=mid-)|(?<=early\s)|(?<=late\s))(?P<w><DECADE>))",
        periods.read_decade,
    ),
    (
        "century",
        "unit",
        r"<POSITION>?(?:the_)?(?:early_|late_|mid[- ])?(?:(?P<o><ORDINAL>)|(?P<mod>this|last|next))~century",
        periods.read_century,
    ),
    (
        "quarter",
        "unit half",
        rf"<POSITION>?(?:the_|its_|a_)?(?:(?P<y1><DIGITYEAR>)(?:[’']s)?_|(?P<ry1>{_RELATIVE_YEAR})[’']s_)?(?:fiscal[_-])?"
        r"(?P<o><ORDINAL>|last|latter)~(?:fiscal[_-])?(?P<half>quarter|half)"
        rf"(?P<q>{_NEVER})?(?:_of_(?:fiscal_)?(?:(?P<y2><DIGITYEAR>)|(?P<ry2>{_RELATIVE_YEAR})))?",
        periods.read_quarter,
    ),
    (
        "quarter-code",
        "quarter-code",
        rf"(?P<o>{_NEVER})?(?P<half>Q)(?P<q>[1-4])(?P<ry1>{_NEVER})?(?P<y1>{_NEVER})?"
        rf"(?:_(?:of_)?(?:(?P<y2><DIGITYEAR>)|(?P<ry2>{_NEVER})))?",
        periods.read_quarter,
    ),
    (
        "holiday",
        "holiday",
        r"(?:(?P<mod>last|next|this_coming|this|every|each)_)?(?P<h><HOLIDAY>)(?:,?_(?:of_)?(?P<y><DIGITYEAR>))?",
        periods.read_holiday,
    ),
    (
        "clock",
        "clock part number",
        r"(?:(?:about|around)_)?(?P<clock><CLOCK>)<ZONE>?(?:_in_the_(?P<part>morning|afternoon|evening)|_at_night)?",
        days.read_clock,
    ),
    (
        "part-of-day",
        "part",
        r"(?:(?:early|earlier|late|later)_)?(?P<mod>this|last|that(?:_same)?|the_(?:same|next|following|previous)|every|each"
        r"|(?<=\bin\s)the(?:_early|_late)?)_(?P<part>morning|afternoon|evening|night)",
        days.read_part,
    ),
    ("overnight", "part", r"overnight", days.read_overnight),
    ("weekday-set", "weekday", r"(?:(?:each|every)_(?P<wd><WEEKDAY>)(?:_(?P<part><PART>))?)", days.read_weekday_set),
    ("weekdays", "weekday", r"(?P<wd><WEEKDAYS>)(?:_(?P<part><PART>)s?)?", days.read_weekday_set),
    ("weekday-nights", "weekday", r"(?P<wd><WEEKDAY>)_(?P<part><PART>)s", days.read_weekday_set),
    (
        "period",
        "unit",
        r"<POSITION>?(?P<the>the_)?(?P<mod>this_past|this_coming|that_same|this|last|next|past|coming|previous|preceding|following"
        r"|same|that|current|present|latest)_(?:fiscal_|calendar_)?"
        r"(?P<u>day|week|weekend|fortnight|month|quarter|year|decade|century)(?!~(?:old|long)\b)",
        relative.read_period,
    ),
    ("weekend", "unit", r"the_weekend", relative.read_weekend),
    (
        "definite",
        "unit",
        r"(?P<pos><POSITION>)?the_(?:full_|entire_|whole_|fiscal_)?(?P<u>year|quarter|month|week|decade|century|day)",
        relative.read_definite,
    ),
    (
        "year-earlier",
        "unit",
        r"(?:(?:the|a)_)?(?:corresponding_|comparable_|same_)?"
        r"(?:year~(?:earlier|ago)(?:_(?:period|quarter|third_quarter|second_quarter|first_quarter|fourth_quarter))?"
        r"|(?P<y><DIGITYEAR>)_(?:quarter|period)|(?:quarter|period)_(?:a_year_ago|a_year_earlier|last_year))",
        relative.read_year_earlier,
    ),
    (
        "distance",
        "unit",
        r"<APPROX>?(?P<n>(?P<v><VAGUE>)|a_couple(?:_of)?|<NUMBER>(?:_and_a_half)?|half_an?|an?)?_?(?P<u><UNIT>)(?:_and_a_half|_or_(?:so|two))?"
        r"_(?P<how>ago|earlier|later|previously|from_now|hence|from_today|back(?=_?[,.;]))",
        relative.read_distance,
    ),
    (
        "span",
        "unit",
        r"(?:each_of_)?<APPROX>?(?:the_)?(?P<mod>past|last|next|coming|previous|preceding|following|first|final|recent|latest|early"
        r"|intervening)_(?P<n><VAGUE>|couple_of|<NUMBER>)?_?(?:\w+_)?(?P<u><UNITS>)",
        relative.read_span,
    ),
    (
        "length",
        "unit",
        r"(?:(?:the|another|an_additional|a_further)_)?<APPROX>?(?P<n><VAGUE>|a_couple(?:_of)?|<NUMBER>|half_an?|an?|one)"
        r"(?:~(?:more_|additional_|full_|trading_|consecutive_|straight_)?)(?P<u><UNIT>)"
        r"(?P<half>_and_a_half)?(?:_or_(?:so|two|more))?(?!~old|_of_age)",
        lengths.read_length,
    ),
    (
        "bare-length",
        "unit",
        r"(?P<u>days|weeks|months|years|decades|centuries|hours|minutes)",
        lengths.read_bare_length,
    ),
    (
        "long",
        "unit",
        r"(?P<u>day|week|month|year|decade|days|weeks|months|years|decades|centuries|hours)-?long",
        lengths.read_long,
    ),
    ("rate", "unit", r"(?:per_|(?P<a>an?_))(?P<u>hour|day|week|month|quarter|year)", lengths.read_rate),
    ("every", "unit", r"(?:every|each)_(?:(?P<n>other|few|<NUMBER>)_)?(?P<u><UNIT>)", lengths.read_every),
    ("set-adverb", "set", r"(?P<w><SETADVERB>)", lengths.read_set_adverb),
    ("reference", "reference", r"(?P<w><REFERENCE>)", lengths.read_reference),
    ("latest-period", "unit period", r"the_latest_(?:quarter|period)", relative.read_latest),
    ("year-end", "unit", r"(?:around_)?(?:year~end|year[’']s_end|the_year[’']s_end)", relative.read_year_end),
    (
        "week-of-month",
        "unit",
        rf"(?:the_)?(?P<o><ORDINAL>|last|final)_week_(?:of|in)_(?P<m><MONTH>)(?:,?_(?:of_)?(?P<y><DIGITYEAR>))?(?P<ry>{_NEVER})?",
        dates.read_week_of_month,
    ),
    ("adjective", "reference", r"(?P<w>current|future)(?=_[a-z])", lengths.read_adjective),
)
_RULES = tuple((frozenset(kinds.split()), Rule(name, template, read)) for name, kinds, template, read in _TABLE)


@cache
def rules_for(kinds: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that a trigger of one of these kinds may set off, in the order of the table."""
    return tuple(rule for needed, rule in _RULES if needed & kinds)
