"""Numbers of people as news writes them: "at least 12", "two dozen", "between 10 and 15", "hundreds of thousands".

A figure is a pair (low, high), either None where the words leave it open. Conventions: plural multipliers mean at least two of their
unit ("dozens": 24 or more, "hundreds": 200 or more); "several" and "a few" mean three or more; approximations ("about 40", "nearly 40",
"an estimated 300") are taken at face value; "more than 20" starts at 21, "fewer than 20" ends at 19.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d{1,12}")
DECIMAL = re.compile(r"\d{1,6}\.\d{1,3}")
RANGE = re.compile(r"(\d[\d,]*)[-–—](\d[\d,]*)")
DASHES = frozenset("-–—")
LONGEST_BOUND = 3  # words

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """The words of numbers and of bounds; see `casualties.toml`."""

    units: Mapping[str, int]
    multipliers: Mapping[str, int]
    open: Mapping[str, int]
    exact: Mapping[str, int]
    bounds: Mapping[str, str]
    after: Mapping[str, str]
    measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure found among words: its bounds, the words `start` to `end` that say it, and where its number proper starts."""

    low: int | None
    high: int | None
    start: int
    number: int
    end: int


def find_figures(words: Sequence[str], *, numbers: NumberWords) -> Iterator[Figure]:
    """All figures among the words (lower case), from left to right, without overlap. Percentages and measures are no figures."""
    at = 0
    while at < len(words):
        figure = _figure_at(words, at, numbers)
        if figure is None:
            at += 1
            continue
        at = figure.end
        following = next((word for word in words[at : at + 2] if word not in DASHES), "")
        measure = following in numbers.measures or following.removesuffix("s") in numbers.measures
        open_ended = figure.low is None and figure.high is None  # "up to dozens" bounds nothing
        if not open_ended and not measure and following not in ("%", "percent", "per"):
            yield figure


def _figure_at(words: Sequence[str], at: int, numbers: NumberWords) -> Figure | None:
    bound, number_at = _bound_at(words, at, numbers)
    found = _range_at(words, number_at, numbers)
    if found is None:
        return None
    low, high, end = found
    if low == high:
        sizes = range(min(3, len(words) - end), 0, -1)
        suffix = next((size for size in sizes if " ".join(words[end : end + size]) in numbers.after), 0)
        if suffix:
            bound, end = numbers.after[" ".join(words[end : end + suffix])], end + suffix
    bounds = _apply(bound, low, high)
    return Figure(*bounds, at, number_at, end)


def _bound_at(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[str, int]:
    """The kind of bound that starts here, the longest first, and where the number after it starts ("about", `at`: none)."""
    for size in range(LONGEST_BOUND, 0, -1):
        kind = numbers.bounds.get(" ".join(words[at : at + size]))
        if kind is None:
            continue
        inner, start = _bound_at(words, at + size, numbers)
        if _range_at(words, start, numbers) is not None:
            return (kind if inner == "about" else inner), start
    return "about", at


def _apply(bound: str, low: int | None, high: int | None) -> Bounds:
    match bound:
        case "at_least":
            return low, None
        case "more_than":
            return (low + 1 if low is not None and high == low else low), None
        case "at_most":
            return None, high
        case "less_than":
            return None, (max(high - 1, 0) if high is not None else None)
    return low, high


def _range_at(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int | None, int | None, int] | None:
    """A number, or two with "to", "and" after "between", "or" or a dash between them."""
    between = at < len(words) and words[at] in ("between", "from")
    start = at + 1 if between else at
    if start < len(words) and (pair := RANGE.fullmatch(words[start])):
        ends = _digits(pair[1]), _digits(pair[2])
        return (*ends, start + 1) if ends[0] < ends[1] else None
    first = _number_at(words, start, numbers)
    if first is None:
        return None
    low, high, end = first
    link = words[end] if end < len(words) else ""
    joined = link in ("to", "or") or link in DASHES or (between and link == "and")
    second = _number_at(words, end + 1, numbers) if joined else None
    if second is None or high is None or second[1] is None:
        return None if between else first
    scale = _scale(low or 0, second[1], words[end + 1 : second[2]], numbers)
    return (scale, second[1], second[2]) if scale < second[1] else (None if between else first)


def _scale(low: int, high: int, words: Sequence[str], numbers: NumberWords) -> int:
    """ "10 to 15 thousand": the first figure takes the multiplier of the second."""
    multiplier = numbers.multipliers.get(words[-1], 1) if len(words) > 1 else 1
    return low * multiplier if low * multiplier < high else low


def _number_at(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int | None, int | None, int] | None:
    """One number: (low, high, end). Digits, number words, multipliers, vague words."""
    if at >= len(words):
        return None
    word = words[at]
    if word == "no" and list(words[at + 1 : at + 2]) == ["one"]:
        return 0, 0, at + 2
    if word in numbers.exact:
        return _times(numbers.exact[word], at + 1, words, numbers, is_open=False)
    if word in numbers.open:
        return _open_at(words, at, numbers)
    if word in ("a", "an", "half"):
        return _article_at(words, at, numbers)
    if DECIMAL.fullmatch(word):
        multiplier = numbers.multipliers.get(words[at + 1], 0) if at + 1 < len(words) else 0
        value = round(float(word) * multiplier)
        return (value, value, at + 2) if multiplier else None
    if DIGITS.fullmatch(word):
        return _times(_digits(word), at + 1, words, numbers, is_open=False)
    return _spelled_at(words, at, numbers)


def _digits(word: str) -> int:
    return int(word.replace(",", "")[:15])


def _times(
    value: int, at: int, words: Sequence[str], numbers: NumberWords, *, is_open: bool
) -> tuple[int | None, int | None, int]:
    """The value, times the multipliers that follow ("several hundred", "two dozen", "a couple of dozen")."""
    end = at
    while True:
        step = 2 if end + 1 < len(words) and words[end] == "of" and words[end + 1] in numbers.multipliers else 1
        multiplier = numbers.multipliers.get(words[end + step - 1]) if end + step <= len(words) else None
        if multiplier is None or value > 10**15:
            break
        value, end = value * multiplier, end + step
    return value, (None if is_open else value), end


def _open_at(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int | None, int | None, int]:
    """Dozens, several hundred, tens of thousands, hundreds of thousands."""
    value, end = numbers.open[words[at]], at + 1
    following = words[end + 1] if end + 1 < len(words) and words[end] == "of" else ""
    if following in numbers.open and following.removesuffix("s") in numbers.multipliers:
        return value * numbers.multipliers[following.removesuffix("s")], None, end + 2
    return _times(value, end, words, numbers, is_open=True)


def _article_at(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int | None, int | None, int] | None:
    """A dozen, half a dozen, a hundred, a few, a couple; "a" alone is no number."""
    rest = words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "half":
        multiplier = numbers.multipliers.get(words[at + 2], 0) if rest == "a" and at + 2 < len(words) else 0
        return (multiplier // 2, multiplier // 2, at + 3) if multiplier else None
    if rest in numbers.multipliers:
        return _times(1, at + 1, words, numbers, is_open=False)
    if rest in numbers.open or rest in ("couple", "pair", "trio"):
        return _number_at(words, at + 1, numbers)
    return None


def _spelled_at(words: Sequence[str], at: int, numbers: NumberWords) -> tuple[int | None, int | None, int] | None:
    """Twenty-five, one hundred and twelve, two thousand three hundred; "twenty-five" may be one word or three."""
    total, part, end = 0, 0, at
    seen = False
    while end < len(words):
        word = words[end]
        if value := _unit(word, numbers):
            if seen and (part % 10 or (part % 100 and value >= 10)):
                break
            part, seen, end = part + value, True, end + 1
        elif seen and word in numbers.multipliers:
            multiplier = numbers.multipliers[word]
            if multiplier <= 100:
                part *= multiplier
            else:
                total, part = total + part * multiplier, 0
            end += 1
        elif seen and _joins(words, end, part, numbers):
            end += 1
        else:
            break
    value = total + part
    return (value, value, end) if seen else None


def _joins(words: Sequence[str], at: int, part: int, numbers: NumberWords) -> bool:
    """The dash of "twenty - five" and the "and" of "hundred and twelve"."""
    following = _unit(words[at + 1], numbers) if at + 1 < len(words) else 0
    if words[at] in DASHES:
        return part >= 20 and part % 10 == 0 and 0 < following < 10
    return words[at] == "and" and part >= 100 and part % 100 == 0 and following > 0


def _unit(word: str, numbers: NumberWords) -> int:
    """The value of a number word up to ninety-nine, 0 for another word."""
    tens, dash, unit = word.partition("-")
    if not dash:
        return numbers.units.get(word, 0)
    high, low = numbers.units.get(tens, 0), numbers.units.get(unit, 0)
    return high + low if high >= 20 and 0 < low < 10 else 0
