"""Rules for durations, repeated times and words that only point at the present, past or future."""

from __future__ import annotations

import re

from tacitus.times.context import Context, Reading, Tense
from tacitus.times.relative import unit_of
from tacitus.times.words import is_vague, length_value, load_words, number_of

_RATE = re.compile(
    r"(?:\d|\b(?:times|once|twice|percent|%|million|billion|thousand|hundred|each|one|two|three|four|five|six|ten|dozen))\s*$"
    r"|(?:\d|\$)[\w.,%]*\s+(?:[a-z]+\s+){1,2}$",
    re.IGNORECASE,
)
_BARE_BEFORE = re.compile(
    r"\b(?:for|within|over|in|after|last|took|take|takes|lasted|spent|several|many)\s+$", re.IGNORECASE
)
_BARE_AFTER = re.compile(r"\s+(?:of|before|after|earlier|later|ago|if)\b", re.IGNORECASE)


def read_length(match: re.Match[str], context: Context) -> Reading | None:
    """three days, a 10-year, about 5 1/2 hours, several weeks, a year and a half."""
    unit, count_words = unit_of(match["u"]), match["n"]
    if unit.name == "second" and count_words.lower() in ("a", "an", "one"):
        return None  # "a second man"
    if unit.name == "quarter" and not re.match(
        r"(?:two|three|four|five|six|[2-9])\s", match["n"] + match.string[match.end("n") :][:1]
    ):
        return None  # "a quarter of the seats"
    if match["half"]:
        count_words = f"{count_words} and a half"
    count = None if is_vague(count_words) else number_of(count_words)
    if count is None and not is_vague(count_words):
        return None
    if context.text[max(0, match.start() - 1) : match.start()] in ("$", "€", "£", ".", ",", "-"):
        return None
    return Reading("DURATION", length_value(count, unit), open_end=True)


def read_bare_length(match: re.Match[str], context: Context) -> Reading | None:
    """weeks, years: only after a preposition of duration or before "of", "before", "after"."""
    text = match.string
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 10]
    if not (_BARE_BEFORE.search(before) or _BARE_AFTER.match(after)):
        return None
    return Reading("DURATION", length_value(None, unit_of(match["u"])), open_end=True)


def read_long(match: re.Match[str], context: Context) -> Reading | None:
    """year-long, decades-long, months-old."""
    plural = match["u"].lower().endswith("s") or match["u"].lower() == "centuries"
    return Reading("DURATION", length_value(None if plural else 1, unit_of(match["u"])), open_end=True)


def read_rate(match: re.Match[str], context: Context) -> Reading | None:
    """per day; "a day" behind a number: $3 a day, twice a week."""
    if match["a"] and not _RATE.search(match.string[max(0, match.start() - 30) : match.start()]):
        return None
    return Reading("SET", length_value(1, unit_of(match["u"])))


def read_every(match: re.Match[str], context: Context) -> Reading | None:
    """every day, each year, every two weeks, every other month."""
    unit, count_words = unit_of(match["u"]), (match["n"] or "").lower()
    count = 2.0 if count_words == "other" else number_of(count_words) if count_words else 1.0
    if count is None:
        return Reading("SET", length_value(None, unit))
    return Reading("SET", length_value(count, unit))


def read_set_adverb(match: re.Match[str], context: Context) -> Reading | None:
    """daily, weekly, annually."""
    return Reading("SET", load_words().set_adverbs[re.sub(r"\s+", " ", match["w"].lower())])


def read_reference(match: re.Match[str], context: Context) -> Reading | None:
    """now, recently, the future; "one day" only looks ahead in a clause about the future."""
    key = re.sub(r"\s+", " ", match["w"].lower())
    before = match.string[max(0, match.start() - 6) : match.start()].lower()
    if key == "soon" and (before.endswith("as ") or match.string[match.end() : match.end() + 4] == " as "):
        return None
    if key == "soon" and (
        context.tense_of(*match.span()) is Tense.PAST
        or re.match(r"\s+(?:after|thereafter|became)", match.string[match.end() :])
    ):
        return None
    if key == "one day" and context.tense_of(*match.span()) is not Tense.FUTURE:
        return Reading("DURATION", "P1D", open_end=True)
    if key in ("this time", "the moment") and not before.endswith(("at ", "by ", "for ", "til ")):
        return None
    if key in ("the past", "the future", "the present") and context.upos_at(match.end() - 1) == "ADJ":
        return None
    return Reading("DATE", load_words().references[key])


def read_adjective(match: re.Match[str], context: Context) -> Reading | None:
    """current, recent, future before a noun."""
    return Reading("DATE", load_words().reference_adjectives[match["w"].lower()])
