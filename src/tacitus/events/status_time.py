"""Times in a clause that make its event future, habitual or historical."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tacitus.events.status_clause import Cue, is_past, is_perfect, lower
from tacitus.events.status_cues import StatusCues
from tacitus.language.document import Parse, Sentence, Token
from tacitus.records import TimeValue

YEAR = re.compile(r"(1[0-9]{3}|20[0-9]{2})(s?)")
BARE_YEARS = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")
TEMPORAL = ("obl", "advmod", "nmod", "nummod", "amod", "compound", "obl:unmarked", "nmod:unmarked", "dep", "advcl")


@dataclass(frozen=True)
class Story:
    """The time of the story: its date when known, else the latest year its text names."""

    parse: Parse
    anchor: date | None
    times: Sequence[TimeValue]
    cues: StatusCues

    def times_in(self, sentence: Sentence) -> Sequence[TimeValue]:
        """The times some words of which stand in the sentence."""
        known = self._times_in.get(sentence.index)
        if known is None:
            start, end = sentence.start, sentence.end
            known = [time for time in self.times if time.start < end and start < time.end]
            self._times_in[sentence.index] = known
        return known

    @cached_property
    def _times_in(self) -> dict[int, list[TimeValue]]:
        return {}

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(int(year) for year in BARE_YEARS.findall(self.parse.text))

    @cached_property
    def year(self) -> int | None:
        if self.anchor is not None:
            return self.anchor.year
        return max(self._years, default=None)

    def is_since_long(self, year: int) -> bool:
        """Whether a practice since then is a standing one."""
        return self._is_lone(year) or self.year is None or year < self.year - 4

    def _is_lone(self, year: int) -> bool:
        """Whether a text without a date names this year alone: of the year that they appear in, news seldom tell the number."""
        return self.anchor is None and self._years == {year}

    def is_background_year(self, year: int) -> bool:
        """Whether an act of that year lies so far back that it is background (`historical.days`)."""
        if self.anchor is not None:
            return date(min(max(year, 1), 9998), 12, 31) < self.anchor - timedelta(days=self.cues.background_days)
        return self._is_lone(year) or (self.year is not None and year < self.year - 1)

    def is_background(self, time: TimeValue) -> bool:
        """Whether a resolved time ended long before the story."""
        end = _iso_date(time.to)
        if time.kind not in ("DATE", "TIME") or self.anchor is None or end is None:
            return False
        return end < self.anchor - timedelta(days=self.cues.background_days)

    def is_ahead(self, time: TimeValue) -> bool:
        start = _iso_date(time.from_)
        return time.kind in ("DATE", "TIME") and self.anchor is not None and start is not None and start > self.anchor


def _iso_date(value: str | None) -> date | None:
    """The day of an ISO date, or None where the text is no full date."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def time_words(sentence: Sentence, token: Token) -> Iterator[Token]:
    """Tokens of the adverbials and modifiers that hang directly on the token; other clauses are left out."""
    for child in sentence.children(token, *TEMPORAL):
        if child.relation != "advcl" and child.upos not in ("VERB", "AUX"):
            yield from sentence.subtree(child, without=("acl", "acl:relcl", "advcl", "parataxis", "appos"))


def historical_cue(sentence: Sentence, token: Token, story: Story) -> Cue | None:
    """The words that put the event long before the story."""
    words = list(time_words(sentence, token))
    if gone := _former(sentence, token) or _bygone(sentence, token, story.cues):
        return gone
    if not words or any(lower(case) == "since" for word in words for case in sentence.children(word, "case", "mark")):
        return None
    inside = {word.index for word in words}
    for time in story.times_in(sentence):
        covered = sentence.tokens_in(time.span)
        if covered and covered[0].index in inside and story.is_background(time):
            return Cue(
                "historical", tuple(covered), f"'{time.span.of(story.parse.text)}' is long before the story, for"
            )
    return _old_year(words, story) or _long_ago(sentence, words, story) or _old_age(sentence, words, story)


def _former(sentence: Sentence, token: Token) -> Cue | None:
    """ "Was once banned", "once jailed them": formerly, with a past tense; but not "at once", "not once", "once more"."""
    for word in sentence.children(token, "advmod"):
        before, after = (sentence.tokens[max(0, word.index - 1)], sentence.tokens[word.index + 1 : word.index + 2])
        apart = lower(before) in ("at", "not", "never", "more", "but") or any(
            lower(other) in ("again", "more", "and", "a", "an", "in", "every", "he", "she", "it", "they", "the")
            for other in after
        )
        if (
            lower(word) == "once"
            and word.index < token.index
            and not apart
            and not sentence.children(word)
            and is_past(sentence, token)
        ):
            return Cue("historical", (word,), f"'{word.text}' says it was so formerly, for")
    return None


def _bygone(sentence: Sentence, token: Token, cues: StatusCues) -> Cue | None:
    """In the old king's day, in the days of the empire, in his youth; before independence, before the war."""
    for child in sentence.children(token, "obl"):
        cases = {lower(case) for case in sentence.children(child, "case")}
        dets = {lower(det) for det in sentence.children(child, "det")}
        if sentence.children(child, "amod") or dets - {"the"}:
            continue
        owned = sentence.child(child, "nmod:poss") is not None
        named = (
            "the" in dets
            and lower(child) != "day"
            and any(
                lower(case) == "of"
                for noun in sentence.children(child, "nmod")
                for case in sentence.children(noun, "case")
            )
        )
        span = lower(child) in cues.words["historical.spans"] and cases & {"in", "during", "under", "throughout"}
        turn = lower(child) in cues.words["historical.turns"] and "before" in cases and not owned
        if (span and (owned or named)) or turn:
            case = sentence.children(child, "case")[0]
            return Cue("historical", (case, child), f"'{case.text} … {child.text}' is a time that is over, for")
    return None


def _old_year(words: Sequence[Token], story: Story) -> Cue | None:
    for word in words:
        match = YEAR.fullmatch(word.text)
        if match is None or word.upos not in ("NUM", "NOUN", "PROPN", "ADJ"):
            continue
        year = int(match[1]) + (9 if match[2] else 0)
        if story.is_background_year(year):
            return Cue("historical", (word,), f"'{word.text}' is long before the story, for")
    return None


def _long_ago(sentence: Sentence, words: Sequence[Token], story: Story) -> Cue | None:
    """Decades ago, half a century ago, thirty years ago (not "a year ago"); last century, the 19th century."""
    for word in words:
        if word.lemma == "century" and (order := _century(sentence, word, story.cues)):
            return Cue("historical", (order, word), f"'{order.text} {word.text}' is long before the story, for")
        if lower(word) != "ago":
            continue
        if word.index and lower(sentence.tokens[word.index - 1]) == "long":
            return Cue(
                "historical", (sentence.tokens[word.index - 1], word), "'long ago' is long before the story, for"
            )
        before = sentence.tokens[max(0, word.index - 2) : word.index]
        unit = next((part for part in reversed(before) if part.lemma in story.cues.words["historical.units"]), None)
        if unit is not None and lower(unit) != "year":
            return Cue("historical", (unit, word), f"'{unit.text} {word.text}' is long before the story, for")
    return None


def _century(sentence: Sentence, word: Token, cues: StatusCues) -> Token | None:
    parts = sentence.children(word, "amod", "nummod", "compound")
    return next((part for part in parts if lower(part) in cues.words["historical.centuries"]), None)


def _old_age(sentence: Sentence, words: Sequence[Token], story: Story) -> Cue | None:
    text = " ".join(lower(word) for word in words)
    for age in story.cues.ages:
        if age.phrase in text and (story.year is None or age.end < story.year - 1):
            found = tuple(word for word in words if lower(word) in age.phrase.split())
            return Cue("historical", found, f"'{age.phrase}' is long before the story, for")
    return None


def future_cue(sentence: Sentence, token: Token, story: Story) -> Cue | None:
    """The words that put an event without a past tense after the story: tomorrow, next week, a date to come."""
    words = list(time_words(sentence, token))
    if not words:
        return None
    inside = {word.index for word in words}
    for time in story.times_in(sentence):
        covered = sentence.tokens_in(time.span)
        if covered and covered[0].index in inside and story.is_ahead(time):
            return Cue("future", tuple(covered), f"'{time.span.of(story.parse.text)}' lies ahead, for")
    for word in words:
        following_unit = lower(word) == "next" and not any(lower(det) == "the" for det in _determiners(sentence, word))
        if lower(word) in story.cues.words["future.adverbs"] or following_unit:
            return Cue("future", (word,), f"'{word.text}' lies ahead, for")
    text = " ".join(lower(word) for word in words)
    phrase = next((phrase for phrase in sorted(story.cues.words["future.phrases"]) if phrase in text), None)
    return Cue("future", tuple(words), f"'{phrase}' lies ahead, for") if phrase else None


def _determiners(sentence: Sentence, word: Token) -> list[Token]:
    head = sentence.head(word)
    return sentence.children(head, "det") if head is not None else []


def habitual_cue(sentence: Sentence, token: Token, story: Story) -> Cue | None:
    """The words that make the predicate a standing practice: regularly, every year, for decades, since 1979 with a perfect."""
    for child in sentence.children(token, "advmod"):
        if lower(child) in story.cues.words["habitual.adverbs"] or (
            lower(child) == "long" and is_perfect(sentence, token)
        ):
            return Cue("habitual", (child,), f"'{child.text}' makes a practice of")
    perfect = is_perfect(sentence, token)
    if phrase := _standing_phrase(sentence, token, story.cues):
        return phrase
    for child in sentence.children(token, "obl", "obl:unmarked", "advmod", "nmod:unmarked"):
        found = _recurrence(sentence, child, story.cues) or (
            _long_duration(sentence, child, story) if perfect else None
        )
        if found is not None:
            return found
    return None


def _standing_phrase(sentence: Sentence, token: Token, cues: StatusCues) -> Cue | None:
    """Year in, year out; time and again: words below the predicate, whatever the parse makes of them."""
    words = [word.text.lower() for word in sentence.tokens]
    text = f" {' '.join(words)} "
    for phrase in cues.words["habitual.phrases"]:
        if f" {phrase} " not in text:
            continue
        parts = phrase.split()
        for at in range(len(words) - len(parts) + 1):
            if words[at : at + len(parts)] == parts and _verb_above(sentence, sentence.tokens[at]) is token:
                found = tuple(sentence.tokens[at : at + len(parts)])
                return Cue("habitual", found, f"'{phrase}' makes a practice of")
    return None


def _verb_above(sentence: Sentence, token: Token) -> Token | None:
    head = sentence.head(token)
    for _ in range(4):
        if head is None or head.upos == "VERB":
            return head
        head = sentence.head(head)
    return None


def _recurrence(sentence: Sentence, child: Token, cues: StatusCues) -> Cue | None:
    """Every year, each spring, almost every week, once a month."""
    units = cues.words["habitual.units"]
    if lower(child) in cues.words["habitual.plurals"] and {lower(part) for part in sentence.children(child)} <= {
        "on",
        "in",
        "at",
        "the",
    }:
        return Cue("habitual", (child,), f"'{child.text}' makes a practice of")
    if child.lemma.lower() in units:
        dets = [det for det in sentence.children(child, "det") if lower(det) in cues.words["habitual.determiners"]]
        return Cue("habitual", (dets[0], child), f"'{dets[0].text} {child.text}' makes a practice of") if dets else None
    if lower(child) in ("once", "twice", "times"):
        unit = next((part for part in sentence.children(child) if part.lemma.lower() in units), None)
        if unit is not None and any(lower(det) in ("this", "that", "the") for det in sentence.children(unit, "det")):
            return None  # "twice this month"
        return (
            Cue("habitual", (child, unit), f"'{child.text} a {unit.text}' makes a practice of")
            if unit is not None
            else None
        )
    return None


def _long_duration(sentence: Sentence, child: Token, story: Story) -> Cue | None:
    """For decades, over two decades, for years, since 1979; but not "for two years" nor since a year close to the story's."""
    cases = {lower(case) for case in sentence.children(child, "case")}
    plural = lower(child) != child.lemma and child.lemma in story.cues.words["habitual.durations"]
    counted = child.lemma == "year" and sentence.child(child, "nummod") is not None
    count = sentence.child(child, "nummod")
    many = count is not None and (lower(count) in story.cues.words["habitual.many"] or _is_ten(count.text))
    if plural and (many or not counted) and cases & {"for", "over", "during"}:
        return Cue("habitual", (child,), f"'for {child.text}' makes a practice of")
    since = "since" in cases and YEAR.fullmatch(child.text)
    if since and story.is_since_long(int(since[1])):
        return Cue("habitual", (child,), f"'since {child.text}' makes a practice of")
    return None


def _is_ten(text: str) -> bool:
    """Whether the figure is ten or more."""
    return text.isdecimal() and int(text) >= 10
