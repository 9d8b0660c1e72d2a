"""Quotation marks, decided on the characters alone, before any grammar is known.

`find_quotes` pairs every style of mark that news pages use: straight and curly double, single (told from apostrophes), guillemets in the
French and the German direction, German low marks, TeX's doubled grave and apostrophe, East Asian corner brackets. Quotes may nest; what is
unbalanced is resolved within its paragraph. A paragraph that opens a quote and does not close it, followed by one that opens again, is one
speech: the second quote `continues` the first. The time is linear in the length of the text, and nothing is ever changed in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from tacitus.records import Span

DOUBLE, SINGLE, ANGLE, SINGLE_ANGLE, CORNER = "double", "single", "angle", "single-angle", "corner"

MAX_DEPTH = 6  # deeper nesting does not occur in prose; the bound keeps the time linear on pages full of marks
MAX_UNCLOSED = 1500  # code points; where a page lost its paragraphs an unclosed quote must not swallow the article

# A paragraph is a line; a line that breaks off in the middle of a sentence (hard-wrapped text) goes on in the next.
_PARAGRAPH = re.compile(r"[^\n]*(?:(?:\n(?=[a-z])|(?<=[\w,])(?<=[^\n]{60})\n(?=[^\n]))[^\n]*)*")
_MARK = re.compile("``|''|’’|[\"“”„‟‘’‚‛'`«»‹›「」『』＂]")
_ELISION = re.compile(r"(?:\d0s|\d\ds?|em|til|tis|twas|twere|cause|round|bout|n|nuff|kay|sup)(?![^\W_])", re.IGNORECASE)
_ANGLES = {"«": (ANGLE, "»"), "»": (ANGLE, "«"), "‹": (SINGLE_ANGLE, "›"), "›": (SINGLE_ANGLE, "‹")}
_CORNERS = {"「": "」", "『": "』"}
_OPENERS_BEFORE = frozenset("([{—–-/…:;,“‘\"'„«»‹›`\u200b\ufeff*_>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation with its marks: `start` at the opening one, `end` after the closing one.

    `inner` is what stands between the marks. `depth` is 0 for the outermost. An unclosed quote (`closed` False) ends with its paragraph.
    `continues`: the paragraph before ended inside a quote and this one opens it again.
    """

    start: int
    end: int
    inner: Span
    style: str
    depth: int
    closed: bool
    continues: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(slots=True)
class _Open:
    start: int
    after: int
    mark: str
    style: str
    closers: tuple[str, ...]


@dataclass(frozen=True)
class Quotes(Sequence[Quote]):
    """The quotations of one text in text order, outer before inner, with questions about offsets (binary search)."""

    items: tuple[Quote, ...]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]  # int and slice, as any tuple
        return self.items[index]

    @cached_property
    def outer(self) -> tuple[Quote, ...]:
        """The outermost quotations."""
        return tuple(quote for quote in self.items if quote.depth == 0)

    @cached_property
    def _starts(self) -> list[int]:
        return [quote.start for quote in self.outer]

    def outer_at(self, offset: int) -> Quote | None:
        """The outermost quotation that covers the code point `offset`, marks included."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.outer[index].end:
            return self.outer[index]
        return None

    @cached_property
    def _levels(self) -> tuple[tuple[Quote, ...], ...]:
        """The quotations by depth; those of one depth lie apart from each other."""
        deepest = max((quote.depth for quote in self.items), default=0)
        return tuple(tuple(quote for quote in self.items if quote.depth == depth) for depth in range(deepest + 1))

    @cached_property
    def _level_starts(self) -> tuple[list[int], ...]:
        return tuple([quote.start for quote in level] for level in self._levels)

    def inside(self, span: Span) -> list[Quote]:
        """The quotations within an outermost one that share a code point with `span`."""
        if len(self._levels) < 2:
            return []
        level, starts = self._levels[1], self._level_starts[1]
        first = max(0, bisect_right(starts, span.start) - 1)
        return [quote for quote in level[first : bisect_left(starts, span.end)] if quote.end > span.start]

    def depth_at(self, offset: int) -> int:
        """How many quotations cover the code point `offset`."""
        depth = 0
        for level, starts in zip(self._levels, self._level_starts, strict=True):
            index = bisect_right(starts, offset) - 1
            depth += index >= 0 and offset < level[index].end
        return depth

    def outer_from(self, offset: int) -> Iterator[Quote]:
        """Outermost quotations that begin at `offset` or later."""
        return islice(self.outer, bisect_left(self._starts, offset), None)

    def outer_in(self, span: Span) -> Iterator[Quote]:
        """Outermost quotations that share a code point with `span`."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        while index < len(self.outer) and self.outer[index].start < span.end:
            if self.outer[index].end > span.start:
                yield self.outer[index]
            index += 1


def find_quotes(text: str) -> Quotes:
    """All quotations of `text`, paragraph (line) by paragraph."""
    found: list[Quote] = []
    unclosed: Quote | None = None
    for paragraph in _PARAGRAPH.finditer(text):
        if not paragraph.group().strip():
            continue
        quotes = _Scanner(text, paragraph.start(), paragraph.end()).quotes()
        if unclosed is not None and quotes:
            quotes = _reopen(text, paragraph.start(), quotes, unclosed)
        found += quotes
        unclosed = next((quote for quote in reversed(quotes) if quote.depth == 0 and not quote.closed), None)
    return Quotes(tuple(found))


def _reopen(text: str, start: int, quotes: list[Quote], unclosed: Quote) -> list[Quote]:
    """Mark the first quote as a continuation when it opens its paragraph with the mark of the one left open."""
    first = quotes[0]
    if text[first.start] == text[unclosed.start] and not text[start : first.start].strip():
        return [replace(first, continues=True), *quotes[1:]]
    return quotes


class _Scanner:
    """Pairs the marks of one paragraph."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.stack: list[_Open] = []
        self.closed: list[tuple[_Open, int, int, bool]] = []
        self.marks = [match.span() for match in _MARK.finditer(text, start, end)]
        self.curly_left = [0] * (len(self.marks) + 1)  # closing minus opening curly double marks from here on
        self.single_left = [0] * (len(self.marks) + 1)  # single marks from here on that could close
        for index in range(len(self.marks) - 1, -1, -1):
            mark = text[self.marks[index][0]]
            self.curly_left[index] = self.curly_left[index + 1] + (mark == "”") - (mark == "“")
            self.single_left[index] = self.single_left[index + 1] + self._may_close_single(*self.marks[index])

    def quotes(self) -> list[Quote]:
        for index, (start, end) in enumerate(self.marks):
            self._read(index, start, end)
        self._finish()
        return self._nest()

    # What a mark does

    def _read(self, index: int, start: int, end: int) -> None:
        mark = self.text[start:end]
        if mark in ("``", "„", "‟"):
            self._open(start, end, DOUBLE, ("''", "’’", "“", "”", '"') if mark == "``" else ("“", "”", '"'))
        elif mark == "“":
            self._left_double(index, start, end)
        elif mark == "”":
            if not self._close("”", start, end) and self._can_open(start, end) and not self._can_close(start, end):
                self._open(start, end, DOUBLE, ("”", '"'))
        elif mark in ('"', "＂", "''", "’’"):
            self._straight_double(mark, start, end)
        elif mark in _ANGLES:
            self._angle(mark, start, end)
        elif mark in _CORNERS:
            self._open(start, end, CORNER, (_CORNERS[mark],))
        elif mark in "」』":
            self._close(mark, start, end)
        else:
            self._single(index, mark, start, end)

    def _left_double(self, index: int, start: int, end: int) -> None:
        top = next((entry for entry in reversed(self.stack) if entry.style == DOUBLE), None)
        if top is not None and (top.mark == "„" or self._can_close(start, end) > self._can_open(start, end)):
            self._close_entry(top, start, end)  # German, or typed the wrong way round
            return
        if top is not None and top.mark == "“":
            open_now = sum(entry.mark == "“" for entry in self.stack)
            if self.curly_left[index] < open_now:  # too few closing marks are left: the earlier one was never closed
                self._end_before(top, start)
        self._open(start, end, DOUBLE, ("”", '"', "''", "’’"))

    def _straight_double(self, mark: str, start: int, end: int) -> None:
        top = next((entry for entry in reversed(self.stack) if mark in entry.closers), None)
        opens, closes = self._can_open(start, end), self._can_close(start, end)
        if top is not None and (closes or not opens) and not (opens and not closes):
            self._close_entry(top, start, end)
        elif mark == "’’" or self._inches(start):
            return
        elif top is not None and top.mark == mark:
            self._end_before(top, start)
            self._open(start, end, DOUBLE, (mark, "”", "’’"))
        elif opens or not closes:
            self._open(start, end, DOUBLE, (mark, "”", "’’"))

    def _angle(self, mark: str, start: int, end: int) -> None:
        style, partner = _ANGLES[mark]
        if self._close(mark, start, end):
            return
        if (
            mark in "»›"
            and self.text[start - 1 : start].strip()
            and start > self.start
            and not self._can_open(start, end)
        ):
            return  # a stray closing mark
        self._open(start, end, style, (partner,))

    def _single(self, index: int, mark: str, start: int, end: int) -> None:
        if mark == "‚":
            if self._can_open(start, end) and not self._can_close(start, end):
                self._open(start, end, SINGLE, ("‘", "’"))
            return
        top = next((entry for entry in reversed(self.stack) if entry.style == SINGLE), None)
        if top is not None and mark in top.closers and self._may_close_single(start, end) and not self._plural(index):
            self._close_entry(top, start, end)
        elif mark in "‘‛`'" and self._may_open_single(start, end) and top is None and self.single_left[index + 1]:
            self._open(start, end, SINGLE, ("'", "’") if mark != "‘" else ("’", "'"))

    def _may_open_single(self, start: int, end: int) -> bool:
        after = self.text[end : end + 1]
        if not after or after.isspace() or end >= self.end or _ELISION.match(self.text, end):
            return False
        return self._can_open(start, end)

    def _may_close_single(self, start: int, end: int) -> bool:
        if self.text[start] not in "'’‘" or end - start > 1:
            return False
        before, after = self.text[start - 1 : start] if start > self.start else "", self.text[end : end + 1]
        return bool(before) and not before.isspace() and not after.isalnum()

    def _plural(self, index: int) -> bool:
        """Whether a mark after an s, with more of its kind to come, is a plural's apostrophe ("the miners' union")."""
        start, end = self.marks[index]
        after = self.text[end : end + 2]
        possessive = self.text[start - 1] in "sS" and len(after) == 2 and after[0] == " " and after[1].islower()
        return possessive and self.single_left[index + 1] > 0 and self._closes_before_opening(index + 1)

    def _closes_before_opening(self, index: int) -> bool:
        """Whether the next single mark that is no inner apostrophe closes a quote rather than opens one (looks at few marks)."""
        for start, end in self.marks[index : index + 4]:
            if self._may_close_single(start, end):
                return True
            if self.text[start:end] in ("‘", "'") and self._may_open_single(start, end):
                return False
        return False

    # Neighbours of a mark

    def _can_open(self, start: int, end: int) -> bool:
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        return (before.isspace() or before in _OPENERS_BEFORE) and not after.isspace() and after not in ")]},;"

    def _can_close(self, start: int, end: int) -> bool:
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        if before.isspace() or before in "([{":
            return False
        return not after.isalnum() or not before.isspace()

    def _inches(self, start: int) -> bool:
        """Whether the mark follows a number, as in 6'2"."""
        return start > self.start and self.text[start - 1].isdigit()

    # The stack

    def _open(self, start: int, end: int, style: str, closers: tuple[str, ...]) -> None:
        if len(self.stack) < MAX_DEPTH:
            self.stack.append(_Open(start, end, self.text[start:end], style, closers))

    def _close(self, mark: str, start: int, end: int) -> bool:
        for entry in reversed(self.stack):
            if mark in entry.closers:
                self._close_entry(entry, start, end)
                return True
        return False

    def _close_entry(self, entry: _Open, start: int, end: int) -> None:
        """Close `entry`; what was opened inside it and is still open was no quotation."""
        while self.stack[-1] is not entry:
            self.stack.pop()
        self.stack.pop()
        self.closed.append((entry, start, end, True))

    def _end_before(self, entry: _Open, offset: int) -> None:
        while self.stack[-1] is not entry:
            self.stack.pop()
        self.stack.pop()
        self._leave_unclosed(entry, offset)

    def _leave_unclosed(self, entry: _Open, limit: int) -> None:
        if entry.style == SINGLE or limit - entry.after > MAX_UNCLOSED:
            return  # an apostrophe, or a stray mark in a page without paragraphs
        end = entry.after + len(self.text[entry.after : limit].rstrip())
        if end > entry.after:
            self.closed.append((entry, end, end, False))

    def _finish(self) -> None:
        for entry in self.stack:
            if entry.style == DOUBLE or entry.mark == "«":  # a lone » is an arrow
                self._leave_unclosed(entry, self.end)
                break  # what was opened inside an unclosed quote is inside it
        self.stack.clear()

    def _nest(self) -> list[Quote]:
        """Quotes in text order with their depth; empty ones and those that cross another are left out."""
        self.closed.sort(key=lambda item: (item[0].start, -item[2]))
        quotes: list[Quote] = []
        ends: list[int] = []
        for entry, inner_end, end, closed in self.closed:
            while ends and ends[-1] <= entry.start:
                ends.pop()
            inner = Span(entry.after, inner_end)
            if (ends and end > ends[-1]) or not inner.of(self.text).strip():
                continue
            quotes.append(
                Quote(start=entry.start, end=end, inner=inner, style=entry.style, depth=len(ends), closed=closed)
            )
            ends.append(end)
        return quotes
