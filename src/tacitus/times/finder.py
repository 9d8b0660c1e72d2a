"""Find the temporal expressions of a parsed text, in text order, and read each against the anchor and what was named before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from tacitus.language.document import Parse
from tacitus.records import TimeValue
from tacitus.times.context import Context, Reading
from tacitus.times.rules import Rule, rules_for
from tacitus.times.tense import tense_of
from tacitus.times.words import load_words

REACH = 8  # words before a trigger that an expression may begin with: "the end of the first two weeks of May"
FIRST_YEAR, LAST_YEAR = 1000, 9000  # of a day of publication; others are damaged, and no sum must leave the calendar
NARRATIVE_DATES = 6  # explicit years of the past from which a page may be a narrative
_WORD = re.compile(r"\w+")
_BEFORE_YEAR = ("'", "’", "‘", "`", "-", "–", "—")


def find_times(parse: Parse, *, anchor: date | None) -> tuple[TimeValue, ...]:
    """The temporal expressions of a text as TIMEX3, in text order and without overlap.

    `anchor` is the day of publication. Without it, expressions that count from it keep an open value (XXXX-WXX-5) or none, and no
    days: nothing is ever counted from today.
    """
    text = parse.text
    if anchor is not None and not FIRST_YEAR <= anchor.year <= LAST_YEAR:
        anchor = None
    context = Context(
        text=text,
        anchor=anchor,
        narrative=is_narrative(text, anchor),
        tense_of=lambda start, end: tense_of(parse, start, end),
        upos_at=lambda offset: _upos_at(parse, offset),
    )
    return tuple(_time_value(start, end, reading) for start, end, reading in _readings(text, context))


def _time_value(start: int, end: int, reading: Reading) -> TimeValue:
    days = reading.days
    first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
    return TimeValue(start=start, end=end, kind=reading.kind, value=reading.value, from_=first, to=last)


def _upos_at(parse: Parse, offset: int) -> str:
    sentence = parse.sentence_at(offset)
    token = sentence.token_at(offset) if sentence else None
    return token.upos if token else "X"


def is_narrative(text: str, anchor: date | None) -> bool:
    """Whether a page tells history: it names many days of other years, and hardly any day by its name or as "yesterday"."""
    explicit = [int(year) for year in _FULL_DATE.findall(text)]
    past = [year for year in explicit if anchor is None or abs(year - anchor.year) >= 2]
    return len(past) >= NARRATIVE_DATES and len(past) > 2 * len(_DEICTIC.findall(text))


_FULL_DATE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+(?:\d{1,2},?\s+)?(?:of\s+)?(1[0-9]\d\d|20\d\d)\b"
)
_DEICTIC = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight"
    r"|(?:[Ll]ast|[Nn]ext|[Tt]his)\s(?:week|month|year))\b"
)


@cache
def _triggers() -> Mapping[str, frozenset[str]]:
    """Words without which nothing is a temporal expression, and the kinds of rule they set off."""
    words = load_words()
    found: dict[str, set[str]] = {}
    tables: tuple[tuple[str, Iterable[str]], ...] = (
        ("month", (*words.months, *words.month_abbreviations)),
        ("weekday", (*words.weekdays, *(f"{day}s" for day in words.weekdays))),
        ("season", words.seasons),
        ("part", (*words.day_parts, *(f"{part}s" for part in words.day_parts))),
        ("unit", words.units),
        ("decade", words.decades),
        ("set", (re.split(r"\W+", phrase)[0] for phrase in words.set_adverbs)),
        ("holiday", (re.split(r"\W+", phrase)[0] for phrase in words.holidays)),
        *words.triggers.items(),
    )
    for kind, table in tables:
        for word in table:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _openers() -> frozenset[str]:
    words = load_words()
    return words.openers.union(words.numbers, words.ordinals, _triggers(), words.weekday_abbreviations)


_NUMBER = frozenset({"number"})


def _kinds(text: str, start: int, end: int, word: str) -> frozenset[str] | None:
    """The kinds of rule that this word may set off, None for most words."""
    kinds = _triggers().get(word)
    return _NUMBER if kinds is None and word[0].isdigit() and _is_trigger(text, start, end, word) else kinds


def _readings(text: str, context: Context) -> Iterator[tuple[int, int, Reading]]:
    words = [(match.start(), match.end(), match[0].lower()) for match in _WORD.finditer(text)]
    openers = _openers()
    position = 0
    for index, (start, end, word) in enumerate(words):
        kinds = _kinds(text, start, end, word)
        if kinds is None or start < position:
            continue
        kinds |= _kinds_ahead(text, words, index, openers)
        for begin in _beginnings(words, index, position, openers):
            found = _longest(text, begin, start, kinds, context)
            if found is not None:
                position, reading = found
                begin = _trimmed(text, begin)
                context.note(begin, reading)
                yield begin, position, reading
                break


def _kinds_ahead(text: str, words: list[tuple[int, int, str]], index: int, openers: frozenset[str]) -> frozenset[str]:
    """The kinds of the triggers that follow in the same phrase: "the past" may go on with "three months"."""
    kinds: frozenset[str] = frozenset()
    for number in range(index + 1, min(index + REACH, len(words))):
        start, end, word = words[number]
        found = _kinds(text, start, end, word)
        if start - words[number - 1][1] > 3 or not (found or word in openers or word[0].isdigit()):
            break
        kinds |= found or frozenset()
    return kinds


def _is_trigger(text: str, start: int, end: int, word: str) -> bool:
    """Whether a number may be a year, a decade, a clock time, a date in figures or the end of a range."""
    if len(word) in (4, 5):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _BEFORE_YEAR or after in (":", "/", ".", "-"):
        return True
    return (len(word) == 3 and word.endswith("s")) or _may_be_tail(text, start)


def _may_be_tail(text: str, start: int) -> bool:
    return text[max(0, start - 5) : start].endswith((" and ", " to ", " or ", ", "))


def _beginnings(words: list[tuple[int, int, str]], index: int, position: int, openers: frozenset[str]) -> list[int]:
    """Where an expression with this trigger may begin, the farthest first."""
    first = index
    while first > 0 and index - first < REACH:
        start, end, word = words[first - 1]
        if start < position or words[first][0] - end > 3 or not (word in openers or word[0].isdigit()):
            break
        first -= 1
    return [words[number][0] for number in range(first, index + 1)]


def _longest(
    text: str, begin: int, trigger: int, kinds: frozenset[str], context: Context
) -> tuple[int, Reading] | None:
    """The longest expression that begins here and takes in the trigger; a year may stand behind an apostrophe."""
    best: tuple[int, Reading] | None = None
    for start in (begin - 1, begin) if begin and text[begin - 1] in "'’‘`" else (begin,):
        for rule in rules_for(kinds):
            match = rule.pattern.match(text, start)
            if (
                match is None
                or match.end() <= trigger
                or (best is not None and match.end() <= best[0])
                or not _is_whole(rule, match)
            ):
                continue
            reading = rule.read(match, context)
            if reading is not None:
                best = match.end(), reading
    return best


def _trimmed(text: str, begin: int) -> int:
    return begin - 1 if begin and text[begin - 1] in "'’‘`" and text[begin].isdigit() else begin


def _is_whole(rule: Rule, match: re.Match[str]) -> bool:
    """Names of months and weekdays are capitalised; no expression runs over a blank line."""
    groups = match.groupdict()
    names = (groups.get("m"), groups.get("m1"), groups.get("m2"), groups.get("wd"))
    return not any(name[0].islower() for name in names if name) and "\n\n" not in match[0]
