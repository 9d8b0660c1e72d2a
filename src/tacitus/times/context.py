"""What a temporal expression is read against: the anchor, what the page has named before, and the tense of the clause."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from tacitus.times.calendar import Stretch, granularity, stretch_of


class Tense(Enum):
    """Where a clause stands to the time of writing. UNKNOWN: no finite verb governs the expression."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_OPENING = re.compile(
    r"(?:^|[.!?\n\"”]\s*)(?:\w+\s+){0,3}$"
)  # at most three words stand before: "In early 1917", "By the end of"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. `stretch` is None to take it from `value`; `open_end` forbids that."""

    kind: str
    value: str | None
    stretch: Stretch | None = None
    open_end: bool = False
    aside: bool = False  # a comparison ("a year earlier"): what is said next does not count from it

    @property
    def days(self) -> Stretch | None:
        """First and last day, or None where unresolved."""
        if self.stretch is not None or self.open_end:
            return self.stretch
        return stretch_of(self.value) if self.kind in ("DATE", "TIME") else None


@dataclass(slots=True)
class Context:
    """The state of one reading of a text, from its beginning to its end.

    `anchor` is the publication date; `narrative` says that the page tells of other times than that of its publication, so that
    a date without a year belongs to the year named last and not to the anchor's.
    """

    text: str
    anchor: date | None
    narrative: bool
    tense_of: Callable[[int, int], Tense]
    upos_at: Callable[[int], str]
    mentioned: list[tuple[int, str]] = field(default_factory=list)  # offset and calendar value, in text order

    def note(self, offset: int, reading: Reading) -> None:
        """Remember a resolved calendar value."""
        if reading.value and not reading.aside and reading.kind in ("DATE", "TIME"):
            value = reading.value.partition("T")[0]
            if stretch_of(value) is not None:
                self.mentioned.append((offset, value))

    def last(self, *units: str) -> str | None:
        """The latest mentioned value of one of the units; with none named, of any unit."""
        for _, value in reversed(self.mentioned):
            if not units or granularity(value) in units:
                return value
        return None

    def last_day(self) -> date | None:
        """The day named last, where the last mention named one."""
        value = self.last()
        stretch = stretch_of(value) if value and granularity(value) == "day" else None
        return stretch[0] if stretch else None

    def last_year(self) -> int | None:
        """The year that the page is telling of: that of the latest day or month, or of a year that opens a sentence or a heading.

        A year in passing ("a document declassified in 2005"), or in parentheses, does not move the story; it counts where no other does.
        """
        passing = None
        for offset, value in reversed(self.mentioned):
            stretch, unit = stretch_of(value), granularity(value)
            if stretch is None or unit in ("decade", "century"):
                continue
            before = self.text[max(0, offset - 60) : offset]
            in_parentheses = before.rfind("(") > before.rfind(")")
            if not in_parentheses and (unit != "year" or _OPENING.search(before)):
                return stretch[0].year
            passing = passing or stretch[0].year
        return passing

    @property
    def now(self) -> date | None:
        """The day that "yesterday" and "next month" count from: the anchor; without one nothing, never today."""
        return None if self.narrative else self.anchor

    @property
    def scene(self) -> date | None:
        """The day that "the next day" and "two weeks later" count from: the time named last, else the anchor."""
        value = self.last()
        stretch = stretch_of(value)
        if stretch:
            return stretch[0]
        return self.now
